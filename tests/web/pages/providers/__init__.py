"""Signing in through an organization: pages, against a provider over real HTTP."""
