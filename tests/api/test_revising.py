"""Programs revise a published report, as people do."""

from __future__ import annotations

from tests.api.live import Answer, Live
from tests.factories import account

NEW = "Chatbot doubled a dose in two clinics"


def accept(live: Live, key: str) -> None:
    """Claim and accept what waits, and open the door."""
    path = f"/api/v1/reviews/{key}"
    claimed = live.reviewer.post(f"{path}/actions/claim", If_Match=live.reviewer.get(path).etag)
    assert live.reviewer.post(f"{path}/actions/accept", {}, If_Match=claimed.etag).json["state"] == "accepted"
    live.node.private.publication.publish_batch()


def published(live: Live) -> Answer:
    """A published report."""
    key = live.member.post("/api/v1/submissions", {"account": account()}).json["id"]
    accept(live, key)
    return live.member.get(f"/api/v1/submissions/{key}")


def test_a_report_is_revised_and_its_record_has_two_versions(any_live: Live) -> None:
    made, member = published(any_live), any_live.member
    path, record = f"/api/v1/submissions/{made.json['id']}", f"/api/v1/records/{made.json['record']}"
    first = any_live.nobody.get(record).json
    begun = member.post(f"{path}/actions/revise", If_Match=made.etag)
    assert (begun.status, begun.json["state"], begun.json["record"]) == (200, "revising", made.json["record"])
    assert any_live.reviewer.get(f"/api/v1/reviews/{made.json['id']}").status == 404
    changed = member.patch(path, {"account": {"title": NEW}}, If_Match=begun.etag)
    sent = member.post(f"{path}/actions/submit", If_Match=changed.etag)
    assert sent.json["state"] == "submitted"
    waiting = any_live.reviewer.get("/api/v1/reviews?queue=revisions").json["items"]
    assert [(item["id"], item["record"]) for item in waiting] == [(made.json["id"], made.json["record"])]
    assert any_live.nobody.get(record).json == first
    accept(any_live, made.json["id"])
    newest = any_live.nobody.get(record).json
    assert (newest["revision"], newest["state"], newest["account"]["title"]) == (2, "revised", NEW)
    versions = any_live.nobody.get(f"{record}/versions").json["items"]
    assert [one["revision"] for one in versions] == [1, 2]


def test_a_revision_is_taken_back(live: Live) -> None:
    made, member = published(live), live.member
    path = f"/api/v1/submissions/{made.json['id']}"
    begun = member.post(f"{path}/actions/revise", If_Match=made.etag)
    changed = member.patch(path, {"account": {"title": NEW}}, If_Match=begun.etag)
    back = member.post(f"{path}/actions/withdraw", If_Match=changed.etag)
    assert (back.json["state"], back.json["title"]) == ("published", account()["title"])
    assert (back.json["version"], back.json["account"]) == (made.json["version"], made.json["account"])


def test_what_is_not_published_and_what_is_not_ones_own_is_not_revised(live: Live) -> None:
    made, path = published(live), "/api/v1/submissions"
    own = f"{path}/{made.json['id']}/actions/revise"
    assert live.member.post(own).status == 428
    assert live.member.post(own, If_Match='"999"').status == 412
    assert live.other.post(own, If_Match=made.etag).status == 404
    reader = live.caller("Lake Health", "submissions:read")
    assert reader.post(own, If_Match=made.etag).status == 403
    draft = live.member.post(path, {"account": account(), "submit": False})
    refused = live.member.post(f"{path}/{draft.json['id']}/actions/revise", If_Match=draft.etag)
    assert refused.status == 409


def test_whether_the_fix_held_is_answered_once_and_read_in_the_record(any_live: Live) -> None:
    made, member = published(any_live), any_live.member
    path = f"/api/v1/submissions/{made.json['id']}"
    answer = {"held": "came-back", "text": "The same advice came again after an update."}
    assert made.json["asks_held"] is False
    for given in (answer, {"held": "held"}):
        assert member.post(f"{path}/actions/answer-held", given, If_Match=made.etag).status == 409
    any_live.node.private.held.ask(made.json["id"])
    asked = member.get(path)
    assert asked.json["asks_held"] is True
    wrong = member.post(f"{path}/actions/answer-held", {"held": "maybe", "text": ""}, If_Match=asked.etag)
    assert (wrong.status, wrong.pointers) == (422, ["/held"])
    sent = member.post(f"{path}/actions/answer-held", answer, If_Match=asked.etag)
    assert (sent.status, sent.json["state"], sent.json["asks_held"]) == (200, "submitted", False)
    accept(any_live, made.json["id"])
    told = any_live.nobody.get(f"/api/v1/records/{made.json['record']}").json["account"]["response"]
    assert (told["held"], told["since"]) == ("came-back", answer["text"])
