"""One cell of a column of ours, read into the JSON value of an account. Pure.

Each reader gives the value and what is wrong with the cell. A value that the check of accounts refuses
with a better sentence is passed on as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from registry.account.languages import meant
from registry.account.types import Answer
from registry.errors import N_
from registry.intake.bulk import answers, dates, foreign
from registry.intake.bulk.cells import fold, plain_digits, split
from registry.intake.bulk.columns import AUDIENCE, Column, Form
from registry.intake.bulk.table import Note
from taxonomy import Taxonomy

NO_ANSWER = N_(
    "“%(said)s” is no answer to this question. Use a code or label of the template's second sheet."
)
MEANT = N_("“%(said)s” is no answer to this question. Did you mean “%(code)s”?")
NO_INTERVAL = N_("Write a number of hours, such as 48, or one of: not-yet, unknown, withheld.")
NO_STATE = N_("“%(said)s” is no state. Write audience = state; states: done, planned, not-required, …")
SAID_MAX = 80
"""Characters of a cell that are repeated in a sentence."""
_HOURS = re.compile(r"(\d{1,7})\s*([^\W\d_]*)")
_LINK = re.compile(r"https?://", re.IGNORECASE)

Value = tuple[Any, list[Note]]


def read(column: Column, cell: str, taxonomy: Taxonomy) -> Value:
    """The value of a cell that is not empty."""
    if column.form is Form.CODES:
        return codes(column.facet, cell, taxonomy)
    if column.form is Form.TOLD:
        return _told(cell, taxonomy)
    if column.form is Form.COUNTRIES:
        return _countries(cell, taxonomy), []
    return _SIMPLE[column.form](cell)


def codes(facet: str, cell: str, taxonomy: Taxonomy) -> Value:
    """Codes of a facet, each once, in their order."""
    found: dict[str, None] = {}
    wrong: list[Note] = []
    known = answers.codes(taxonomy, facet)
    for piece in _pieces(cell, known):
        code = known.get(fold(piece))
        if code is not None:
            found[code] = None
        else:
            wrong.append(_no_answer(taxonomy, facet, piece))
    return list(found), wrong


def derived(facet: str, cell: str, taxonomy: Taxonomy) -> list[str]:
    """Codes that the OECD's answers in a cell of our own column imply; ``[]`` unless all of them do."""
    criteria = [c for c in taxonomy.facets[facet].oecd_criteria if c in foreign.OECD_CODED]
    found: list[str] = []
    for piece in split(cell):
        matches = [
            match.code for c in criteria for match in taxonomy.crosswalk.derive(foreign.SCHEME, c, piece)
        ]
        if not matches:
            return []
        found += matches
    return list(dict.fromkeys(found))


def _pieces(cell: str, known: Mapping[str, object]) -> Iterable[str]:
    """Entries between semicolons; one between commas where each part is known by itself."""
    for entry in split(cell):
        parts = [part for part in re.split(r"[,،]", entry) if part.strip()]
        if fold(entry) not in known and len(parts) > 1 and all(fold(part) in known for part in parts):
            yield from parts
        else:
            yield entry


def _no_answer(taxonomy: Taxonomy, facet: str, piece: str) -> Note:
    said = piece[:SAID_MAX]
    close = answers.nearest(taxonomy, facet, piece)
    return Note(NO_ANSWER, {"said": said}) if close is None else Note(MEANT, {"said": said, "code": close})


def _countries(cell: str, taxonomy: Taxonomy) -> list[str]:
    known = answers.countries(taxonomy)
    return list(dict.fromkeys(known.get(fold(piece), piece) for piece in _pieces(cell, known)))


def _told(cell: str, taxonomy: Taxonomy) -> Value:
    audiences, states = answers.codes(taxonomy, AUDIENCE), answers.told_states()
    found: list[dict[str, str]] = []
    wrong: list[Note] = []
    for entry in split(cell):
        whom, state = _pair(entry, audiences)
        audience, how = audiences.get(fold(whom)), states.get(fold(state))
        if audience is None:
            wrong.append(_no_answer(taxonomy, AUDIENCE, whom))
        elif how is None:
            wrong.append(Note(NO_STATE, {"said": state[:SAID_MAX]}))
        else:
            found.append({"audience": audience, "state": how})
    return found, wrong


def _pair(entry: str, audiences: Mapping[str, str]) -> tuple[str, str]:
    """Audience and state; an audience alone was told."""
    if fold(entry) in audiences:
        return entry, "done"
    for sign in ("=", ":", "\uff1a"):
        whom, found, state = entry.rpartition(sign)
        if found:
            return whom.strip(), state.strip()
    return entry, "done"


def _interval(cell: str) -> Value:
    word = answers.intervals().get(fold(cell))
    if word is not None:
        return {"answer": word}, []
    match = _HOURS.fullmatch(plain_digits(cell.strip()))
    unit = answers.units().get(fold(match[2] or "h")) if match else None
    if match is None or unit is None:
        return None, [Note(NO_INTERVAL)]
    return {"answer": Answer.AFTER.value, "hours": int(match[1]) * unit}, []


def _date(cell: str) -> Value:
    date, wrong = dates.read(cell)
    return date, [wrong] if wrong else []


def _began(cell: str) -> Value:
    """A date, or one of the words that stand in its place."""
    unsaid = answers.no_date().get(fold(cell))
    return (unsaid, []) if unsaid is not None else _date(cell)


def _language(cell: str) -> Value:
    return meant(cell), []


def _links(cell: str) -> Value:
    """Web addresses; a semicolon inside one does not end it unless another begins there."""
    found: list[str] = []
    for entry in split(cell):
        for piece in re.split(r",?\s+", entry):
            if found and piece and not _LINK.match(piece):
                found[-1] += f";{piece}"
            elif piece:
                found.append(piece)
    return found, []


_SIMPLE: dict[Form, Callable[[str], Value]] = {
    Form.REFERENCE: lambda cell: (cell.strip(), []),
    Form.TEXT: lambda cell: (cell, []),
    Form.LANGUAGE: _language,
    Form.BEGAN: _began,
    Form.DATE: _date,
    Form.NAMES: lambda cell: (split(cell), []),
    Form.LINKS: _links,
    Form.INTERVAL: _interval,
}
