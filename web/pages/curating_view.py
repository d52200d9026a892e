"""How this node reads a record of others, arranged for the page of the record and for its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from werkzeug.datastructures import MultiDict

from api.node import the_node
from registry.errors import N_, Problem
from registry.record.curation.reading import Beside
from registry.record.curation.rules import LIMITS, NOTE, SUMMARY, TITLE, Reading, fields
from registry.record.types import PublicRecord
from web.pages.forms import Field, Kind
from web.pages.messages import gettext
from web.pages.words import facet_title, label, say, tongue

CODE: Final = "code"
MAIN: Final = "code-main"
TEXTS: Final = {
    TITLE: N_("Title, translated"),
    SUMMARY: N_("Summary, translated"),
    NOTE: N_("A note of this node"),
}
"""Fields that are texts, in words."""
HINTS: Final = {
    TITLE: N_("The title as readers here would say it."),
    SUMMARY: N_("What the record tells, shorter or whole, in another language."),
    NOTE: N_("What readers here should know beside it. It is about the record, not about people."),
}
CONTROLS: Final = {"codes": CODE, "because": "because", "text": "text", "language": "language"}
"""First part of the pointer of a problem → the control that it is about."""


@dataclass(frozen=True, slots=True)
class Row:
    """A field: what its owner says, what this node reads, and the edition that a change has to name."""

    field: str
    title: str
    owner: str
    beside: Beside | None

    @property
    def is_text(self) -> bool:
        """Whether it is a text of this node and no facet."""
        return self.field in TEXTS

    @property
    def edition(self) -> int:
        """That of the line that stands; 0 for none."""
        return 0 if self.beside is None else self.beside.line.edition


@dataclass(frozen=True, slots=True)
class Opened:
    """The field that is open: its row, its question where it is a facet, and what is typed."""

    row: Row
    question: Field | None
    mains: tuple[tuple[str, str], ...]
    typed: MultiDict[str, str]

    @property
    def limit(self) -> int:
        """The most characters of a text."""
        return LIMITS.get(self.row.field, 0)


def name(field: str) -> str:
    """What a field is called."""
    return gettext(TEXTS[field]) if field in TEXTS else facet_title(field)


def rows(record: PublicRecord, beside: Mapping[str, Beside]) -> list[Row]:
    """Every field that can be read, in order."""
    return [
        Row(field, name(field), _said(record, field), beside.get(field))
        for field in fields(the_node().taxonomy)
    ]


def opened(record: PublicRecord, row: Row, typed: MultiDict[str, str] | None = None) -> Opened:
    """A field to be read, as it is read now or as somebody typed it."""
    facet = the_node().taxonomy.facets.get(row.field)
    values = _values(record, row) if typed is None else typed
    if facet is None:
        return Opened(row, None, (), values)
    kind = Kind.ONE if facet.cardinality == "one" else Kind.MANY
    mains = [("", gettext("The first of them")), *((code, label(code)) for code in facet.values)]
    question = Field(kind, CODE, f"/classification/{row.field}", facet=row.field, needed=True)
    return Opened(row, question, tuple(mains) if facet.primary else (), values)


def reading(form: MultiDict[str, str]) -> Reading:
    """What was sent; the main code first."""
    field, main = form.get("field", ""), form.get(MAIN, "")
    if field in LIMITS:
        text = form.get("text", "").replace("\r\n", "\n").strip()
        return Reading(field, text=text, language=form.get("language", ""))
    codes = sorted(dict.fromkeys(form.getlist(CODE)), key=lambda code: code != main)
    return Reading(field, tuple(codes), because=form.get("because", "").strip())


def errors(problems: Iterable[Problem]) -> dict[str, str]:
    """Control → what is wrong with it."""
    return {CONTROLS.get(one.pointer.split("/")[1], "field"): say(one) for one in problems}


def _said(record: PublicRecord, field: str) -> str:
    if field in TEXTS:
        return record.account.title if field == TITLE else ""
    return _labels(record.codes().get(field, ()))


def _labels(codes: Sequence[str]) -> str:
    return " · ".join(label(code) for code in codes)


def _values(record: PublicRecord, row: Row) -> MultiDict[str, str]:
    if row.beside is None:
        held = record.codes().get(row.field, ())
        return MultiDict([*((CODE, code) for code in held), ("language", tongue())])
    now = row.beside.line.reading
    values = MultiDict([(CODE, code) for code in now.codes])
    values[MAIN] = now.codes[0] if now.codes else ""
    values["text"], values["language"], values["because"] = now.text, now.language, now.because
    return values
