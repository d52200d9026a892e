"""Questions to whoever sent a report, for programs."""

from __future__ import annotations

from tests.api.live import Live
from tests.api.test_whole_way import _act
from tests.factories import account

MINE, REVIEWS = "/api/v1/submissions", "/api/v1/reviews"


def test_asked_answered_and_read(live: Live) -> None:
    made = live.member.post(MINE, {"account": account()})
    key = made.json["id"]
    claimed = _act(live, made, "claim", made.etag)
    ask = f"{REVIEWS}/{key}/actions/ask"
    assert live.reviewer.post(ask, {"text": "Which?"}).status == 428
    assert live.reviewer.post(ask, {"text": " "}, If_Match=claimed.etag).status == 422
    asked = live.reviewer.post(ask, {"text": "Which?"}, If_Match=claimed.etag)
    assert [one["text"] for one in asked.json["items"]] == ["Which?"]
    own = live.member.get(f"{MINE}/{key}/questions").json["items"]
    assert (own[0]["number"], own[0]["answer"], own[0]["by"]) == (1, None, None)
    answer = f"{MINE}/{key}/questions/1/actions/answer"
    answered = live.member.post(answer, {"text": "Call +254 722 000 111."})
    assert answered.json["items"][0]["answer"] == "Call +254 722 000 111."
    assert live.member.post(answer, {"text": "Another."}).status == 409
    assert live.member.post(f"{MINE}/{key}/questions/2/actions/answer", {"text": "No."}).status == 404
    seen = live.reviewer.get(f"{REVIEWS}/{key}/questions")
    assert seen.json["items"][0]["answer"] == "Call [PHONE-1]."
    assert (seen.json["items"][0]["unread"], seen.json["items"][0]["by"]) == (True, "organization")
    assert _act(live, made, "accept", asked.etag).status == 412, "there is an answer to read first"
    read = live.reviewer.post(f"{REVIEWS}/{key}/actions/read-answers", {"upto": 1})
    assert read.json["items"][0]["unread"] is False
    assert _act(live, made, "accept", read.etag).json["state"] == "accepted"
