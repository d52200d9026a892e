"""Tests of the OAuth endpoints."""
