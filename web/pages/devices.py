"""The browser that a request comes from: what to call it, and whether somebody signed in with it before.

A browser that was signed in with keeps a second cookie: a random number and, for each of the last few
accounts, a keyed hash, all signed. It lets nobody in. It gives that browser its own tries at those
accounts, so that a stranger's guessing does not keep their people out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "commons-browser"
DAYS = 180
ACCOUNTS_MAX = 5
"""Accounts that one browser is known for; the latest."""
COOKIE_MAX = 1_000
_BROWSERS = (
    (re.compile(r"\bEdg(?:e|A|iOS)?/"), "Edge"),
    (re.compile(r"\bOPR/|\bOpera"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\bFirefox/|\bFxiOS/"), "Firefox"),
    (re.compile(r"\bChrom(?:e|ium)/|\bCriOS/"), "Chrome"),
    (re.compile(r"\bSafari/"), "Safari"),
)
_SYSTEMS = (
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\biPhone\b|\biPad\b"), "iOS"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bMacintosh\b"), "macOS"),
    (re.compile(r"\bCrOS\b"), "ChromeOS"),
    (re.compile(r"\bLinux\b|\bX11\b"), "Linux"),
)
AGENT_MAX = 500
"""Characters of the header that are looked at."""


def word() -> str:
    """The browser in a coarse word such as ``Firefox, Android``; empty when it does not say."""
    agent = request.user_agent.string[:AGENT_MAX]
    found = (
        next((name for sign, name in names if sign.search(agent)), "") for names in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)


def known_for(mark: str) -> str | None:
    """The number of this browser, if the account of this mark was signed in with it; else None."""
    number, marks = _read()
    return number if number is not None and mark in marks else None


def mark_of(email: str) -> str:
    """What stands in the cookie for an account: worth nothing without the node's key."""
    key = str(current_app.secret_key).encode()
    text = f"known browser {email.strip().casefold()}".encode("utf-8", "surrogatepass")
    return hmac.new(key, text, hashlib.sha256).hexdigest()[:32]


def keep(mark: str) -> None:
    """Know this browser for an account from now on."""
    number, marks = _read()
    marks = [mark, *(one for one in marks if one != mark)][:ACCOUNTS_MAX]
    value = _signer().dumps([number or secrets.token_urlsafe(16), marks])

    @after_this_request
    def send(response: Response) -> Response:
        config = current_app.config
        response.set_cookie(
            COOKIE,
            value,
            max_age=DAYS * 86_400,
            httponly=True,
            samesite="Lax",
            secure=bool(config["SESSION_COOKIE_SECURE"]),
        )
        return response


def forget() -> None:
    """Know nothing of this browser any more."""

    @after_this_request
    def send(response: Response) -> Response:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return response


def is_known() -> bool:
    """Whether this browser carries the cookie at all."""
    return _read()[0] is not None


def _read() -> tuple[str | None, list[str]]:
    value = request.cookies.get(COOKIE, "")
    if not value or len(value) > COOKIE_MAX:
        return None, []
    try:
        number, marks = _signer().loads(value)
    except (BadSignature, ValueError, TypeError):
        return None, []
    return str(number), [str(one) for one in marks]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(
        str(current_app.secret_key), salt=COOKIE, signer_kwargs={"digest_method": hashlib.sha256}
    )
