"""Events that are known, over real HTTP: asking while writing, attaching, statements, both engines."""

from __future__ import annotations

from typing import Any

import pytest

from search import Indexer
from tests.api.live import Answer, Live
from tests.factories import account
from web.indexing import follow

STATEMENT: dict[str, Any] = {
    "text": "In our clinic the bot named twice the dose, too. A nurse asked a doctor first.",
    "language": "en",
    "happened": {"from": "2026-04"},
    "countries": ["UG"],
    "response": {"done": "The bot was switched off."},
}
ASK = "/api/v1/submissions/similar"
SENT = "/api/v1/submissions"


def published(live: Live, made: Answer) -> str:
    """Accept what was sent and publish it; returns the record's id."""
    side, key = live.node.private, made.json["id"]
    reviewer = live.reviewer
    claimed = reviewer.post(f"/api/v1/reviews/{key}/actions/claim", If_Match=made.etag)
    asked = claimed
    if claimed.json["about"] and claimed.json["kind"] == "report":
        body = {"decision": "confirm"}
        asked = reviewer.post(f"/api/v1/reviews/{key}/actions/resolve-relation", body, If_Match=claimed.etag)
        assert asked.status == 200, asked.body
    accepted = reviewer.post(f"/api/v1/reviews/{key}/actions/accept", {}, If_Match=asked.etag)
    assert accepted.status == 200, accepted.body
    (record_id,) = side.publication.publish_batch()
    follow(live.node.records, Indexer(live.node.settings.index_dir, live.node.taxonomy))
    return record_id


def send(live: Live, raw: dict[str, Any], **more: Any) -> Answer:
    made = live.other.post(SENT, {"account": raw, **more})
    assert made.status == 201, made.body
    return made


def test_what_is_known_is_found_attached_confirmed_and_shown(any_live: Live) -> None:
    live = any_live
    first = published(live, live.member.post(SENT, {"account": account()}))
    draft = {"title": "Bot doubled a dose", "text": "A health chatbot gave patients twice the safe dose."}
    found = live.other.post(ASK, {"account": draft})
    assert (found.status, found.headers["Cache-Control"]) == (200, "no-store")
    (hit,) = found.json["items"]
    assert (hit["id"], hit["title"], hit["date"]) == (first, account()["title"], "2026-03")
    assert "dose" in hit["words"]
    made = send(live, account(title="Also here"), about={"record": first, "as": "part-of"})
    assert made.json["about"] == {"record": first, "as": "part-of", "state": "open"}
    second = published(live, made)
    assert live.nobody.get(f"/api/v1/records/{second}").json["related"] == [
        {"kind": "same-as", "target": first}
    ]
    related = live.nobody.get(f"/api/v1/records/{first}/related").json
    assert (related["counts"], related["next"]) == ({"same-as": 1}, None)
    assert [(one["kind"], one["record"]["id"]) for one in related["items"]] == [("same-as", second)]


def test_a_statement_goes_the_whole_way_and_is_listed_with_its_record(any_live: Live) -> None:
    live = any_live
    first = published(live, live.member.post(SENT, {"account": account()}))
    made = send(live, STATEMENT, kind="statement", about={"record": first})
    assert (made.json["kind"], made.json["about"]["as"], made.json["title"]) == (
        "statement",
        "about",
        "Seen here too",
    )
    word = published(live, made)
    listed = live.nobody.get(f"/api/v1/records/{first}/related?kind=about").json
    (one,) = listed["items"]
    assert (one["record"]["id"], one["record"]["type"], listed["counts"]) == (word, "statement", {"about": 1})
    assert one["record"]["account"]["response"] == {"done": "The bot was switched off."}
    searched = live.nobody.get("/api/v1/search?q=dose").json
    assert [hit["id"] for hit in searched["items"]] == [first]  # a statement is no incident of its own
    refused = live.other.post(SENT, {"account": STATEMENT, "kind": "statement", "about": {"record": word}})
    assert refused.pointers == ["/about/record"]


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"about": {"record": "AIR-ABCDEFGHIJ-2026-999999"}}, ["/about/record"]),
        ({"about": {"record": "no id"}}, ["/about/record"]),
        ({"about": {"record": "../../etc/passwd"}}, ["/about/record"]),
        ({"about": {"record": "aiid:" + "1" * 200}}, ["/about/record"]),
        ({"about": {"record": 7}}, ["/about/record"]),
        ({"about": {}}, ["/about/record"]),
        ({"about": "aiid:1"}, ["/about"]),
        ({"about": {"record": "aiid:1", "as": "about"}}, ["/about/as"]),
        ({"about": {"record": "aiid:1", "as": "cause-of"}}, ["/about/as"]),
        ({"about": {"record": "aiid:1", "more": 1}}, ["/about/more"]),
        ({"kind": "statement"}, ["/about"]),
        ({"kind": "incident"}, ["/kind"]),
        ({"kind": None}, ["/kind"]),
    ],
)
def test_what_names_no_record_is_refused_by_name(shared: Live, body: Any, pointers: list[str]) -> None:
    raw = STATEMENT if body.get("kind") == "statement" else account()
    answer = shared.member.post(SENT, {"account": raw, **body})
    assert (answer.status, answer.pointers) == (422, pointers)


def test_a_patch_names_another_record_or_none(live: Live) -> None:
    first = published(live, live.member.post(SENT, {"account": account()}))
    made = live.other.post(SENT, {"account": account(), "submit": False})
    path = f"{SENT}/{made.json['id']}"
    named = live.other.patch(path, {"about": {"record": first}}, If_Match=made.etag)
    assert (named.status, named.json["about"]["record"]) == (200, first)
    assert named.json["account"] == made.json["account"]
    stale = live.other.patch(path, {"about": None}, If_Match=made.etag)
    assert stale.status == 412
    kept = live.other.patch(path, {"account": {"title": "New"}}, If_Match=named.etag)
    assert (kept.json["title"], kept.json["about"]["record"]) == ("New", first)
    none = live.other.patch(path, {"about": None}, If_Match=kept.etag)
    assert none.json["about"] is None


def test_a_report_is_not_accepted_before_its_relation_is_decided(live: Live) -> None:
    first = published(live, live.member.post(SENT, {"account": account()}))
    made = send(live, account(), about={"record": first})
    review = f"/api/v1/reviews/{made.json['id']}"
    claimed = live.reviewer.post(f"{review}/actions/claim", If_Match=made.etag)
    assert claimed.json["about"]["state"] == "open"
    assert live.reviewer.post(f"{review}/actions/accept", {}, If_Match=claimed.etag).status == 409
    for decision, state in (("confirm", "confirmed"), ("drop", "dropped")):
        claimed = live.reviewer.post(
            f"{review}/actions/resolve-relation", {"decision": decision}, If_Match=claimed.etag
        )
        assert claimed.json["about"]["state"] == state
    assert live.reviewer.post(f"{review}/actions/accept", {}, If_Match=claimed.etag).status == 200


def test_ones_own_drafts_are_found_and_nobody_elses(live: Live) -> None:
    made = live.member.post(SENT, {"account": {"title": "Robot arm crushed a crate"}, "submit": False})
    body = {"account": {"title": "A robot arm crushed crates"}}
    own = live.member.post(ASK, body).json["own"]
    assert [(one["id"], one["state"]) for one in own] == [(made.json["id"], "draft")]
    assert live.other.post(ASK, body).json["own"] == []
    assert live.member.post(ASK, body | {"submission": made.json["id"]}).json["own"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"account": {"title": "x" * 201}}, "/account/title"),
        ({"account": {"text": 3}}, "/account/text"),
        ({"account": []}, "/account"),
        ({}, "/account"),
        ({"account": {}, "submission": "x"}, "/submission"),
    ],
)
def test_bad_drafts_are_answered_by_name(shared: Live, body: Any, pointer: str) -> None:
    answer = shared.member.post(ASK, body)
    assert (answer.status, answer.pointers) == (422, [pointer])


def test_the_words_are_asked_in_bodies_only_and_by_those_who_write(shared: Live) -> None:
    assert shared.member.get(f"{ASK}?title=secret").status in (404, 405)
    assert shared.nobody.post(ASK, {"account": {}}).status == 401
    assert shared.member.post(ASK, {"account": {}}).json["items"] == []


def test_pages_of_what_points_to_a_record_follow_one_another(live: Live) -> None:
    first = published(live, live.member.post(SENT, {"account": account()}))
    words = {
        published(live, send(live, STATEMENT, kind="statement", about={"record": first})) for _ in range(3)
    }
    seen, cursor = [], ""
    for _ in range(3):
        page = live.nobody.get(f"/api/v1/records/{first}/related?kind=about&limit=1{cursor}").json
        seen += [one["record"]["id"] for one in page["items"]]
        cursor = f"&cursor={page['next']}"
    assert page["next"] is None
    assert (set(seen), len(seen)) == (words, 3)
    for bad in ("AAAA", "MjAyNi0wMi0zMHxhaWlkOjE=", "4oKs"):
        assert live.nobody.get(f"/api/v1/records/{first}/related?cursor={bad}").status == 422
    assert live.nobody.get("/api/v1/records/aiid:404/related").status == 404
