"""Sign-in through an organization's own identity provider (OpenID Connect Core 1.0)."""
