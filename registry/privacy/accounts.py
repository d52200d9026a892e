"""Personal details of a whole account: the same thing in several fields is one detail, decided once.

Works on the JSON shape of ``registry.account.types``. Developers, deployers and systems are
organizations and products, so only certain findings count there; that a place is one is no finding
(how exactly it is published is decided elsewhere); a link that gives access is a
detail as a whole and is left out when hidden, since a placeholder is no link.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from registry.privacy.findings import Detector, Finding, Kind
from registry.privacy.folding import fold
from registry.privacy.placeholders import Hidden, hide
from registry.privacy.scanning import DETECTORS, scan

NARRATIVES = ("done", "remedied", "cause", "lessons", "since")
PARTIES = ("harmed", "developers", "deployers", "systems")
_PLACES = (Kind.ADDRESS, Kind.COORDINATES, Kind.PLACE)
_ORGANIZATIONS = ("/entities/developers", "/entities/deployers", "/entities/systems")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a detail stands: a JSON pointer to a text, and characters of it."""

    pointer: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Detail:
    """Something personal, wherever it stands; ``thing`` is the same for other spellings of the same."""

    thing: str
    kind: Kind
    certain: bool
    text: str
    spots: tuple[Spot, ...]


def texts(account: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of an account with its JSON pointer (RFC 6901), in reading order."""
    for key in ("title", "text"):
        if account.get(key):
            yield f"/{key}", account[key]
    place = account.get("place") or {}
    for key in ("exact", "district"):
        if place.get(key):
            yield f"/place/{key}", place[key]
    response = account.get("response") or {}
    for key in NARRATIVES:
        if response.get(key):
            yield f"/response/{key}", response[key]
    entities = account.get("entities") or {}
    for party in PARTIES:
        for index, name in enumerate(entities.get(party) or ()):
            yield f"/entities/{party}/{index}", name
    for index, link in enumerate(account.get("links") or ()):
        yield f"/links/{index}", link


def details(account: Mapping[str, Any], detectors: Sequence[Detector] = DETECTORS) -> list[Detail]:
    """Every detail of an account, in the order of first appearance."""
    found: dict[str, Detail] = {}
    for pointer, text in texts(account):
        for finding in scan(text, account.get("language") or "en", detectors):
            if not finding.certain and pointer.startswith(_ORGANIZATIONS):
                continue
            if pointer.startswith("/place/") and finding.kind in _PLACES:
                continue
            detail = _detail(pointer, text, finding)
            known = found.get(detail.thing)
            found[detail.thing] = detail if known is None else _joined(known, detail)
    return list(found.values())


def without(account: Mapping[str, Any], found: Sequence[Detail], things: Collection[str]) -> dict[str, Any]:
    """A copy of the account with these things replaced by placeholders, the same one wherever they stand."""
    hidden, changed = Hidden(), deepcopy(dict(account))
    for _, text in texts(account):
        hidden.heed(text)
    spots: dict[str, list[Finding]] = {}
    for detail in found:
        if detail.thing in things:
            for spot in detail.spots:
                spots.setdefault(spot.pointer, []).append(
                    Finding(spot.start, spot.end, detail.kind, detail.certain)
                )
    for pointer, text in texts(account):
        if pointer in spots:
            _put(changed, pointer, hide(text, spots[pointer], hidden))
    kept = [link for index, link in enumerate(account.get("links") or ()) if f"/links/{index}" not in spots]
    if "links" in changed:
        changed["links"] = kept
    return changed


def thing(kind: Kind, text: str) -> str:
    """The name of a thing, 32 hex digits: spelling, spaces and signs make no other."""
    folded = unicodedata.normalize("NFKC", fold(text).text).casefold()
    bare = "".join(character for character in folded if character.isalnum())
    return hashlib.sha256(f"{kind.value}\0{bare}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _detail(pointer: str, text: str, finding: Finding) -> Detail:
    said = text[finding.start : finding.end]
    spot = Spot(pointer, finding.start, finding.end)
    return Detail(thing(finding.kind, said), finding.kind, finding.certain, said, (spot,))


def _joined(known: Detail, again: Detail) -> Detail:
    certain = known.certain or again.certain
    return Detail(known.thing, known.kind, certain, known.text, (*known.spots, *again.spots))


def _put(account: dict[str, Any], pointer: str, text: str) -> None:
    """Write a text back to where it stood."""
    *way, last = pointer.split("/")[1:]
    place: Any = account
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place[key]
    set_item: Callable[[Any, str], None] = place.__setitem__
    set_item(int(last) if isinstance(place, list) else last, text)
