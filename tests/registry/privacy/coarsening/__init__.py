"""Tests of registry.privacy.coarsening."""
