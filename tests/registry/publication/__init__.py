"""Tests of registry.publication."""
