"""OAuth endpoints for programs (RFC 6749 and its family), by Authlib, hardened.

Pages for people (consent, typing a device's code) are in ``web/pages/oauth``.
"""
