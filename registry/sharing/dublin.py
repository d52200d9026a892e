"""A public record in Dublin Core (ISO 15836-1), as ``oai_dc`` of OAI-PMH 2.0 takes it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from registry.record.types import Origin, PublicRecord, RecordState
from registry.sharing.place import Place
from taxonomy import Taxonomy

PLAIN = (RecordState.PUBLISHED, RecordState.REVISED, RecordState.REINSTATED)
"""States in which nothing has to be said before the text."""
OWN_LICENCE = "CC BY 4.0"
INVENTED = "Invented as a demonstration; it did not happen."


@dataclass(frozen=True, slots=True)
class Term:
    """One statement: an element of Dublin Core and its text, in a language where that is known."""

    element: str
    text: str
    language: str = ""


def describe(record: PublicRecord, taxonomy: Taxonomy, place: Place) -> list[Term]:
    """Everything that Dublin Core can say of the record; what has no text is left out."""
    said = chain(_what(record, taxonomy), _texts(record), _whence(record, place), _links(record, place))
    return [term for term in said if term.text]


def standing(record: PublicRecord) -> str:
    """What has to be said of a record before its text: retracted, disputed and so on, and why; or ''."""
    if record.state in PLAIN:
        return ""
    why = record.because
    parts = [record.state.value.capitalize(), why.reason if why else "", why.note if why else ""]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def rights(record: PublicRecord) -> str:
    """The licence: ours, or that which the other collection states."""
    own = OWN_LICENCE if record.provenance.origin is Origin.OWN else ""
    return record.provenance.licence or own


def _what(record: PublicRecord, taxonomy: Taxonomy) -> Iterator[Term]:
    account = record.account
    yield Term("title", account.title, account.language)
    yield Term("type", record.type.value)
    yield Term("type", "Text")
    yield Term("language", account.language)
    for code in chain.from_iterable(record.codes().values()):
        yield Term("subject", taxonomy.label(code) if code in taxonomy else code, "en")
    for place in (*account.countries, *account.regions):
        yield Term("coverage", place)
    for day in account.happened.told if account.happened else ():
        yield Term("coverage", day)


def _texts(record: PublicRecord) -> Iterator[Term]:
    yield Term("description", standing(record), "en")
    if record.demo:
        yield Term("description", INVENTED, "en")
    yield Term("description", record.account.text, record.account.language)
    yield Term("description", record.account.response.lessons, record.account.language)


def _whence(record: PublicRecord, place: Place) -> Iterator[Term]:
    source = record.provenance
    yield Term("identifier", place.page(record.id))
    yield Term("identifier", record.id)
    yield Term("date", record.published.isoformat())
    yield Term("publisher", place.name)
    yield Term("contributor", source.contributor)
    yield Term("source", source.link)
    yield Term("rights", rights(record))
    yield Term("rights", source.attribution)


def _links(record: PublicRecord, place: Place) -> Iterator[Term]:
    for relation in record.related:
        target = relation.target
        yield Term("relation", target if target.startswith("http") else place.page(target))
    for link in record.account.links:
        yield Term("relation", link)
