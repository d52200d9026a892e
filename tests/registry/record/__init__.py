"""Tests of registry.record."""
