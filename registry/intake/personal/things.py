"""The details of an account as people decide about them. Pure but for the models that were brought.

Detectors read one text at a time and by its context; people decide about a thing. So the same words
are one thing whatever kind they were taken for, and stand for it wherever they stand in the account.
What is left after hiding is moved along, not looked for again: a second look at the changed text
could take a thing for another, and a choice would be lost.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from registry.intake.personal.brought import detectors
from registry.privacy.accounts import Detail, Spot, details, texts, without
from registry.privacy.findings import Kind
from registry.privacy.folding import fold

SHORTEST = 3
"""Characters from which words are looked for in other places too."""
LONGEST, MOST = 8, 16
"""Words of a title that are looked at together, and words of something that somebody chose about."""
_WORD = re.compile(r"\w+")
_AROUND = re.compile(r"^\W+|\W+$")
"""What stands around the words of something."""
_MARK = re.compile(r"\[[A-Z-]+-\d+\]")
_WITHOUT_SPACES = 0x2E80
"""Scripts from here on (Chinese, Japanese, Korean) put no spaces between words."""
_LINKS = "/links/"
_PRODUCTS = ("/entities/developers/", "/entities/deployers/", "/entities/systems/")


def things(account: Mapping[str, Any], names: Collection[str] = ()) -> tuple[Detail, ...]:
    """Every thing of an account, in the order of first appearance, with every place where it stands.

    What is called by one of these names is a thing although no detector finds it any more: rules and
    models change, and what somebody chose to hide stays hidden.
    """
    known: dict[str, Detail] = {}
    for found in details(account, detectors()):
        name = name_of(found.text)
        before = known.get(name)
        known[name] = replace(found, thing=name) if before is None else _joined(before, found)
    for name in known.keys() & {name_of(said) for said in (account.get("place") or {}).values() if said}:
        known[name] = replace(known[name], kind=Kind.PLACE)  # whatever else it sounded like
    missed = set(names) - known.keys()
    if missed:
        known |= _chosen(account, known.values(), missed)
    return _everywhere(account, known)


def _chosen(account: Mapping[str, Any], known: Iterable[Detail], names: Collection[str]) -> dict[str, Detail]:
    """The things that are called so, where nothing else is found."""
    spots: dict[str, list[Spot]] = _spots(tuple(known))
    more: dict[str, Detail] = {}
    for pointer, text in texts(account):
        taken = bytearray(len(text))
        for spot in spots.get(pointer, ()):
            _take(taken, spot)
        words = [(*match.span(), _bare(match.group())) for match in _WORD.finditer(text)]
        for length in range(min(MOST, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                start, end = words[first][0], words[first + length - 1][1]
                name = _hashed("".join(word for _, _, word in words[first : first + length]))
                if name in names and not any(taken[start:end]):
                    spot = Spot(pointer, start, end)
                    _take(taken, spot)
                    found = Detail(name, Kind.PERSON, False, text[start:end], (spot,))
                    more[name] = _joined(more[name], found) if name in more else found
    return more


def things_of_title(title: str, language: str, names: Collection[str]) -> tuple[Detail, ...]:
    """Every thing of a title that is read without its account, and whatever is called by these names."""
    line = {"title": title, "language": language}
    known = {one.thing: one for one in things(line)}
    taken = bytearray(len(title))
    for one in known.values():
        for spot in one.spots:
            _take(taken, spot)
    for start, end in _runs(title):
        spot, name = Spot("/title", start, end), name_of(title[start:end])
        if name in names and not any(taken[start:end]):
            _take(taken, spot)
            found = Detail(name, Kind.PERSON, False, title[start:end], (spot,))
            known[name] = replace(known[name], spots=(*known[name].spots, spot)) if name in known else found
    return tuple(known.values())


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Every run of up to ``LONGEST`` words, longer ones first."""
    words = [match.span() for match in _WORD.finditer(text)]
    for length in range(LONGEST, 0, -1):
        for first in range(len(words) - length + 1):
            yield words[first][0], words[first + length - 1][1]


def name_of(words: str) -> str:
    """The name of a thing, 32 hex digits: spelling, spaces and signs make no other."""
    return _hashed(_bare(words))


def _bare(words: str) -> str:
    folded = unicodedata.normalize("NFKC", fold(words).text).casefold()
    return "".join(filter(str.isalnum, folded)) or folded


def _hashed(bare: str) -> str:
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def hidden(
    account: Mapping[str, Any], found: Sequence[Detail], names: Collection[str]
) -> tuple[dict[str, Any], tuple[Detail, ...]]:
    """The account without these things, and the other things where they stand in it.

    What is hidden is hidden inside longer words too: ``Ada`` in ``Mrs Ada``, which is no thing any more.
    """
    gone = _everywhere(account, {one.thing: one for one in found if one.thing in names})
    shown = without(account, gone, names)
    spots, after = _spots(gone), dict(texts({**shown, "links": ()}))
    places = _places(account, spots)
    left = []
    for one in found:
        if one.thing not in names:
            free = [spot for spot in one.spots if not _meets(spot, spots.get(spot.pointer, ()))]
            moved = [_moved(spot, spots.get(spot.pointer, ()), after, places) for spot in free]
            left.append(replace(one, spots=tuple(spot for spot in moved if spot is not None)))
    return shown, tuple(one for one in left if one.spots)


def _meets(spot: Spot, others: Sequence[Spot]) -> bool:
    return any(spot.start < other.end and other.start < spot.end for other in others)


def _joined(known: Detail, again: Detail) -> Detail:
    spots = (*known.spots, *again.spots)
    if again.certain and not known.certain:
        return replace(known, kind=again.kind, certain=True, spots=spots)
    return replace(known, spots=spots)


def _everywhere(account: Mapping[str, Any], known: Mapping[str, Detail]) -> tuple[Detail, ...]:
    """With the places where the words stand again although no detector saw them."""
    said = dict(texts(account))
    taken = {pointer: bytearray(len(text)) for pointer, text in said.items()}
    for detail in known.values():
        for spot in detail.spots:
            _take(taken[spot.pointer], spot)
    longest_first = sorted(known.values(), key=lambda one: -len(one.text))
    more = {one.thing: list(one.spots) for one in known.values()}
    for detail in longest_first:
        for words in _spellings(said[spot.pointer][spot.start : spot.end] for spot in detail.spots):
            for pointer, text in said.items():
                if detail.certain or not pointer.startswith(_PRODUCTS):
                    more[detail.thing] += _again(words, pointer, text, taken[pointer])
    order = {pointer: place for place, pointer in enumerate(said)}
    return tuple(
        replace(one, spots=tuple(sorted(more[one.thing], key=lambda spot: (order[spot.pointer], spot.start))))
        for one in known.values()
    )


def _spellings(found: Iterable[str]) -> list[str]:
    """What to look for: as it was found, and without spaces and signs around it, the longest first.

    A detector may take a space along, which need not be before the same words elsewhere.
    """
    words = {one for said in found for one in (said, _AROUND.sub("", said))}
    return sorted(words, key=lambda one: (-len(one), one))


def _again(words: str, pointer: str, text: str, taken: bytearray) -> list[Spot]:
    found, at = [], text.find(words) if len(words) >= SHORTEST else -1
    while at >= 0:
        spot = Spot(pointer, at, at + len(words))
        if not any(taken[spot.start : spot.end]) and _stands_alone(text, spot):
            _take(taken, spot)
            found.append(spot)
        at = text.find(words, at + 1)
    return found


def _stands_alone(text: str, spot: Spot) -> bool:
    """Whether no letter or digit goes on before or after."""
    pairs = (text[max(0, spot.start - 1) : spot.start + 1], text[spot.end - 1 : spot.end + 1])
    return not any(len(pair) > 1 and all(map(_is_letter, pair)) for pair in pairs)


def _is_letter(character: str) -> bool:
    return character.isalnum() and ord(character) < _WITHOUT_SPACES


def _take(taken: bytearray, spot: Spot) -> None:
    taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)


def _spots(found: Sequence[Detail]) -> dict[str, list[Spot]]:
    by_pointer: dict[str, list[Spot]] = {}
    for detail in found:
        for spot in detail.spots:
            by_pointer.setdefault(spot.pointer, []).append(spot)
    return {pointer: sorted(spots, key=lambda spot: spot.start) for pointer, spots in by_pointer.items()}


def _places(account: Mapping[str, Any], gone: Mapping[str, object]) -> dict[str, str]:
    """Link → where it stands once links with something hidden are left out."""
    kept = [pointer for pointer, _ in texts({"links": account.get("links")}) if pointer not in gone]
    return {pointer: f"{_LINKS}{place}" for place, pointer in enumerate(kept)}


def _moved(
    spot: Spot, gone: Sequence[Spot], after: Mapping[str, str], places: Mapping[str, str]
) -> Spot | None:
    """Where a spot stands once ``gone`` in the same text are marks; None where its link was left out."""
    if spot.pointer.startswith(_LINKS):
        place = places.get(spot.pointer)
        return None if place is None else replace(spot, pointer=place)
    shift = 0
    for one in gone:
        if one.start >= spot.start:
            break
        mark = _MARK.match(after[spot.pointer], one.start + shift)
        if mark is None:
            raise AssertionError("a hidden detail leaves a mark")
        shift += len(mark[0]) - (one.end - one.start)
    return replace(spot, start=spot.start + shift, end=spot.end + shift)
