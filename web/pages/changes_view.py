"""What one revision of a record changed, as people read it: field by field, texts word by word.

Codes, countries, dates and intervals are compared as they are shown, in the page's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from registry.account import Interval
from registry.account.types import MILESTONES, NARRATIVES, PARTIES
from registry.errors import N_
from registry.record.types import PublicRecord, RecordState
from web.pages import exactness_words, words
from web.pages.messages import gettext
from web.pages.standing_view import reason_words

FIELD_NAMES = {
    "state": N_("State"),
    "title": N_("Title"),
    "language": N_("Language"),
    "text": N_("What happened"),
    "happened": N_("When"),
    "countries": N_("Where"),
    "developers": N_("Developers (alleged)"),
    "deployers": N_("Deployers (alleged)"),
    "harmed": N_("Harmed or nearly harmed (alleged)"),
    "systems": N_("Systems"),
    "links": N_("Links"),
    "detected": N_("Detected"),
    "contained": N_("Contained"),
    "recovered": N_("Recovered"),
    "closed": N_("Closed"),
    "done": N_("Done at once"),
    "remedied": N_("Put right"),
    "cause": N_("Root cause"),
    "lessons": N_("Lessons"),
    "held": N_("Whether the fix held"),
    "since": N_("What has happened since"),
    "told": N_("Who was told"),
    "derived": N_("Derived codes"),
    "generalised": N_("What was made less exact"),
}
"""Names of what may change; facets have their names from the taxonomy."""

STATE_NAMES = {
    RecordState.PUBLISHED: N_("Published"),
    RecordState.REVISED: N_("Changed"),
    RecordState.DISPUTED: N_("Disputed"),
    RecordState.UNVERIFIABLE: N_("Unverifiable"),
    RecordState.RETRACTED: N_("Retracted"),
    RecordState.ERASED: N_("Erased"),
    RecordState.REINSTATED: N_("Reinstated"),
    RecordState.MERGED: N_("Merged into another record"),
}
"""States of a record in words."""

ORDINARY = (RecordState.PUBLISHED, RecordState.REVISED)
"""States that say nothing beyond there being another revision."""
WORDS_COMPARED = 4000
"""Longer texts are shown whole, before and after: comparing them word by word would take too long."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``same``, ``added`` or ``removed``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changed; ``facet`` is true when the name is a facet's."""

    name: str
    facet: bool
    pieces: tuple[Piece, ...]


def changes(old: PublicRecord, new: PublicRecord) -> list[FieldChange]:
    """Every field in which two revisions differ, in reading order."""
    before, after = _flat(old), _flat(new)
    names = list(after) + [name for name in before if name not in after]
    return [
        FieldChange(name, name not in FIELD_NAMES, pieces(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as runs of words that stayed, went and came."""
    left, right = re.split(r"(?<=\s)", old), re.split(r"(?<=\s)", new)
    if max(len(left), len(right)) > WORDS_COMPARED:
        return tuple(Piece(kind, text) for kind, text in (("removed", old), ("added", new)) if text)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(left[a:b])))
            continue
        found.append(Piece("removed", "".join(left[a:b])))
        found.append(Piece("added", "".join(right[c:d])))
    return tuple(piece for piece in found if piece.text)


def _flat(record: PublicRecord) -> dict[str, str]:
    account, response = record.account, record.account.response
    parts: dict[str, str] = {
        "state": "" if record.state in ORDINARY else _state(record),
        "title": account.title,
        "language": words.language_name(account.language),
        "text": account.text,
        "happened": words.happened(account.happened) if account.happened else "",
        "countries": ", ".join(words.places(account)),
        **{name: ", ".join(getattr(account.entities, name)) for name in PARTIES},
        **{facet: _labels(codes) for facet, codes in account.classification.items()},
        **{name: _interval(getattr(response, name)) for name in MILESTONES},
        **{name: getattr(response, name) for name in NARRATIVES},
        "held": gettext(words.LASTING[response.held]) if response.held else "",
        "told": ", ".join(
            f"{words.label(told.audience)} ({gettext(words.TOLD_STATE_NAMES[told.state])})"
            for told in response.told
        ),
        "links": ", ".join(account.links),
        "derived": ", ".join(f"{words.label(code.code)} ({code.external})" for code in record.derived),
        "generalised": ", ".join(generalised_names(record)),
    }
    return {name: text for name, text in parts.items() if text}


def _state(record: PublicRecord) -> str:
    words = gettext(STATE_NAMES[record.state])
    if record.because is None:
        return words
    why = reason_words(record.state.value, record.because.reason)
    return " – ".join(filter(None, [words, why, record.because.note]))


def generalised_names(record: PublicRecord) -> list[str]:
    """What was made less exact to protect people, in words: ``place, from district to country``.

    Imports name a field only, by its pointer.
    """
    return [exactness_words.step_words(code) or _field_name(code) for code in record.generalised]


def _field_name(pointer: str) -> str:
    name = pointer.rpartition("/")[2]
    return gettext(FIELD_NAMES[name]) if name in FIELD_NAMES else name


def _labels(codes: Iterable[str]) -> str:
    return ", ".join(words.label(code) for code in codes)


def _interval(interval: Interval | None) -> str:
    return words.interval_words(interval) if interval else ""
