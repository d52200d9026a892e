"""Paging through a search over real HTTP: whole and without repetition while records come, change and go."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Event, Thread
from typing import Any

import pytest

from api.node import Node
from registry.record import store
from registry.record.types import RecordState, Tombstone
from search import SORTS
from tests.api.census import Asked, address, pages
from tests.api.live import Caller, serving
from tests.api.stock import identifier, index, keep, stock

STEADY = [identifier(n) for n in range(60)]
PASSING = [identifier(n) for n in range(100, 110)]
Q = "crane heron stork"


@pytest.fixture
def filled(node: Node) -> Node:
    """Sixty records that stay as they are, and ten that will not."""
    keep(node, [*stock(60), *stock(10, first=100)])
    return node


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(("q", "limit"), [(Q, "6"), ("", "12"), ('"crane heron"', "2")])
def test_pages_stay_whole_while_records_come_change_and_go(
    filled: Node, sort: str, q: str, limit: str
) -> None:
    with serving(filled) as port:
        get = reader(port)
        before = steady(pages(get, {"q": [q], "sort": [sort], "limit": ["50"]}))
        meddler = Meddler(filled)
        ids = listed(pages(get, {"q": [q], "sort": [sort], "limit": [limit]}, meddler))
    assert meddler.turns >= 2
    assert len(set(ids)) == len(ids)
    assert [one for one in ids if one in STEADY] == before


def test_a_walk_is_whole_while_another_thread_publishes_without_pause(any_node: Node) -> None:
    keep(any_node, stock(60))
    read, stop, added = Event(), Event(), 0

    def publish() -> None:
        nonlocal added
        while not stop.is_set() and added < 400:
            keep(any_node, stock(4, first=1000 + added))
            added += 4
            read.set()

    writer = Thread(target=publish)
    with serving(any_node) as port:
        get = reader(port)
        before = steady(pages(get, {"q": ["crane"], "limit": ["50"]}))
        writer.start()
        try:
            assert read.wait(30)
            walks = [listed(pages(get, {"q": ["crane"], "limit": ["5"]})) for _ in range(3)]
        finally:
            stop.set()
            writer.join()
    assert added >= 4
    for ids in walks:
        assert len(set(ids)) == len(ids)
        assert set(before) <= set(ids)


def test_an_erased_record_is_found_no_more(filled: Node) -> None:
    with serving(filled) as port:
        get = reader(port)
        everything: Asked = {"limit": ["50"]}
        assert PASSING[0] in listed(pages(get, everything))
        with filled.public.work() as session:
            store.erase(session, Tombstone(PASSING[0], "a wish", date(2026, 11, 24)))
        index(filled)
        assert set(listed(pages(get, everything))) == {*STEADY, *PASSING} - {PASSING[0]}
        assert Caller(port).get(f"/api/v1/records/{PASSING[0]}").status == 410


@pytest.mark.parametrize(
    "other",
    [{"q": "heron"}, {"sort": "date"}, {"source": "own"}, {"since": "2024"}, {"published_until": "2027"}],
)
def test_a_cursor_belongs_to_its_own_search(filled: Node, other: dict[str, str]) -> None:
    with serving(filled) as port:
        first = Caller(port).get("/api/v1/search?q=crane&limit=3").json
        asked = {"q": "crane", "cursor": first["next"]} | other
        answer = Caller(port).get(address({name: [value] for name, value in asked.items()}))
    assert (answer.status, answer.pointers) == (422, ["/cursor"])
    assert "first page" in answer.json["errors"][0]["detail"]


def test_a_page_may_be_of_another_size_and_the_last_has_no_next(filled: Node) -> None:
    with serving(filled) as port:
        get = reader(port)
        first = get("/api/v1/search?limit=3&sort=date")
        rest = get(address({"limit": ["50"], "sort": ["date"], "cursor": [first["next"]]}))
        last = get(address({"limit": ["50"], "sort": ["date"], "cursor": [rest["next"]]}))
    assert [len(page["items"]) for page in (first, rest, last)] == [3, 50, 17]
    assert last["next"] is None
    assert len(set(listed([first, rest, last]))) == 70


def test_a_cursor_that_was_meddled_with_is_refused_or_harmless(filled: Node) -> None:
    """Nothing in it is trusted: whatever its numbers are, the answer is a page or a 422."""
    with serving(filled) as port:
        first = Caller(port).get("/api/v1/search?q=crane&limit=3").json["next"]
        parts = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
        for place in range(len(parts)):
            for value in (None, -1, 0, 2**31, 2**70, 1e308, "x" * 300, [], {}, True):
                changed = json.dumps([*parts[:place], value, *parts[place + 1 :]]).encode()
                cursor = base64.urlsafe_b64encode(changed).decode().rstrip("=")
                answer = Caller(port).get(address({"q": ["crane"], "cursor": [cursor]}))
                assert answer.status in (200, 422), (place, value)


class Meddler:
    """Adds, revises and erases records between two pages."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.turns = 0

    def __call__(self) -> None:
        revised = self._node.records.read(PASSING[9])
        text = f"{Q} " * (self.turns + 1)
        newer = replace(
            revised, state=RecordState.REVISED, account=replace(revised.account, text=text, happened=None)
        )
        with self._node.public.work() as session:
            store.revise(session, newer)
            if self.turns < 9:
                store.erase(session, Tombstone(PASSING[self.turns], "a wish", date(2026, 11, 24)))
        keep(self._node, stock(8, first=2000 + 8 * self.turns))
        self.turns += 1


def reader(port: int) -> Callable[[str], Any]:
    """Path → the JSON of a 200 over HTTP."""

    def get(path: str) -> Any:
        answer = Caller(port).get(path)
        assert answer.status == 200, answer.body
        return answer.json

    return get


def listed(found: list[Any]) -> list[str]:
    return [item["id"] for page in found for item in page["items"]]


def steady(found: list[Any]) -> list[str]:
    return [one for one in listed(found) if one in STEADY]
