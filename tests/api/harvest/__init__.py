"""Protocols by which programs of others read everything that is public."""
