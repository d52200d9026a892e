"""What protects private pages: tokens against forged forms, the origin check, and nothing kept in caches.

Programs come with bearer tokens and never with the cookie, so forms from elsewhere cannot act
through the API; everything else that writes needs a token of ours and comes from our own pages.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from api.app import is_ours
from registry.errors import NotAllowed
from registry.identity.outside import BelongsNowhere
from web.pages import people
from web.pages.kept import goes_on, not_kept, still_here

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PRIVATE = frozenset(
    {
        "flagging",
        "foreign",
        "curating",
        "signin",
        "kept",
        "account",
        "sessions",
        "factors",
        "passkeys",
        "password",
        "email",
        "forgot",
        "passkey_signin",
        "guest",
        "report",
        "attaching",
        "evidence",
        "triage",
        "bulk",
        "exactness",
        "alike",
        "comparing",
        "coding",
        "again",
        "originals",
        "revising",
        "held",
        "sending",
        "known",
        "green",
        "labelling",
        "statement",
        "relation",
        "unread",
        "asking",
        "noting",
        "answering",
        "personal",
        "naming",
        "others",
        "mine",
        "appealing",
        "appeals",
        "merging",
        "receipt",
        "review",
        "queue_acts",
        "deciding",
        "aside",
        "publishing",
        "caring",
        "own_change",
        "applications",
        "consent",
        "device",
        "join",
        "invitation",
        "organization",
        "usual_naming",
        "members",
        "programs",
        "own_data",
        "provider",
        "provider_signin",
        "identities",
        "steward",
        "belonging",
        "ties",
        "news",
        "own_work",
        "trail",
        "late",
    }
)
"""Blueprints whose pages nobody else may see, and no cache may keep."""


ALONE = frozenset(
    {
        "flagging",
        "signin",
        "account",
        "sessions",
        "factors",
        "passkeys",
        "password",
        "email",
        "forgot",
        "passkey_signin",
        "provider_signin",
        "receipt",
        "own_data",
        "join",
        "invitation",
    }
)
"""Private blueprints for somebody who acts for no organization: those about oneself, and of strangers."""


GUEST_ROOMS = frozenset(
    {
        "labelling",
        "own_change",
        "flagging",
        "guest",
        "report",
        "triage",
        "sending",
        "personal",
        "attaching",
        "exactness",
        "known",
        "statement",
        "originals",
        "revising",
        "held",
        "mine",
        "answering",
        "appealing",
        "receipt",
        "signin",
        "join",
    }
)
"""Private blueprints that somebody without an account may enter; in each, only their own report is there."""


OPEN = frozenset(
    {
        "flagging",
        "signin",
        "forgot",
        "passkey_signin",
        "provider_signin",
        "guest",
        "receipt",
        "join",
        "invitation",
    }
)
"""Private blueprints whose forms nobody needs to be signed in for."""
SIGNED_IN_ONLY = frozenset({"signin.sign_out"})
"""Forms in them that mean nothing without a session."""


def _misses_somebody() -> bool:
    """Whether nobody is signed in although this form needs somebody."""
    needed = request.blueprint in PRIVATE - OPEN or request.endpoint in SIGNED_IN_ONLY
    return needed and people.current_actor() is None


def _keep_out(blueprint: str) -> None:
    """Raises for whoever acts for no organization, or has no account, where others' rooms begin."""
    if blueprint in ALONE and blueprint in GUEST_ROOMS:
        return
    actor = people.current_actor()
    if actor is not None and actor.outside and blueprint not in ALONE:
        raise BelongsNowhere(actor.outside)
    if actor is not None and actor.guest and blueprint not in GUEST_ROOMS:
        raise NotAllowed


def register(app: Flask) -> None:
    """Guard every write that is not for the API."""
    # A report may take an afternoon; the token lives as long as the session.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    app.config["WTF_CSRF_SSL_STRICT"] = False  # we send no Referer; the origin is checked below
    csrf = CSRFProtect(app)

    @app.before_request
    def guard() -> AnyResponse | None:
        if request.method in SAFE or request.routing_exception is not None or is_ours():
            return None
        check_origin()
        try:
            csrf.protect()
        except CSRFError:
            if goes_on():
                return None
            answer = _handed_back()
            if answer is None:
                raise
            return answer
        return None

    @app.before_request
    def keep_to_oneself() -> None:
        if request.blueprint in PRIVATE and request.routing_exception is None:
            _keep_out(request.blueprint)

    @app.after_request
    def keep_out_of_caches(response: Response) -> Response:
        if request.blueprint in PRIVATE:
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    app.context_processor(lambda: {"current_actor": people.current_actor})


def _handed_back() -> AnyResponse | None:
    """What somebody typed into a form whose token is old or missing, or that they have to sign in first."""
    return still_here(from_here=comes_from_here()) or (not_kept() if _misses_somebody() else None)


def check_origin() -> None:
    """Refuse a form that a page of another site sent, when the browser says so (400)."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        raise BadRequest
    origin = request.headers.get("Origin")
    if origin is None or origin == "null":
        return
    if urlsplit(origin).netloc.casefold() != request.host.casefold():
        raise BadRequest


def comes_from_here() -> bool:
    """Whether the browser says that a page of this site sent the form; not whether it says nothing."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc.casefold() == request.host.casefold()
