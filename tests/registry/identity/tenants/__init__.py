"""Tests of registry.identity.tenants."""
