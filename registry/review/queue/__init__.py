"""The review queue: what waits, cut and ordered by what reviewers look for."""
