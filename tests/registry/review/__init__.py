"""Tests of registry.review."""
