"""Forms as data: what a question, a page and a theme are, and where answers live in an account.

A page (``Step``) puts one question, now and then with a short one beside it; a field names its kind,
its inputs and the JSON pointer of its answer. Reading (``forms_reading``), filling
(``forms_filling``) and showing (templates ``report/``) follow from that, so that a question is added
by adding a line to ``report_steps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registry.account import Answer
from registry.errors import N_, Problem
from web.pages.report_conditions import Condition, Several

UNSAID = {"unknown": N_("I do not know"), "withheld": N_("I know, but it is not safe to say")}
"""Answers that stand in place of one and are never the same: code → words."""


class Kind(StrEnum):
    """Kinds of questions; each has a macro of the same name in ``report/_widgets.html``."""

    TEXT = "text"  # one line
    LONG = "long"  # a story
    LANGUAGE = "language"  # the language the report is written in
    DATE = "date"  # a day, a month or a year, as precise as it is known and safe to say
    ONE = "one"  # one code of a facet
    MANY = "many"  # codes of a facet
    MAIN = "main"  # which of the codes chosen before is the main one
    COUNTRIES = "countries"
    NAMES = "names"  # names, one a line
    LINKS = "links"  # web addresses, one a line
    INTERVAL = "interval"  # after how long, or why there is no number
    TOLD = "told"  # audiences, each with a state


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``label`` and ``hint`` are msgids; empty ones come from the taxonomy's facet.

    ``could`` is how it is put for a near miss or a hazard, where no harm was done. ``needed`` questions
    have to be answered before sending; all others may stay empty. ``limit`` is the most characters of a
    text, ``answers`` what an interval offers.
    """

    kind: Kind
    name: str
    pointer: str
    label: str = ""
    hint: str = ""
    short: str = ""
    could: str = ""
    facet: str = ""
    needed: bool = False
    limit: int = 0
    rows: int = 4
    answers: tuple[Answer, ...] = tuple(Answer)
    without: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        """Id of the first input: where the error summary leads."""
        return self.name


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form: its question, and seldom a short one beside it.

    ``note`` is a msgid that stands between question and answer; ``when`` says when the page is shown.
    """

    slug: str
    fields: tuple[Field, ...]
    note: str = ""
    when: Condition | Several | None = None

    @property
    def asks(self) -> Field:
        """The question that is the page's heading."""
        return self.fields[0]

    @property
    def row(self) -> str:
        """Id of its row among the answers; the main one of several has none of its own."""
        return self.asks.facet if self.asks.kind is Kind.MAIN else self.slug


@dataclass(frozen=True, slots=True)
class Theme:
    """Optional pages that belong together; ``heading`` is a msgid."""

    slug: str
    heading: str
    steps: tuple[Step, ...]


def get(account: Mapping[str, Any], pointer: str) -> Any:
    """The answer at a pointer, or None."""
    value: Any = account
    for key in pointer.strip("/").split("/"):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def put(account: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the account with the answers (pointer → value) in place; empty answers are taken out."""
    whole = deepcopy(dict(account))
    for pointer, value in answers.items():
        *path, last = pointer.strip("/").split("/")
        place: MutableMapping[str, Any] = whole
        for key in path:
            place = place.setdefault(key, {})
        if value in (None, "", [], {}):
            place.pop(last, None)
        else:
            place[last] = value
    return {key: value for key, value in whole.items() if value not in ("", [], {}, None)}


def field_of(fields: Iterable[Field], problem: Problem) -> Field | None:
    """The field whose answer a problem is about."""
    for field in fields:
        if _under(problem.pointer, field.pointer) or _under(field.pointer, problem.pointer):
            return field
    return None


def _under(pointer: str, root: str) -> bool:
    return bool(root) and (pointer == root or pointer.startswith(root + "/"))
