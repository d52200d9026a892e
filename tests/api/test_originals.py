"""Programs delete originals and read receipts, as people do."""

from __future__ import annotations

import pytest

from tests.api.live import Live
from tests.factories import account


def made(live: Live) -> tuple[str, str]:
    """Address and ETag of a new report."""
    answer = live.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    return f"/api/v1/submissions/{answer.json['id']}", answer.etag


def test_a_report_is_erased_and_its_receipt_stays(any_live: Live) -> None:
    address, etag = made(any_live)
    assert any_live.member.get(f"{address}/erasure").status == 404
    answer = any_live.member.post(f"{address}/actions/erase", If_Match=etag)
    assert answer.status == 200
    assert answer.json | {"check": "", "at": ""} == {
        "reference": address.rpartition("/")[2],
        "state": "withdrawn",
        "record": None,
        "why": "wish",
        "destroyed": {"versions": 1},
        "at": "",
        "check": "",
    }
    assert any_live.member.get(f"{address}/erasure").json == answer.json
    assert any_live.member.post(f"{address}/actions/erase", If_Match=etag).json == answer.json
    report = any_live.member.get(address).json
    assert (report["state"], report["title"], report["erased"]) == ("withdrawn", "", answer.json["at"])
    assert report["account"] == {"language": "en"}
    assert any_live.member.get("/api/v1/submissions").json["items"][0]["erased"] == answer.json["at"]
    assert any_live.member.get(f"{address}/findings").json["items"] == []
    steps = any_live.member.get(f"{address}/history").json["items"]
    assert [step["action"] for step in steps] == ["create", "withdraw", "erase"]


@pytest.mark.parametrize(("path", "body"), [("submit", None), ("withdraw", None)])
def test_nothing_more_can_be_done_with_it(live: Live, path: str, body: object) -> None:
    address, etag = made(live)
    live.member.post(f"{address}/actions/erase", If_Match=etag)
    now = live.member.get(address).etag
    assert live.member.post(f"{address}/actions/{path}", body, If_Match=now).status == 409
    assert live.member.patch(address, {"account": {"title": "New"}}, If_Match=now).status == 409


def test_the_scope_and_the_version_are_asked_for(live: Live) -> None:
    address, etag = made(live)
    reader = live.caller("Lake Health", "submissions:read")
    assert reader.post(f"{address}/actions/erase", If_Match=etag).status == 403
    assert live.member.post(f"{address}/actions/erase").status == 428
    assert live.member.post(f"{address}/actions/erase", If_Match='"999"').status == 412
    assert live.other.post(f"{address}/actions/erase", If_Match=etag).status == 404
    assert live.member.get(address).json["erased"] is None
