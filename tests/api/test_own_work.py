"""A reviewer's own work, for programs."""

from __future__ import annotations

from tests.api.live import Live
from tests.factories import account

NEXT, WISHES = "/api/v1/reviews/actions/next", "/api/v1/reviews/wishes"


def test_a_program_takes_the_next_report(live: Live) -> None:
    assert live.reviewer.post(NEXT, {}).json == {"id": None}
    made = live.member.post("/api/v1/submissions", {"account": account(), "submit": True})
    key = made.json["id"]
    live.member.post(f"/api/v1/submissions/{key}/actions/submit", {}, If_Match=made.etag)
    assert live.reviewer.post(NEXT, {}).json == {"id": key}
    assert live.reviewer.get(f"/api/v1/reviews/{key}").json["state"] == "in_review"


def test_a_program_by_itself_wishes_nothing(live: Live) -> None:
    assert live.reviewer.get(WISHES).json["languages"] == []
    assert live.reviewer.post(WISHES, {"languages": ["en"]}).status == 409


def test_a_wish_that_is_none_is_refused_by_its_name(live: Live) -> None:
    answer = live.reviewer.post(WISHES, {"most": "many"})
    assert answer.status == 422
    assert [one["pointer"] for one in answer.json["errors"]] == ["/most"]
