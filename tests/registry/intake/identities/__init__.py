"""Tests of registry.intake.identities."""
