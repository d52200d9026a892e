"""What of a sent report lies in plain beside its seals, so that lists can be cut and ordered.

Four coarse codes and a moment: see docs/adr on the codes in plain. And marks of whom it names
(``parties.py``), which are not in plain. They are written when a version is sent, follow later
versions, and are emptied with the original.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from registry.account.about import named_in
from registry.intake.models import Submission
from registry.intake.waiting.parties import marks_of
from registry.intake.waiting.rules import due, first_code

SECTORS_MAX = 400
"""Characters of all sectors of a report together; what is beyond is left out of lists."""
MARKS = "marked_parties"
NO_LANGUAGE = "en"
"""What an account without a language is taken to be written in."""


def codes(account: Mapping[str, Any]) -> dict[str, str | None]:
    """Column → value, for an account as JSON."""
    return {
        "coded_event": first_code(account, "kind"),
        "coded_severity": first_code(account, "severity"),
        "coded_sectors": _joined((account.get("classification") or {}).get("sector") or ()),
        "coded_language": (account.get("language") or NO_LANGUAGE).partition("-")[0],
    }


def sent(session: Session, account: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The same with marks and the target, for a report that is sent at this moment."""
    return _all(session, account) | {"due_at": due(account, at)}


def note(session: Session, row: Submission, account: Mapping[str, Any]) -> None:
    """Let codes and marks follow the newest version of a report that was sent; drafts have none."""
    if row.submitted_at is not None:
        _put(row, _all(session, account))


def note_sent(session: Session, row: Submission, account: Mapping[str, Any], at: datetime) -> None:
    """Write all of it for a report that is sent now; a target missed before counts no more."""
    _put(row, sent(session, account, at) | {"missed_at": None})


def empty(row: Submission) -> None:
    """Forget all of it, with the original."""
    _put(row, dict.fromkeys((*codes({}), MARKS, "due_at", "missed_at")))


def _all(session: Session, account: Mapping[str, Any]) -> dict[str, str | None]:
    return codes(account) | {MARKS: marks_of(session).line(named_in(account))}


def sectors(row: Submission) -> tuple[str, ...]:
    """The sectors of a report, as far as lists know them."""
    return tuple((row.coded_sectors or "").split())


def _joined(found: Any) -> str | None:
    """Codes between spaces, so that one of them can be asked for whole."""
    kept = ""
    for code in found:
        if len(kept) + len(code) + 2 > SECTORS_MAX:
            break
        kept = f"{kept or ' '}{code} "
    return kept or None


def _put(row: Submission, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(row, column, value)
