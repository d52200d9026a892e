"""Whole nodes that read one another over HTTP."""
