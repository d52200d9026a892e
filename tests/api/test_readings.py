"""How this node reads records of others, by API."""

from __future__ import annotations

from typing import Any

import pytest

from registry.record import store
from registry.record.types import Origin, Provenance
from tests.api.test_care import Desk, desk
from tests.registry.record.samples import record

__all__ = ["desk"]
PEER = "AIR-ZZZZZZZZZZ-2026-000001"
PATH = f"/records/{PEER}/readings"
CRITICAL = {
    "field": "severity",
    "codes": ["severity/critical"],
    "because": "Two people were hurt.",
    "revision": 1,
    "edition": 0,
}


@pytest.fixture
def shown(desk: Desk) -> Desk:
    """With a record of another node."""
    whole = record(PEER, provenance=Provenance(Origin.PEER, "Z" * 52), derived=(), raw={}, demo=False)
    with desk.node.public.work() as session:
        store.create(session, whole)
    return desk


def items(desk: Desk) -> list[dict[str, Any]]:
    found: dict[str, Any] = desk.client.get(f"/api/v1{PATH}").get_json()
    assert found["node"] == desk.node.identity.id
    listed: list[dict[str, Any]] = found["items"]
    return listed


def test_a_reading_is_said_read_by_anybody_and_taken_back(shown: Desk) -> None:
    assert items(shown) == []
    before = shown.client.get(f"/api/v1/records/{PEER}").get_json()
    assert shown.ask("reviewer", "POST", PATH, CRITICAL).status_code == 200
    assert items(shown) == [
        {
            **CRITICAL,
            "text": "",
            "language": "",
            "edition": 1,
            "stale": False,
            "day": shown.node.clock().date().isoformat(),
        }
    ]
    assert shown.client.get(f"/api/v1/records/{PEER}").get_json() == before
    assert shown.ask("second", "DELETE", f"{PATH}/severity").status_code == 428
    assert shown.ask("second", "DELETE", f"{PATH}/severity", lock=7).status_code == 412
    assert shown.ask("second", "DELETE", f"{PATH}/severity", lock=1).get_json()["items"] == []
    assert shown.ask("second", "DELETE", f"{PATH}/severity", lock=1).status_code == 404


@pytest.mark.parametrize(
    ("changed", "status", "pointer"),
    [
        ({"edition": 3}, 412, None),
        ({"revision": 2}, 412, None),
        ({"field": "mood"}, 422, "/field"),
        ({"codes": []}, 422, "/codes"),
        ({"because": "Call +254 712 345678"}, 422, "/because"),
        ({"mood": "bad"}, 422, "/mood"),
    ],
)
def test_what_cannot_be_said_is_answered_with_what_is_wrong(
    shown: Desk, changed: dict[str, Any], status: int, pointer: str | None
) -> None:
    answer = shown.ask("reviewer", "POST", PATH, {**CRITICAL, **changed})
    assert answer.status_code == status
    found = [one["pointer"] for one in answer.get_json().get("errors", [])]
    assert found == ([] if pointer is None else [pointer])
    assert items(shown) == []


def test_programs_of_others_and_own_records_are_refused(shown: Desk) -> None:
    assert shown.ask("reviewer", "POST", f"/records/{shown.record}/readings", CRITICAL).status_code == 409
    assert shown.client.post(f"/api/v1{PATH}", json=CRITICAL).status_code == 401
    assert shown.client.get("/api/v1/records/aiid:404/readings").status_code == 404
