"""Tests of registry.intake.risk."""
