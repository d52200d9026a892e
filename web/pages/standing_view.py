"""How a public record stands, in words: why it was disputed, retracted, erased or reinstated."""

from __future__ import annotations

from flask import Flask

from registry.errors import N_
from registry.record.types import PublicRecord, RecordState
from registry.review.aftercare.rules import CHANGES
from web.pages.messages import gettext

BANNERS: dict[RecordState, tuple[str, str]] = {
    RecordState.DISPUTED: (
        "warn",
        N_("This record is disputed. Read the statements on it before you rely on it."),
    ),
    RecordState.UNVERIFIABLE: (
        "warn",
        N_("Nobody could verify this record. Do not rely on it alone."),
    ),
    RecordState.RETRACTED: (
        "bad",
        N_(
            "This record was retracted: do not rely on it. It stays readable so that nobody has to wonder "
            "what it said."
        ),
    ),
    RecordState.MERGED: (
        "warn",
        N_("This record was merged into another one, which tells the same event. Read that one."),
    ),
    RecordState.REINSTATED: ("ok", N_("This record was in doubt, and stands again.")),
}
"""State → how its banner looks, and what it says."""
BADGES: dict[str, str] = {
    "disputed": N_("Disputed"),
    "unverifiable": N_("Unverifiable"),
    "retracted": N_("Retracted"),
    "merged": N_("Merged"),
}
"""State → the word beside a record in lists; the others need none."""


def register(app: Flask) -> None:
    """Let templates say how a record stands."""
    app.jinja_env.globals.update(standing=banner, state_badge_words=badge_words)


def reason_words(state: str, code: str) -> str:
    """The words of a reason that led to a state; the code itself where this version does not know it."""
    for change in CHANGES.values():
        if change.end.value == state and code in change.reasons:
            return gettext(change.reasons[code])
    return code


def banner(record: PublicRecord) -> dict[str, str] | None:
    """Look, sentence, reason and note of a record that is not simply published."""
    if record.state not in BANNERS:
        return None
    kind, words = BANNERS[record.state]
    because = record.because
    return {
        "kind": kind,
        "words": gettext(words),
        "reason": "" if because is None else reason_words(record.state.value, because.reason),
        "note": "" if because is None else because.note,
    }


def badge_words(state: str) -> str:
    """The word beside a record in lists, or nothing."""
    return gettext(BADGES[state]) if state in BADGES else ""
