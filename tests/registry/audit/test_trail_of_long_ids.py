"""Ids that are longer than the trail has room for, as those of some foreign records are."""

from __future__ import annotations

from registry import audit
from registry.audit import REGISTRY, Step
from tests.registry.house import House


def test_steps_of_a_record_with_a_long_id_are_kept_and_found(house: House) -> None:
    long = [f"EXT-{'a' * 107}{end}" for end in "xy"]
    with house.private.work() as session:
        for number, key in enumerate([*long, "b" * 64]):
            audit.append(session, Step("record", key, f"act-{number}"), REGISTRY, house.clock.now)
        assert [one.action for one in audit.trail(session, "record", long[0])] == ["act-0"]
    with house.private.read() as session:
        found = [one.action for key in [*long, "b" * 64] for one in audit.trail(session, "record", key)]
    assert found == ["act-0", "act-1", "act-2"]
