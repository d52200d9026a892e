"""What each sealed text of a submission is sealed for, and how it is written as bytes.

Purposes are part of the seal: a title does not open as an account, nor version 1 as version 2.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session, object_session

from registry.errors import N_, Unavailable
from registry.intake.vault.keys import DataKeys, keys_of

TITLE = "title"
THING = "thing"
REQUEST = "request"


def sealed_title(session: Session, submission_id: str, text: str) -> bytes:
    """A title as it is kept; raises ``Shredded``."""
    return sealed_text(session, submission_id, text, TITLE)


def sealed_account(session: Session, submission_id: str, number: int, account: Mapping[str, Any]) -> bytes:
    """The account of version ``number`` as it is kept; raises ``Shredded``."""
    text = json.dumps(account, ensure_ascii=False, separators=(",", ":"))
    return sealed_text(session, submission_id, text, _account(number))


def sealed_text(session: Session, submission_id: str, text: str, purpose: str) -> bytes:
    """Any text as it is kept; raises ``Shredded``."""
    return keys_of(session).seal(session, submission_id, text.encode("utf-8", "surrogatepass"), purpose)


def title(row: object, submission_id: str, sealed: bytes | None) -> str:
    """The title that a row of the database holds."""
    return text(row, submission_id, sealed, TITLE)


def account(row: object, submission_id: str, number: int, sealed: bytes | None) -> dict[str, Any]:
    """The account that a row of the database holds; raises ``Shredded``."""
    found: dict[str, Any] = json.loads(text(row, submission_id, sealed, _account(number)))
    return found


def text(row: object, submission_id: str, sealed: bytes | None, purpose: str) -> str:
    """Any text that a row of the database holds; raises ``Shredded``, or ``Unavailable`` if never sealed."""
    keys, session = _at_hand(row)
    if sealed is None:
        keys.require(session, submission_id)
        raise Unavailable(N_("The private database holds reports of an older layout. Run: commons init"))
    return keys.open(session, submission_id, sealed, purpose).decode("utf-8", "surrogatepass")


def veiled_thing(session: Session, submission_id: str, thing: str) -> str:
    """The name of a personal detail as it is kept: without the key it is no hash of words."""
    return keys_of(session).veil(session, submission_id, bytes.fromhex(thing), THING)


def thing_of(session: Session, submission_id: str, veiled: str) -> str:
    """The name of a personal detail (``personal/things.py``)."""
    return keys_of(session).unveil(session, submission_id, veiled, THING).hex()


def request_mark(session: Session, submission_id: str, request_hash: str) -> str:
    """The mark of a machine's request; raises ``Shredded``."""
    return keys_of(session).mark(session, submission_id, request_hash.encode("ascii"), REQUEST)


def _at_hand(row: object) -> tuple[DataKeys, Session]:
    session = object_session(row)
    if session is None:
        raise RuntimeError("a sealed text is read inside the unit of work")
    return keys_of(session), session


def _account(number: int) -> str:
    return f"account {number}"
