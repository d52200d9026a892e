"""What one revision of a record changed: field by field, texts word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from registry.errors import N_
from registry.record.types import PublicRecord, RecordState

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
    "told": N_("Who was told"),
    "derived": N_("Derived codes"),
}
"""Names of what may change; facets have their names from the taxonomy."""

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
    account = record.account.to_json()
    classification = account.pop("classification", {})
    parts: Mapping[str, Any] = {
        "state": "" if record.state in ORDINARY else record.state.value,
        **account.pop("entities", {}),
        **account.pop("response", {}),
        **account,
        **classification,
        "derived": [f"{d.code} ({d.external})" for d in record.derived],
    }
    return {name: text for name, value in parts.items() if (text := _text(value))}


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part is not None)
    if isinstance(value, list):
        return ", ".join(_text(part) for part in value)
    return str(value)
