"""The columns of a table of records: one row a record, flat. Pure.

A list is a list in Parquet, and in CSV one cell with ``; `` between its entries. The whole record,
nested as the API gives it, is in the NDJSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from registry.account.types import MILESTONES, PARTIES, Interval
from registry.record.types import PublicRecord
from registry.sharing.dublin import rights
from taxonomy import Taxonomy

TEXT, LIST, NUMBER, YES_NO = "string", "list", "integer", "boolean"
"""Types of columns; an empty text or list is no value."""
SEPARATOR: Final = "; "
Cell = str | list[str] | int | bool | None
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what it says, and how it is read from a record.

    One of a ``facet`` holds its codes; these are told apart once for all of them.
    """

    name: str
    type: str
    says: str
    read: Callable[[PublicRecord], Cell] = lambda _: None
    facet: str = ""


def columns(taxonomy: Taxonomy) -> tuple[Column, ...]:
    """All columns in their order; each facet of the taxonomy has one."""
    return (*_OF_RECORD, *_OF_ACCOUNT, *_parties(), *_facets(taxonomy), *_response(), *_OF_SOURCE)


def row(record: PublicRecord, table: tuple[Column, ...]) -> Row:
    """Column → value."""
    codes: dict[str, list[str]] = {}
    for code in dict.fromkeys(record.account.codes()):
        codes.setdefault(code.partition("/")[0], []).append(code)
    return {
        column.name: codes.get(column.facet, []) if column.facet else column.read(record) for column in table
    }


def as_text(value: Cell) -> str:
    """A value as one cell of a CSV table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return SEPARATOR.join(value) if isinstance(value, list) else str(value)


def _told(record: PublicRecord, last: int) -> str | None:
    happened = record.account.happened
    days = happened.told if happened else ()
    return days[last] if len(days) > last else None


_OF_RECORD = (
    Column("id", TEXT, "identifier of the record", lambda r: r.id),
    Column("type", TEXT, "incident, report or statement", lambda r: r.type.value),
    Column("state", TEXT, "published, revised, disputed, retracted, …", lambda r: r.state.value),
    Column("reason", TEXT, "why it has its state", lambda r: r.because.reason if r.because else None),
    Column("successor", TEXT, "the record it was merged into", lambda r: r.successor),
    Column("revision", NUMBER, "counted from 1", lambda r: r.revision),
    Column("published", TEXT, "day of publication, ISO 8601", lambda r: r.published.isoformat()),
    Column("modified", TEXT, "day of the newest revision, ISO 8601", lambda r: r.modified.isoformat()),
    Column("taxonomy", TEXT, "version of the taxonomy", lambda r: r.taxonomy_version),
    Column("demo", YES_NO, "invented as a demonstration", lambda r: r.demo),
)
_OF_ACCOUNT = (
    Column("title", TEXT, "title", lambda r: r.account.title),
    Column("text", TEXT, "what happened", lambda r: r.account.text),
    Column("language", TEXT, "language of the texts, BCP 47", lambda r: r.account.language),
    Column("happened_from", TEXT, "beginning, as exact as it is known", lambda r: _told(r, 0)),
    Column("happened_to", TEXT, "end, as exact as it is known", lambda r: _told(r, 1)),
    Column("countries", LIST, "ISO 3166-1 alpha-2", lambda r: list(r.account.countries)),
    Column("regions", LIST, "UN M49", lambda r: list(r.account.regions)),
    Column("links", LIST, "addresses of sources", lambda r: list(r.account.links)),
)
_OF_SOURCE = (
    Column("derived", LIST, "codes derived from the source's own", lambda r: [d.code for d in r.derived]),
    Column(
        "related",
        LIST,
        "relations to other records",
        lambda r: [f"{one.kind} {one.target}" for one in r.related],
    ),
    Column("generalised", LIST, "what was made less exact", lambda r: list(r.generalised)),
    Column("origin", TEXT, "own, peer or external", lambda r: r.provenance.origin.value),
    Column("source", TEXT, "key of the collection", lambda r: r.provenance.source),
    Column("source_id", TEXT, "its own number there", lambda r: r.provenance.source_id),
    Column("source_url", TEXT, "its page there", lambda r: r.provenance.link),
    Column("licence", TEXT, "terms under which the record stands", rights),
    Column("attribution", TEXT, "who has to be named", lambda r: r.provenance.attribution),
    Column("contributor", TEXT, "who told it, as described there", lambda r: r.provenance.contributor),
)


def _parties() -> Iterator[Column]:
    for name in PARTIES:
        yield Column(name, LIST, f"{name}, as alleged", partial(_named, name))


def _facets(taxonomy: Taxonomy) -> Iterator[Column]:
    for facet in taxonomy.facets:
        says = f"codes of the facet {facet}, the main one first"
        yield Column(f"facet_{facet}", LIST, says, facet=facet)


def _response() -> Iterator[Column]:
    for name in MILESTONES:
        yield Column(f"{name}_hours", NUMBER, f"hours until {name}", partial(_hours, name))
        says = f"after so many hours, or why there is no number: {name}"
        yield Column(f"{name}_answer", TEXT, says, partial(_answer, name))
    for name, says in _NARRATIVES.items():
        yield Column(name, TEXT, says, partial(_narrative, name))


_NARRATIVES = {
    "done": "done at once",
    "remedied": "put right",
    "cause": "root cause",
    "lessons": "what others can learn",
}


def _named(name: str, record: PublicRecord) -> list[str]:
    return list(getattr(record.account.entities, name))


def _hours(name: str, record: PublicRecord) -> int | None:
    interval: Interval | None = getattr(record.account.response, name)
    return interval.hours if interval else None


def _answer(name: str, record: PublicRecord) -> str | None:
    interval: Interval | None = getattr(record.account.response, name)
    return interval.answer.value if interval else None


def _narrative(name: str, record: PublicRecord) -> str:
    return str(getattr(record.account.response, name))
