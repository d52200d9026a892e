"""The smaller account of a statement: "seen here too". Pure.

Where, when, what was the same or different, and what contained it. It has no title of its own and no
classification but the containment: what happened is told by the record that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from registry.account import fields
from registry.account.blank import is_blank
from registry.account.check import check
from registry.errors import N_, Problem
from taxonomy import Taxonomy

STATEMENT_MAX = 2_000
"""Characters that say what was the same or different, and what contained it."""
TITLES = {
    "en": "Seen here too",
    "fr": "Vu ici aussi",
    "es": "También visto aquí",
    "ar": "حدث هنا أيضا",
}
"""Language → title. It names neither place nor record: what is hidden later must not stay in a title."""
KEYS = ("title", "language", "text", "happened", "countries", "classification", "response")
_REQUIRED = {
    "text": N_("Say what was the same, or different."),
    "happened": N_("Say when it happened; a year is enough, and not known is an answer too."),
    "countries": N_("Say in which country, or that you would rather not."),
}


def titled(raw: object) -> object:
    """The account with the title that statements in its language have."""
    if not isinstance(raw, Mapping) or raw.get("title"):
        return raw
    language = raw.get("language") or "en"
    code = language.partition("-")[0] if isinstance(language, str) else "en"
    return {**raw, "title": TITLES.get(code, TITLES["en"])}


def check_statement(raw: object, taxonomy: Taxonomy, today: date, *, complete: bool) -> list[Problem]:
    """Every problem of a statement's account; an empty list means it is good."""
    if not isinstance(raw, Mapping):
        return check(raw, taxonomy, today, complete=False)
    return [*_narrower(raw, complete=complete), *check(raw, taxonomy, today, complete=False)]


def _narrower(raw: Mapping[str, Any], *, complete: bool) -> Iterator[Problem]:
    if raw.get("title") not in (None, "", *TITLES.values()):
        yield Problem("/title", N_("A statement has no title of its own. Leave it out."))
    for key in ("entities", "links"):
        if raw.get(key):
            yield Problem(f"/{key}", N_("A statement cannot say this. Send a report instead."))
    yield from _only("/classification", raw.get("classification"), "containment")
    yield from _only("/response", raw.get("response"), "done", "contained")
    yield from fields.text("/text", raw.get("text"), STATEMENT_MAX)
    response = raw.get("response")
    if isinstance(response, Mapping):
        yield from fields.text("/response/done", response.get("done"), STATEMENT_MAX)
    if complete:
        yield from _missing(raw)


def _only(pointer: str, part: object, *allowed: str) -> Iterator[Problem]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if value and key not in allowed:
                name = fields.escape(str(key))[:60]
                yield Problem(f"{pointer}/{name}", N_("A statement cannot say this. Send a report instead."))


def _missing(raw: Mapping[str, Any]) -> Iterator[Problem]:
    for key, message in _REQUIRED.items():
        value = raw.get(key)
        empty = value is None or (isinstance(value, str) and is_blank(value)) or value in ([], {})
        if empty or (isinstance(value, Mapping) and not value.get("from")):
            yield Problem(f"/{key}", message)
