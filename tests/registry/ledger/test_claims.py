"""What one node says of two records: written, read back, and everything else refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.ledger.claims import RELATION_MAX, RELATIONS, Point, Related, read_related
from registry.ledger.envelopes import Coding, Envelope, Op, parse_envelope
from registry.ledger.refusal import Refused
from tests.registry.ledger.checked import HOME

OURS, THEIRS = (
    Point(f"AIR-{HOME[:10]}-2026-000001", 3, "a" * 64),
    Point("AIR-ZZZZZZZZZZ-2026-000002", 2, "b" * 64),
)
SAID = Related("same-as", OURS, THEIRS)


def envelope(said: Related) -> Envelope:
    """As the log of ``HOME`` tells of it, read back."""
    made = Envelope(
        Op.RELATE,
        said.object.id,
        said.object.revision,
        said.object.leaf,
        HOME,
        "CLEAR",
        "relation",
        1,
        Coding("0.2.0"),
        "c" * 64,
        len(said.to_payload()),
        "2026-11-24",
    )
    return parse_envelope(made.to_bytes())


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("withdraws", [None, 0, 2**53 - 1])
def test_what_is_written_is_read_back(relation: str, withdraws: int | None) -> None:
    said = replace(SAID, relation=relation, withdraws=withdraws)
    raw = said.to_payload()
    assert read_related(raw, envelope(said)) == said
    assert len(raw) < RELATION_MAX / 3


def wrong(**changes: Any) -> bytes:
    """The payload with other fields; ``None`` takes one away."""
    told = {
        "v": 1,
        "relation": "same-as",
        "record": {"id": OURS.id, "rev": OURS.revision, "leaf": OURS.leaf},
        "withdraws": None,
    }
    return rfc8785.dumps(told | changes)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"{", "claim-malformed"),
        (b"[]", "claim-malformed"),
        (wrong(v=2), "claim-malformed"),
        (wrong(more=1), "claim-malformed"),
        (wrong(relation="better-than"), "claim-malformed"),
        (wrong(withdraws=-1), "claim-malformed"),
        (wrong(withdraws=True), "claim-malformed"),
        (wrong(record={"id": OURS.id, "rev": 0, "leaf": OURS.leaf}), "claim-malformed"),
        (wrong(record={"id": OURS.id, "rev": 1, "leaf": "A" * 64}), "claim-malformed"),
        (wrong(record={"id": OURS.id, "rev": 1}), "claim-malformed"),
        (wrong(record={"id": THEIRS.id, "rev": 1, "leaf": OURS.leaf}), "envelope-not-home"),
        (wrong(record={"id": "aiid:1", "rev": 1, "leaf": OURS.leaf}), "envelope-field"),
        (wrong(relation="x" * RELATION_MAX), "payload-size"),
    ],
)
def test_anything_else_is_refused_with_a_reason(payload: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_related(payload, envelope(SAID))
    assert refused.value.reason == reason


def test_both_records_are_of_different_nodes() -> None:
    both = replace(SAID, object=replace(THEIRS, id=f"AIR-{HOME[:10]}-2026-000009"))
    with pytest.raises(Refused, match="another node"):
        read_related(both.to_payload(), envelope(both))


@settings(derandomize=True, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-3, 2**53 - 1)
        | st.sampled_from([OURS.id, "same-as", "a" * 64]),
        lambda inner: (
            st.dictionaries(
                st.sampled_from(["v", "relation", "record", "withdraws", "id", "rev", "leaf"]),
                inner,
                max_size=4,
            )
            | st.lists(inner, max_size=2)
        ),
        max_leaves=8,
    )
)
def test_strangers_never_break_the_reader(found: Any) -> None:
    with suppress(Refused):
        assert read_related(rfc8785.dumps(found), envelope(SAID)).subject.id == OURS.id
