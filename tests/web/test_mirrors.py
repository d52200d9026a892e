"""Three nodes: the third reads the first from the second's copy, and nobody hears anything twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from registry.ledger.book import TemporaryBook
from registry.ledger.keys import parse_vkey
from registry.ledger.sources import CopySource
from registry.ledger.tiles import WIDTH
from registry.ledger.trusting import trust
from registry.ledger.verifying import verify
from registry.record.types import RecordState
from tests.conftest import SettableClock
from tests.registry.federation.other_node import OtherNode
from tests.web.between import Between, Third, nodes


@pytest.fixture
def between() -> Between:
    return Between(OtherNode(name="First"))


@pytest.fixture
def two(
    tmp_path: Path, bare_folder: Path, between: Between, clock: SettableClock
) -> Iterator[tuple[Third, Third]]:
    """The second and the third node; each has a key of its own."""
    with nodes(tmp_path, bare_folder, between, clock, "second", "third") as (second, third):
        yield second, third


def test_the_third_node_reads_the_first_from_the_second(two: tuple[Third, Third], between: Between) -> None:
    second, third = two
    first = between.first
    one, other, gone = first.publish(3)
    first.publish(WIDTH)
    short = second.follow(first.url)
    second.pull(short)
    between.cut = True
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    assert (third.pull(short).entries, third.pull(short).entries) == (WIDTH + 3, 0)
    assert len(third.states(first)) == WIDTH + 3
    between.cut = False
    first.change(one, RecordState.RETRACTED)
    first.erase(gone)
    first.sign()
    assert third.pull(short).entries == 0  # the copy has not heard of it
    assert second.pull(short).erased == [gone]
    between.cut = True
    assert third.pull(short).erased == [gone]
    for node in two:
        states = node.states(first)
        assert (states[one], states[other]) == (RecordState.RETRACTED, RecordState.PUBLISHED)
        assert gone not in states


def test_a_ring_is_quiet_once_everybody_has_everything(two: tuple[Third, Third], between: Between) -> None:
    """The third follows the first through the second, the second through the third: nothing goes round."""
    second, third = two
    first = between.first
    first.publish(5)
    short = second.follow(first.url)
    second.pull(short)
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    third.pull(short)
    second.follow(f"{third.url}/mirror/{first.identity.id}")
    before = [node.node.records.position() for node in two]
    for _ in range(3):
        for node in two:
            pulled = node.pull(short)
            assert (pulled.entries, pulled.trouble) == (0, "")
    assert [node.node.records.position() for node in two] == before


def test_a_copy_that_lags_freezes_nobody(two: tuple[Third, Third], between: Between) -> None:
    second, third = two
    first = between.first
    first.publish(2)
    short = second.follow(first.url)
    second.pull(short)
    first.publish(2)
    third.follow(first.url)
    third.pull(short)
    third.follow(f"{second.url}/mirror/{first.identity.id}")
    assert third.pull(short).trouble == "relay-behind"
    second.pull(short)
    assert third.pull(short).trouble == ""


@pytest.mark.parametrize(
    "path",
    [
        "/mirror/{other}/checkpoint",
        "/mirror/{first}/tile/0/000",
        "/mirror/{first}/tile/entries/001",
        "/mirror/{first}/tile/entries/000.p/9",
        "/mirror/{other}/payloads?from=0&to=1",
        "/mirror/{other}/consistency?from=0&to=1",
    ],
)
def test_a_copy_serves_nothing_beyond_what_was_signed(
    two: tuple[Third, Third], between: Between, path: str
) -> None:
    second, _ = two
    between.first.publish(3)
    second.pull(second.follow(between.first.url))
    address = path.format(first=between.first.identity.id, other="A" * 52)
    answer = between.apps[second.url].get(address)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_copy_is_checked_as_a_log_is(two: tuple[Third, Third], between: Between) -> None:
    """Tiles of hashes, too, of two levels; with what was erased at home, and what was not copied."""
    second, _ = two
    first = between.first
    ids = first.publish(2 * WIDTH + 3)
    short = second.follow(first.url)
    second.pull(short)
    first.erase(ids[0])
    first.sign()
    second.pull(short)
    source = CopySource(f"{second.url}/mirror/{first.identity.id}", between)
    with closing(TemporaryBook(whole=False)) as book:
        key, turns = trust(source, parse_vkey(source.key()))
        found = verify(source, key, book, lambda _done, _all: None, (), turns)
    assert (key, found.checkpoint.size) == (first.signer.key, 2 * WIDTH + 4)
    assert (found.payloads, found.erased) == (2 * WIDTH + 2, 1)


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("payloads?from=0&to=9", ["/to"]),
        ("payloads?from=1&to=1", ["/to"]),
        ("payloads?from=x&to=-1", ["/from", "/to"]),
        ("payloads?from=0&to=1&size=3", ["/size"]),
        ("consistency?from=3&to=2", ["/from"]),
        ("consistency?from=0&to=9", ["/to"]),
        ("consistency?from=2", ["/to"]),
    ],
)
def test_a_wrong_question_to_a_copy_names_what_is_wrong_as_logs_do(
    two: tuple[Third, Third], between: Between, query: str, pointers: list[str]
) -> None:
    second, _ = two
    between.first.publish(3)
    second.pull(second.follow(between.first.url))
    answer = between.apps[second.url].get(f"/mirror/{between.first.identity.id}/{query}")
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == pointers


def test_the_checkpoint_of_a_copy_says_once_how_it_is_written(
    two: tuple[Third, Third], between: Between
) -> None:
    second, _ = two
    between.first.publish(1)
    second.pull(second.follow(between.first.url))
    answer = between.apps[second.url].get(f"/mirror/{between.first.identity.id}/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("hint", "pointers"),
    [
        (None, [""]),
        ([], [""]),
        ({}, ["/origin", "/size"]),
        ({"origin": 3, "size": 1}, ["/origin"]),
        *(
            ({"origin": "other.example/air-log", "size": size}, ["/size"])
            for size in (-1, True, 9.5, "3", None)
        ),
    ],
)
def test_a_hint_that_is_none_is_told_what_is_wrong(
    two: tuple[Third, Third], between: Between, hint: object, pointers: list[str]
) -> None:
    answer = between.apps[two[0].url].post("/fed/ping", data=json.dumps(hint))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.get_json()["errors"]] == pointers


def test_a_hint_is_taken_from_anybody_and_tells_nothing(two: tuple[Third, Third], between: Between) -> None:
    second, _ = two
    between.first.publish(1)
    second.follow(between.first.url)
    client = between.apps[second.url]
    answers = [
        client.post("/fed/ping", json={"origin": origin, "size": 3})
        for origin in (between.first.identity.origin, "nobody.example/air-log")
    ]
    assert {(answer.status_code, answer.data) for answer in answers} == {(202, b"")}
    for body in (b"", b"{" * 2000):
        assert client.post("/fed/ping", data=body).status_code in {400, 413}
