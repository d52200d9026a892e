"""Tests of registry.identity."""
