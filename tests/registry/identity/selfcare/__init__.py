"""Tests of what people do for their own account."""
