"""Tests of what reviewers classify."""
