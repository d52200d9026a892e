"""The token that every form of ours carries, and whose page a form came from whose token is old.

A token is as old as its session. It also holds a mark of the person, under the node's signature: after
signing in again in another tab, a page from before can still be told from one that somebody made up.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from flask import current_app, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

FIELD: Final = "csrf_token"
"""The name that Flask-WTF knows it by, in forms and in the cookie."""
CARRIED: Final = "carried"
"""The field with the mark of a page that carries a form."""
CARRIED_FOR: Final = 86_400
"""Seconds for which such a page is good without asking again."""
_SALT: Final = "wtf-csrf-token"


def fresh_for(person_id: str) -> None:
    """Give the session that begins now a token of its own, which says whose it is."""
    session[FIELD] = f"{secrets.token_urlsafe(16)}.{_mark(person_id)}"


def is_of(person_id: str) -> bool | None:
    """Whether the form's token was given to this person, in whichever session; None if it does not say."""
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt=_SALT)
    try:
        token = signer.loads(request.form.get(FIELD, ""))
    except BadData:
        return None
    _, marked, mark = str(token).partition(".")
    return hmac.compare_digest(mark.encode(), _mark(person_id).encode()) if marked else None


def carrying(address: str) -> str:
    """A mark for a page of ours that carries a form, to this address, until its person has signed in."""
    return _carrier().dumps(address)


def carries(mark: str, address: str) -> bool:
    """Whether such a page was made for this address not long ago; anybody can have one made for them."""
    try:
        made_for = _carrier().loads(mark, max_age=CARRIED_FOR)
    except BadData:
        return False
    return bool(made_for == address)


def _carrier() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="carried form")


def _mark(person_id: str) -> str:
    return hashlib.sha256(f"pages of {person_id}".encode()).hexdigest()[:16]
