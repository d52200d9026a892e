"""Tests of registry.custody."""
