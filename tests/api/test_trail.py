"""The audit trail for programs of those who look after the node."""

from __future__ import annotations

from io import BytesIO

from registry.audit.chain import check
from registry.audit.reading import links_of_file
from tests.api.live import Live


def test_the_trail_is_exported_and_checked(shared: Live) -> None:
    admin = shared.caller("Lake Health", "node:admin")
    found = admin.get("/api/v1/trail/verification")
    assert found.status == 200
    assert (found.json["whole"], found.json["wrong"]) == (True, None)
    exported = admin.get("/api/v1/trail")
    assert exported.headers["Content-Type"] == "application/x-ndjson"
    verdict = check(links_of_file(BytesIO(exported.body)), {found.json["newest"]})
    assert verdict.fault is None
    assert verdict.rows > found.json["rows"]


def test_a_hash_that_is_not_there_is_said(shared: Live) -> None:
    admin = shared.caller("Lake Health", "node:admin")
    found = admin.get("/api/v1/trail/verification?head=" + "a" * 64)
    assert found.json["whole"] is False
    assert found.json["wrong"]["says"].startswith("No row has the hash that was kept")
    assert admin.get("/api/v1/trail/verification?head=abc").status == 422
