"""Feeds in their two syntaxes: Atom (RFC 4287, with tombstones of RFC 6721) and JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from registry.sharing.entries import Entry
from registry.sharing.markup import LANG, add
from registry.sharing.place import Place

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
JSON_FEED = "https://jsonfeed.org/version/1.1"
register_namespace("", ATOM)  # some readers know the names without a prefix only
register_namespace("at", TOMBSTONES)


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, the newest change first; ``erased`` are identifier and day of what is gone."""

    title: str
    address: str
    page: str
    updated: date
    entries: Sequence[Entry]
    erased: Sequence[tuple[str, date]] = ()


def to_atom(feed: Feed, place: Place) -> bytes:
    """The feed as an Atom document."""
    root = Element(_name("feed"))
    add(root, _name("id"), feed.address)
    add(root, _name("title"), feed.title)
    add(root, _name("updated"), moment(feed.updated))
    add(add(root, _name("author")), _name("name"), place.name)
    add(root, _name("link"), "", rel="self", type="application/atom+xml", href=feed.address)
    add(root, _name("link"), "", rel="alternate", type="text/html", href=feed.page)
    for identifier, day in feed.erased:
        add(root, f"{{{TOMBSTONES}}}deleted-entry", "", ref=identifier, when=moment(day))
    for entry in feed.entries:
        _entry(root, entry)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _entry(root: Element, entry: Entry) -> None:
    one = SubElement(root, _name("entry"), {LANG: entry.language})
    add(one, _name("id"), entry.id)
    add(one, _name("title"), entry.title)
    add(one, _name("updated"), moment(entry.updated))
    add(one, _name("published"), moment(entry.published))
    add(one, _name("link"), "", rel="alternate", type="text/html", href=entry.url)
    if entry.source:
        add(one, _name("link"), "", rel="via", href=entry.source)
    for code, label in entry.tags:
        add(one, _name("category"), "", term=code, label=label)
    add(one, _name("summary"), entry.summary, type="text")
    add(one, _name("rights"), entry.rights)


def to_json_feed(feed: Feed, place: Place) -> dict[str, Any]:
    """The feed as a JSON Feed."""
    return {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "authors": [{"name": place.name, "url": place.address}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": moment(entry.published),
                "date_modified": moment(entry.updated),
                "language": entry.language,
                "tags": [label for _, label in entry.tags],
                "_rights": {"licence": entry.rights},
            }
            | ({"external_url": entry.source} if entry.source else {})
            for entry in feed.entries
        ],
    }


def moment(day: date) -> str:
    """The beginning of a day (RFC 3339): nothing here is told more finely."""
    return f"{day.isoformat()}T00:00:00Z"


def _name(local: str) -> str:
    return f"{{{ATOM}}}{local}"
