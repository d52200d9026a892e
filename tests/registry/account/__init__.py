"""Tests of registry.account."""
