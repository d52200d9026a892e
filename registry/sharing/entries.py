"""A public record as an entry of a feed. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from registry.record.types import PublicRecord
from registry.sharing.dublin import INVENTED, rights, standing
from registry.sharing.place import Place
from taxonomy import Taxonomy

SUMMARY = 500
"""Characters of the text in an entry; the page has the whole of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader of feeds shows; ``tags`` are (code, label)."""

    id: str
    url: str
    title: str
    summary: str
    language: str
    published: date
    updated: date
    tags: tuple[tuple[str, str], ...]
    rights: str
    source: str


def entry(record: PublicRecord, taxonomy: Taxonomy, place: Place) -> Entry:
    """The entry of a record; what has to be said of its state stands in title and summary."""
    said = standing(record)
    account = record.account
    parts = (said, INVENTED if record.demo else "", _cut(account.text))
    codes = chain.from_iterable(record.codes().values())
    return Entry(
        id=place.identifier(record.id),
        url=place.page(record.id),
        title=f"{record.state.value.capitalize()}: {account.title}" if said else account.title,
        summary=" ".join(part for part in parts if part),
        language=account.language,
        published=record.published,
        updated=record.modified,
        tags=tuple((code, taxonomy.label(code) if code in taxonomy else code) for code in codes),
        rights=rights(record),
        source=record.provenance.link,
    )


def _cut(text: str) -> str:
    return text if len(text) <= SUMMARY else text[: SUMMARY - 1].rstrip() + "…"
