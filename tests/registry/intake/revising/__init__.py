"""Revising what is public."""
