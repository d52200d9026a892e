"""Merging for programs, over real HTTP."""

from __future__ import annotations

from tests.api.live import Live
from tests.api.test_whole_way import _act, _published
from tests.factories import account

REVIEWS = "/api/v1/reviews"


def published(live: Live, title: str) -> str:
    made = live.member.post("/api/v1/submissions", {"account": account(title=title)})
    claimed = _act(live, made, "claim", made.etag)
    _act(live, made, "accept", claimed.etag)
    return _published(live)


def test_a_look_a_proposal_and_what_is_refused(live: Live) -> None:
    old, new = published(live, "One account"), published(live, "Another account")
    address = f"/api/v1/merges/preview?record={old}&into={new}"
    seen = live.reviewer.get(address)
    assert (seen.status, seen.json["refused"]) == (200, {"merge": None, "group": None})
    assert seen.json["into"]["account"]["title"] == "Another account"
    assert live.nobody.get(address).status == 401
    wish = {"record": old, "into": new, "reason": "same-event", "revision": 1, "into_revision": 1}
    assert live.reviewer.post("/api/v1/merges", wish | {"reason": "because"}).status == 422
    assert live.reviewer.post("/api/v1/merges", wish | {"kind": "group"}).status == 422
    assert live.reviewer.post("/api/v1/merges", wish | {"revision": 7}).status == 412
    made = live.reviewer.post("/api/v1/merges", wish)
    assert (made.status, made.json["state"], made.json["kind"]) == (201, "proposed", "merge")
    back = live.reviewer.post("/api/v1/merges", wish | {"record": new, "into": old})
    assert (back.status, "waits already" in back.json["detail"]) == (409, True)
    assert live.reviewer.get(address).json["refused"]["merge"].endswith("first.")
    change = live.reviewer.get(f"/api/v1/changes/{made.json['id']}")
    assert (change.json["into"], change.json["may_decide"]) == (new, False)


def test_a_report_under_review_is_given_to_a_record(live: Live) -> None:
    record = published(live, "One account")
    made = live.member.post("/api/v1/submissions", {"account": account()})
    claimed = _act(live, made, "claim", made.etag)
    assert _act(live, made, "merge", claimed.etag, {"record": "AIR-none-2026-1"}).status == 422
    done = _act(live, made, "merge", claimed.etag, {"record": record})
    assert done.json["about"] == {"record": record, "as": "part-of", "state": "confirmed"}
    assert _act(live, made, "merge", claimed.etag, {"record": record}).status == 412
