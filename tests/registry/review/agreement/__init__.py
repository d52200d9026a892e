"""Tests of agreement between reviewers."""
