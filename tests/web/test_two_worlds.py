"""Whoever sends a report without being named: nothing that anybody can get hold of depends on it.

The same report is sent by one organization in one world and by another in the next; they differ in
name, person, program, address, browser and hour, and in nothing else. Then everything public is
compared to the byte. ``make two-worlds`` compares the full number of pairs.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from registry.intake.identities.rules import Identity
from tests.web.two_worlds.capture import LANGUAGES, Seen, capture, raw_files
from tests.web.two_worlds.differ import difference
from tests.web.two_worlds.founding import Founded, copied, found
from tests.web.two_worlds.sending import MODES, Way, send

pytestmark = pytest.mark.long

PAIRS = int(os.environ.get("COMMONS_PAIRS", "20"))
Kind = tuple[Identity, str]
"""How it is shown, and by which way it is sent."""
KINDS: list[Kind] = [
    *((mode, "api") for mode in MODES),
    (Identity.HIDDEN, "form"),
    (Identity.DELEGATED, "form"),
]


@dataclass
class Worlds:
    """Worlds as they are needed; the first of each kind is the one that others are compared with."""

    founded: Founded
    folder: Path
    first: dict[Kind, Seen] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def seen(self, sender: int, way: Way, kind: Kind, languages: Collection[str]) -> Seen:
        """All that can be seen after this one sent the report; nothing of anybody stands in it raw."""
        who = self.founded.senders[sender % len(self.founded.senders)]
        with copied(self.founded, self.folder / f"world-{next(self.numbers)}") as world:
            key = send(world, who, way, *kind)
            seen = capture(world, languages)
            marks = [*(mark for one in self.founded.senders for mark in one.marks), *way.marks, key]
            told = [*raw_files(world.folder), *seen.items()]
        betrayed = {(name, mark) for name, content in told for mark in marks if mark.encode() in content}
        assert not betrayed, sorted(betrayed)[:10]
        return seen


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    folder = tmp_path_factory.mktemp("worlds")
    return Worlds(found(folder / "founded"), folder)


@pytest.mark.parametrize("number", range(PAIRS))
def test_two_worlds_are_one(worlds: Worlds, number: int) -> None:
    kind = KINDS[number % len(KINDS)]
    if kind not in worlds.first:
        worlds.first[kind] = worlds.seen(0, Way.drawn(-1), kind, LANGUAGES)
    other = worlds.seen(1 + number % 3, Way.drawn(number), kind, LANGUAGES[number % 4 : number % 4 + 1])
    assert difference(worlds.first[kind], other) == ""


@pytest.mark.parametrize("channel", ["api", "form"])
def test_where_an_organization_wishes_to_be_named_the_worlds_differ(worlds: Worlds, channel: str) -> None:
    """Else the comparison could be content with looking nowhere."""
    seen = []
    for number in (0, 1):
        with copied(worlds.founded, worlds.folder / f"named-{channel}-{number}") as world:
            send(world, worlds.founded.senders[number], Way.drawn(number), Identity.NAMED, channel)
            seen.append(capture(world, LANGUAGES[:1]))
    first, other = seen
    assert difference(*seen) != ""
    differing = {name for name in first if first[name] != other[name]}
    kinds = {name.split()[0] for name in differing}
    assert kinds == {"GET", "table", "index"}, "pages, API, database and index are looked at"
    assert "log" not in differing
    name = worlds.founded.senders[0].organization.encode()
    assert name in first["table record_version"]
    assert name not in other["table record_version"]
