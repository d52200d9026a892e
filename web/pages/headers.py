"""Headers that every answer carries: what a browser may load, tell and keep."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, g, request

CONTENT_POLICY = (
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
)
REQUESTS = "connect-src 'self'"
"""Added for a page whose script of ours asks this node something; see ``may_ask``."""
HEADERS = {
    "Content-Security-Policy": "; ".join(CONTENT_POLICY),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
ON_THE_WAY = {
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": HEADERS["Referrer-Policy"],
    "Cross-Origin-Opener-Policy": HEADERS["Cross-Origin-Opener-Policy"],
}
"""For an answer that is empty and only leads to another page; on a phone the bytes of the others count."""
PIECES = frozenset({"text/css", "text/javascript"})
"""Types that are no page of their own: what a page may load and ask is for its own headers to say."""
OF_PIECES = {
    name: HEADERS[name]
    for name in ("Referrer-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy")
}
A_YEAR = 31_536_000


def may_ask() -> None:
    """Let the page of this request ask this node, and nobody else, by script."""
    g.may_ask = True


def _fitting(response: Response, *, secure: bool) -> Mapping[str, str]:
    """The headers for an answer of this status. A copy that is still good has its own (RFC 9111, 3.2)."""
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return {}
    always = {"Strict-Transport-Security": f"max-age={A_YEAR}"} if secure else {}
    if response.status_code == HTTPStatus.SEE_OTHER:
        return ON_THE_WAY | always
    return (OF_PIECES if response.mimetype in PIECES else HEADERS) | always


def register(app: Flask) -> None:
    """Add the headers to every answer that has not set its own."""
    secure = bool(app.config["SESSION_COOKIE_SECURE"])

    @app.after_request
    def harden(response: Response) -> Response:
        leads_on = response.status_code == HTTPStatus.SEE_OTHER
        if g.get("may_ask") and not leads_on:
            policy = "; ".join((*CONTENT_POLICY, REQUESTS))
            response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in _fitting(response, secure=secure).items():
            response.headers.setdefault(name, value)
        if request.endpoint == "static" and "v" in request.args:
            response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
            response.headers.pop("Content-Disposition", None)
        elif response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-store" if g.get("actor") else "no-cache")
            response.vary.add("Cookie")
        return response
