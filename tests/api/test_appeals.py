"""Appeals for programs, over real HTTP."""

from __future__ import annotations

from tests.api.live import Live
from tests.api.test_whole_way import _act
from tests.factories import account

MINE, REVIEWS = "/api/v1/submissions", "/api/v1/reviews"


def test_an_appeal_is_made_once_and_told(live: Live) -> None:
    made = live.member.post(MINE, {"account": account()})
    key = made.json["id"]
    path, act = f"{MINE}/{key}/appeal", f"{MINE}/{key}/actions/appeal"
    assert live.member.get(path).json == {"until": None, "made": None, "due_at": None, "stuck": False}
    early = live.member.post(act, {"text": "No!"}, If_Match=made.etag)
    assert (early.status, "declined" in early.json["detail"]) == (409, True)
    claimed = _act(live, made, "claim", made.etag)
    declined = _act(live, made, "decline", claimed.etag, {"reason": "test"})
    assert live.member.get(path).json["until"] is not None
    assert live.member.post(act, {"text": "It is none."}).status == 428
    assert live.member.post(act, {"text": "It is none."}, If_Match=claimed.etag).status == 412
    assert live.member.post(act, {"text": " "}, If_Match=declined.etag).status == 422
    assert live.other.post(act, {"text": "It is none."}, If_Match=declined.etag).status == 404
    assert live.reviewer.post(act, {"text": "It is none."}, If_Match=declined.etag).status == 404
    done = live.member.post(act, {"text": "Ring +254 722 000 111."}, If_Match=declined.etag)
    assert (done.status, done.json["made"]["text"]) == (200, "Ring +254 722 000 111.")
    assert done.json["due_at"] is not None
    again = live.member.post(act, {"text": "And?"}, If_Match=done.etag)
    assert (again.status, "already" in again.json["detail"]) == (409, True)
    seen = live.reviewer.get(f"{REVIEWS}/{key}")
    assert seen.json["appeal"]["text"] == "Ring [PHONE-1]."
    refused = _act(live, made, "claim", done.etag)
    assert (refused.status, "before the appeal" in refused.json["detail"]) == (409, True)
    waiting = live.reviewer.get(f"{REVIEWS}?queue=appeals").json
    assert [one["id"] for one in waiting["items"]] == [key]
    assert (waiting["queues"]["appeals"], waiting["late"]["appeals"]) == (1, 0)
    for outcome, body in (("uphold", {}), ("reject-appeal", {"reason": "other", "note": "So."})):
        assert _act(live, made, outcome, done.etag, body).status == 409
