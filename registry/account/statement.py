"""The smaller account of a statement: "seen here too", what was fixed, a dispute, a reply. Pure.

It has no title of its own and no classification but the containment of what was seen here too: what
happened is told by the record that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from registry.account import fields
from registry.account.blank import is_blank
from registry.account.check import check
from registry.errors import N_, Problem
from taxonomy import Taxonomy

STATEMENT_MAX = 2_000
"""Characters of each text of a statement."""
SEEN, FIX, DISPUTE, REPLY = "statement", "fix", "dispute", "reply"
"""What a statement says; the first has the name that all had when there was no other."""
_WHEN = N_("Say when it happened; a year is enough, and not known is an answer too.")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement of one kind holds.

    ``titles`` (language → title) name neither place nor record: what is hidden later must not stay in
    a title. ``required`` is field → what to say where it is missing. Beyond these it may hold ``links``,
    codes of ``facets`` and parts of the ``response``.
    """

    titles: Mapping[str, str]
    required: Mapping[str, str]
    facets: tuple[str, ...] = ()
    response: tuple[str, ...] = ()
    links: bool = True


SHAPES: Final[Mapping[str, Shape]] = {
    SEEN: Shape(
        {"en": "Seen here too", "fr": "Vu ici aussi", "es": "También visto aquí", "ar": "حدث هنا أيضا"},
        {
            "text": N_("Say what was the same, or different."),
            "happened": _WHEN,
            "countries": N_("Say in which country, or that you would rather not."),
        },
        facets=("containment",),
        response=("done", "contained"),
        links=False,
    ),
    FIX: Shape(
        {"en": "What was fixed", "fr": "Ce qui a été corrigé", "es": "Lo que se corrigió", "ar": "ما أُصلح"},
        {
            "text": N_("Say what was changed, and how others can tell."),
            "happened": N_("Say since when; a year is enough, and not known is an answer too."),
        },
    ),
    DISPUTE: Shape(
        {"en": "Dispute", "fr": "Contestation", "es": "Objeción", "ar": "اعتراض"},
        {"text": N_("Say what is not right, and how you know.")},
    ),
    REPLY: Shape(
        {"en": "Reply", "fr": "Réponse", "es": "Respuesta", "ar": "رد"},
        {"text": N_("Say what you reply.")},
    ),
}
"""What it says → what it holds."""


def titled(raw: object, says: str = SEEN) -> object:
    """The account with the title that statements of this kind have in its language."""
    if not isinstance(raw, Mapping) or raw.get("title"):
        return raw
    titles, language = SHAPES[says].titles, raw.get("language") or "en"
    code = language.partition("-")[0] if isinstance(language, str) else "en"
    return {**raw, "title": titles.get(code, titles["en"])}


def check_statement(
    raw: object, taxonomy: Taxonomy, today: date, says: str = SEEN, *, complete: bool
) -> list[Problem]:
    """Every problem of a statement's account; an empty list means it is good."""
    if not isinstance(raw, Mapping):
        return check(raw, taxonomy, today, complete=False)
    found = _narrower(raw, SHAPES[says], complete=complete)
    return [*found, *check(raw, taxonomy, today, complete=False)]


def _narrower(raw: Mapping[str, Any], shape: Shape, *, complete: bool) -> Iterator[Problem]:
    if raw.get("title") not in (None, "", *shape.titles.values()):
        yield Problem("/title", N_("A statement has no title of its own. Leave it out."))
    for key in ("entities",) if shape.links else ("entities", "links"):
        if raw.get(key):
            yield Problem(f"/{key}", N_("A statement cannot say this. Send a report instead."))
    yield from _only("/classification", raw.get("classification"), shape.facets)
    yield from _only("/response", raw.get("response"), shape.response)
    yield from fields.text("/text", raw.get("text"), STATEMENT_MAX)
    response = raw.get("response")
    if isinstance(response, Mapping):
        yield from fields.text("/response/done", response.get("done"), STATEMENT_MAX)
    if complete:
        yield from _missing(raw, shape.required)


def _only(pointer: str, part: object, allowed: tuple[str, ...]) -> Iterator[Problem]:
    if isinstance(part, Mapping):
        for key, value in part.items():
            if value and key not in allowed:
                name = fields.escape(str(key))[:60]
                yield Problem(f"{pointer}/{name}", N_("A statement cannot say this. Send a report instead."))


def _missing(raw: Mapping[str, Any], required: Mapping[str, str]) -> Iterator[Problem]:
    for key, message in required.items():
        value = raw.get(key)
        empty = value is None or (isinstance(value, str) and is_blank(value)) or value in ([], {})
        if empty or (isinstance(value, Mapping) and not value.get("from")):
            yield Problem(f"/{key}", message)
