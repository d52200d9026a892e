"""Tests of registry.intake."""
