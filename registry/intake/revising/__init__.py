"""Revising what is public: a new version, through review, while the public record stays as it is."""
