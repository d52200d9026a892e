"""What was found in a file of reports, as lines of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.node import the_node
from registry.errors import N_
from registry.intake.bulk.headers import Use, shown
from registry.intake.bulk.report import Fate, Personal, Report, Row, Told
from registry.intake.bulk.table import Note
from registry.intake.rules import STATE_LABELS
from web.pages.messages import gettext
from web.pages.personal_view import KINDS
from web.pages.words import tongue

ROWS_SHOWN = 100
"""Rows that are told one by one; the checked copy tells all."""
FATES = {
    Fate.COMPLETE: (N_("Complete"), "ok"),
    Fate.INCOMPLETE: (N_("Can be kept as a draft"), "warn"),
    Fate.WRONG: (N_("Needs attention"), "bad"),
    Fate.KNOWN: (N_("Here already"), ""),
    Fate.STORED: (N_("Stored"), "ok"),
}
"""Fate → word and look of its badge."""
COUNTED = {
    Fate.STORED: N_("stored just now"),
    Fate.COMPLETE: N_("complete: they can be sent to review"),
    Fate.INCOMPLETE: N_("not complete: they can be kept as drafts for a person to complete"),
    Fate.WRONG: N_("need attention before they can be stored"),
    Fate.KNOWN: N_("here already: they are not stored again"),
}
"""Fate → what is said beside the number of its rows."""
CHANGED = N_("This row says something else than the report that is here. Change the report itself.")
DELIMITERS = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs"), "|": N_("vertical bars")}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: number, title, badge, sentences (column, sentence), where it is here."""

    number: int
    title: str
    fate: str
    look: str
    wrong: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]
    personal: tuple[tuple[str, str], ...]
    key: str
    state: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole: counts with words, how the file was read, columns that are not used, rows."""

    counts: tuple[tuple[int, str, str], ...]
    read: tuple[str, ...]
    unknown: tuple[str, ...]
    not_kept: tuple[tuple[str, str], ...]
    personal: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    more: int
    stored: int


def of(found: Report) -> View:
    """The lines of a report."""
    told = [row for row in found.rows if _is_told(row)]
    columns = list(zip(found.table.header, found.meanings, strict=True))
    return View(
        counts=tuple(
            (found.counts[fate], gettext(words), FATES[fate][1])
            for fate, words in COUNTED.items()
            if found.counts[fate]
        ),
        read=tuple(_read(found)),
        unknown=tuple(name for name, meaning in columns if meaning.use is Use.UNKNOWN),
        not_kept=tuple((name, gettext(m.why)) for name, m in columns if m.use is Use.NOWHERE),
        personal=tuple((gettext(KINDS[kind][0]), number) for kind, number in found.personal.items()),
        lines=tuple(_line(row) for row in told[:ROWS_SHOWN]),
        more=max(0, len(told) - ROWS_SHOWN),
        stored=found.counts[Fate.STORED],
    )


def _is_told(row: Row) -> bool:
    """Whether there is more to say of a row than that it is good."""
    return row.fate is not Fate.COMPLETE or bool(row.notes or row.personal)


def _line(row: Row) -> Line:
    words, look = FATES[row.fate]
    changed = (("", gettext(CHANGED)),) if row.kept and row.kept.changed else ()
    return Line(
        row.number,
        row.title,
        gettext(words),
        look,
        wrong=_said(row.wrong),
        missing=() if row.fate is Fate.KNOWN else _said(row.missing),
        notes=(*changed, *_said(row.notes)),
        personal=tuple(dict.fromkeys(map(_detail, row.personal))),
        key=row.kept.id if row.kept else "",
        state=gettext(STATE_LABELS[row.kept.state]) if row.kept else "",
    )


def _said(told: Iterable[Told]) -> tuple[tuple[str, str], ...]:
    return tuple((one.header or _column(one.column), _sentence(one.note)) for one in told)


def _detail(found: Personal) -> tuple[str, str]:
    return _column(found.column), gettext(KINDS[found.kind][0])


def _column(name: str) -> str:
    return shown(name, the_node().taxonomy, tongue()) if name else ""


def _sentence(note: Note) -> str:
    sentence = gettext(note.message)
    return sentence % note.facts if note.facts else sentence


def _read(found: Report) -> Iterable[str]:
    """How the file was read, in sentences."""
    table = found.table
    if table.sheet:
        yield gettext("Sheet “%(sheet)s”.", sheet=table.sheet)
    if table.encoding and table.delimiter:
        between = gettext(DELIMITERS[table.delimiter])
        yield gettext(
            "Text in %(encoding)s, cells separated by %(delimiter)s.",
            encoding=table.encoding.upper(),
            delimiter=between,
        )
    yield from map(_sentence, found.notes)
    if found.unscanned:
        yield gettext(
            "The file is long: personal details were not looked for in %(rows)s of its rows.",
            rows=found.unscanned,
        )
