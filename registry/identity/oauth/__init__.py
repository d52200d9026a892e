"""Programs of organizations, and what people let them do (OAuth 2.0: RFC 6749, 9700 and their family)."""
