"""A report walks the whole way over real HTTP: sent, claimed, accepted, published, found."""

from __future__ import annotations

from search import Indexer
from tests.api.live import Answer, Live
from tests.factories import account
from web.indexing import follow


def _published(live: Live) -> str:
    """Publish what was accepted and tell the index, as the worker does."""
    (record_id,) = live.node.private.publication.publish_batch()
    follow(live.node.records, Indexer(live.node.settings.index_dir, live.node.taxonomy))
    return record_id


def _act(live: Live, made: Answer, action: str, seen: str, body: object = None) -> Answer:
    return live.reviewer.post(f"/api/v1/reviews/{made.json['id']}/actions/{action}", body, If_Match=seen)


def test_a_report_is_sent_reviewed_published_and_found(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": account()})
    assert (made.status, made.json["state"], made.json["version"]) == (201, "submitted", 1)
    waiting = any_live.reviewer.get("/api/v1/reviews").json
    assert [item["id"] for item in waiting["items"]] == [made.json["id"]]
    claimed = _act(any_live, made, "claim", made.etag)
    assert (claimed.status, claimed.json["state"], claimed.json["claim"]["mine"]) == (200, "in_review", True)
    accepted = _act(any_live, made, "accept", claimed.etag, {"note": "Clear and useful."})
    assert (accepted.status, accepted.json["state"]) == (200, "accepted")
    record_id = _published(any_live)
    found = any_live.nobody.get("/api/v1/search?q=pharmacist+doses").json
    assert [item["id"] for item in found["items"]] == [record_id]
    mine = any_live.member.get(f"/api/v1/submissions/{made.json['id']}").json
    assert (mine["state"], mine["record"]) == ("published", record_id)


def test_a_report_goes_back_for_changes_and_comes_again(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": account()})
    path = f"/api/v1/submissions/{made.json['id']}"
    claimed = _act(any_live, made, "claim", made.etag)
    asked = _act(any_live, made, "request-changes", claimed.etag, {"note": "Say how it was noticed."})
    assert asked.json["state"] == "changes_requested"
    changed = any_live.member.patch(path, {"account": {"title": "A clearer title"}}, If_Match=asked.etag)
    assert (changed.json["version"], changed.json["title"]) == (2, "A clearer title")
    assert changed.json["account"]["text"] == account()["text"]
    again = any_live.member.post(f"{path}/actions/submit", If_Match=changed.etag)
    assert again.json["state"] == "in_review"
    history = any_live.member.get(f"{path}/history").json
    assert [step["action"] for step in history["items"]] == [
        "create",
        "submit",
        "claim",
        "request-changes",
        "revise",
        "submit",
    ]
    assert history["decisions"][0]["note"] == "Say how it was noticed."


def test_a_draft_is_kept_sent_and_withdrawn(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": {"title": "Begun"}, "submit": False})
    assert (made.json["state"], made.json["submitted"]) == ("draft", None)
    path = f"/api/v1/submissions/{made.json['id']}"
    refused = any_live.member.post(f"{path}/actions/submit", If_Match=made.etag)
    assert refused.status == 422
    assert "/account/text" in refused.pointers
    filled = any_live.member.patch(path, {"account": account()}, If_Match=made.etag)
    sent = any_live.member.post(f"{path}/actions/submit", If_Match=filled.etag)
    assert sent.json["state"] == "submitted"
    back = any_live.member.post(f"{path}/actions/withdraw", If_Match=sent.etag)
    assert back.json["state"] == "withdrawn"
    assert any_live.reviewer.get(f"/api/v1/reviews/{made.json['id']}").status == 404


def test_a_declined_report_keeps_its_reason(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": account()})
    claimed = _act(any_live, made, "claim", made.etag)
    declined = _act(
        any_live, made, "decline", claimed.etag, {"reason": "duplicate", "note": "See the other."}
    )
    assert declined.json["state"] == "declined"
    decision = any_live.member.get(f"/api/v1/submissions/{made.json['id']}/history").json["decisions"][0]
    assert (decision["decision"], decision["reason"]) == ("decline", "duplicate")


def test_a_report_belongs_to_a_node_that_is_followed_or_named_in_the_note(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": account()})
    claimed = _act(any_live, made, "claim", made.etag)
    elsewhere = {"reason": "other-node", "node": "a" * 52}
    refused = _act(any_live, made, "decline", claimed.etag, elsewhere)
    assert (refused.status, refused.pointers) == (422, ["/node"])
    unsaid = _act(any_live, made, "decline", claimed.etag, {"reason": "other-node"})
    assert (unsaid.status, unsaid.pointers) == (422, ["/note"])
    told = {"reason": "other-node", "note": "The registry of the ministry takes it."}
    assert _act(any_live, made, "decline", claimed.etag, told).json["state"] == "declined"
    decision = any_live.member.get(f"/api/v1/submissions/{made.json['id']}/history").json["decisions"][0]
    assert (decision["reason"], decision["node"]) == ("other-node", None)


def test_a_released_report_waits_again(live: Live) -> None:
    made = live.member.post("/api/v1/submissions", {"account": account()})
    claimed = _act(live, made, "claim", made.etag)
    released = _act(live, made, "release", claimed.etag)
    assert (released.json["state"], released.json["claim"]) == ("submitted", None)


def test_steps_name_roles_and_nobody(live: Live) -> None:
    made = live.member.post("/api/v1/submissions", {"account": account()})
    _act(live, made, "claim", made.etag)
    history = live.member.get(f"/api/v1/submissions/{made.json['id']}/history")
    assert {step["by"] for step in history.json["items"]} == {"client"}
    assert b"a program" not in history.body
    review = live.reviewer.get(f"/api/v1/reviews/{made.json['id']}")
    assert b"Lake Health" not in review.body
    assert review.json["contributor"] == "an organization like Lake"


def test_lists_are_paged_by_cursor_and_filtered_by_state(any_live: Live) -> None:
    ids = [
        any_live.member.post("/api/v1/submissions", {"account": {"title": f"No {n}"}, "submit": False}).json[
            "id"
        ]
        for n in range(3)
    ]
    first = any_live.member.get("/api/v1/submissions?limit=2").json
    second = any_live.member.get(f"/api/v1/submissions?limit=2&cursor={first['next']}").json
    listed = [item["id"] for item in first["items"] + second["items"]]
    assert sorted(listed) == sorted(ids)
    assert second["next"] is None
    assert any_live.member.get("/api/v1/submissions?state=submitted").json["items"] == []
    assert any_live.other.get("/api/v1/submissions").json["items"] == []
