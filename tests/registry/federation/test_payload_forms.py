"""Payloads as bytes and as lines: the same is believed of both, and nothing more of either."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from registry.federation.rules import Mode
from registry.fetching import NO_MORE, Answer
from registry.ledger.payload_parts import MEDIA_TYPE
from registry.record.types import RecordState
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode

HEAD: Final = 13
"""Bytes before salt and payload of a part."""


class ByParts(OtherNode):
    """A node that knows both forms; ``spoil`` makes something else of what it gives as bytes."""

    def __init__(self, seed: int, url: str) -> None:
        super().__init__(seed, url=url)
        self.by_parts, self.given_as = True, set[str]()
        self.spoil: Callable[[bytes], bytes] = bytes

    def get(
        self, url: str, *, limit: int, seconds: float, tag: str = "", headers: Mapping[str, str] = NO_MORE
    ) -> Answer:
        answer = super().get(url, limit=limit, seconds=seconds, tag=tag, headers=headers)
        if "/payloads?" in url:
            self.given_as.add(answer.media_type)
        return replace(answer, body=self.spoil(answer.body)) if answer.media_type == MEDIA_TYPE else answer


@pytest.fixture
def new(here: Here) -> ByParts:
    """A node of this version, beside ``here.other``, which knows lines only."""
    node = ByParts(7, "https://new.example")
    here.network.nodes[node.url] = node
    return node


def follow(here: Here, node: OtherNode, mode: Mode) -> str:
    here.other = node
    return here.follow(mode)


KEPT: Final = (
    "SELECT position, substr(record_id, 15), op, standing, reason,"
    " (SELECT length(payload) FROM mirror_payload WHERE mirror_payload.commitment = mirror_entry.commitment)"
    " FROM mirror_entry WHERE peer = :short ORDER BY position"
)


def kept(here: Here, node: OtherNode) -> list[tuple[Any, ...]]:
    """What is here of each entry of a node; salts and ids have the same length in any log."""
    return here.ask(KEPT, short=node.identity.short)


@pytest.mark.parametrize("mode", [Mode.SHOW, Mode.HIDDEN])
def test_both_forms_come_to_the_same(here: Here, new: ByParts, mode: Mode) -> None:
    """Also of what was erased, of an entry without a payload, and of a payload that is not its entry's."""
    old = here.other
    for node in (old, new):
        ids = node.publish(5)
        node.change(ids[0], text="Told anew.")
        node.change(ids[1], RecordState.RETRACTED)
        node.erase(ids[2])
        node.given[3] = b"{}"
        node.sign()
        follow(here, node, mode)
        assert here.pull().quarantined == 1
    assert new.given_as == {MEDIA_TYPE}
    assert kept(here, new) == kept(here, old)
    assert [row[4] for row in kept(here, new) if row[3] == "quarantined"] == ["payload-size"]


MANNERS: Final[dict[str, tuple[Callable[[bytes], bytes], str]]] = {
    "ends within a number": (lambda raw: raw[: HEAD - 1], "payloads-malformed"),
    "ends within a payload": (lambda raw: raw[:-1], "payloads-malformed"),
    "says that a payload is longer than all": (
        lambda raw: raw[: HEAD - 4] + b"\xff" * 4 + raw[HEAD:],
        "payloads-malformed",
    ),
    "more than was asked for": (lambda raw: raw * 2, "answer-too-many"),
    "a great many empty ones": (lambda _: b"\x00" * HEAD * 500_000, "payload-order"),
    "other entries": (lambda raw: b"\xff" * 8 + raw[8:], "payload-order"),
    "nothing": (lambda _: b"", "payload-missing"),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_bytes_that_are_no_payloads_are_refused(here: Here, new: ByParts, manner: str) -> None:
    spoil, reason = MANNERS[manner]
    follow(here, new, Mode.SHOW)
    new.publish(3)
    new.spoil = spoil
    pulled = here.pull()
    assert (pulled.trouble, pulled.entries, here.shown()) == (reason, 0, {})
    new.spoil = bytes
    pulled = here.pull()
    assert (pulled.trouble, pulled.entries, len(here.shown())) == ("", 3, 3)


def test_a_part_without_salt_is_set_aside_alone(here: Here, new: ByParts) -> None:
    follow(here, new, Mode.HIDDEN)
    new.publish(2)
    new.spoil = lambda raw: raw[:8] + b"\x00" + raw[9:HEAD] + raw[HEAD + raw[8] :]
    pulled = here.pull()
    assert (pulled.trouble, pulled.entries, pulled.quarantined) == ("", 2, 1)
    assert [row[4] for row in kept(here, new)] == ["payload-other", None]
