"""A write on an existing object says which version it saw: 428 without, 412 when that is not the newest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.api.live import Answer, Caller, Live
from tests.factories import account

WRITES: dict[str, tuple[str, str, Any]] = {
    "change": ("PATCH", "/api/v1/submissions/{id}", {"account": {"title": "New"}}),
    "submit": ("POST", "/api/v1/submissions/{id}/actions/submit", None),
    "withdraw": ("POST", "/api/v1/submissions/{id}/actions/withdraw", None),
    "erase": ("POST", "/api/v1/submissions/{id}/actions/erase", None),
    "choose": ("POST", "/api/v1/submissions/{id}/findings", {"choices": {"0" * 32: "keep"}}),
    "make less exact": (
        "POST",
        "/api/v1/submissions/{id}/actions/make-less-exact",
        {"levels": {"date": "year"}},
    ),
    "decide risk": ("POST", "/api/v1/reviews/{id}/actions/decide-risk", {"levels": {}, "reason": "Safe."}),
    "claim": ("POST", "/api/v1/reviews/{id}/actions/claim", None),
    "resolve": (
        "POST",
        "/api/v1/reviews/{id}/actions/resolve-finding",
        {"choices": {"0" * 32: "keep"}},
    ),
    "release": ("POST", "/api/v1/reviews/{id}/actions/release", None),
    "request changes": ("POST", "/api/v1/reviews/{id}/actions/request-changes", {"note": "More, please."}),
    "accept": ("POST", "/api/v1/reviews/{id}/actions/accept", {}),
    "decline": ("POST", "/api/v1/reviews/{id}/actions/decline", {"reason": "test"}),
}


def _write(shared: Live, name: str, submission: str, headers: dict[str, str]) -> Answer:
    method, path, body = WRITES[name]
    caller: Caller = shared.reviewer if "/reviews/" in path else shared.member
    return caller.send(method, path.format(id=submission), body, headers)


@pytest.mark.parametrize("name", WRITES)
def test_without_if_match_nothing_happens(shared: Live, name: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    answer = _write(shared, name, made.json["id"], {})
    assert (answer.status, answer.json["type"]) == (428, "urn:incident-commons:problem:precondition-missing")
    assert shared.member.get(f"/api/v1/submissions/{made.json['id']}").etag == made.etag


@pytest.mark.parametrize("tag", ['"1"', '"999999999"', '"other"', 'W/"2"', "*", '"1", "2"'])
@pytest.mark.parametrize("name", WRITES)
def test_with_another_version_nothing_happens(shared: Live, name: str, tag: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    answer = _write(shared, name, made.json["id"], {"If-Match": tag})
    assert (answer.status, answer.json["type"]) == (412, "urn:incident-commons:problem:stale")
    assert shared.member.get(f"/api/v1/submissions/{made.json['id']}").etag == made.etag


def test_what_is_no_entity_tag_is_malformed(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    assert _write(shared, "withdraw", made.json["id"], {"If-Match": "2"}).status == 400


def test_each_change_gives_a_new_etag(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    tags = [made.etag]
    for title in ("One", "Two"):
        path = f"/api/v1/submissions/{made.json['id']}"
        tags.append(shared.member.patch(path, {"account": {"title": title}}, If_Match=tags[-1]).etag)
    assert len(set(tags)) == 3


def test_of_two_changes_at_once_one_wins(any_live: Live) -> None:
    made = any_live.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    together = Barrier(2)

    def change(title: str) -> Answer:
        together.wait()
        path = f"/api/v1/submissions/{made.json['id']}"
        return any_live.member.patch(path, {"account": {"title": title}}, If_Match=made.etag)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(change, ("One", "Two")))
    assert sorted(answer.status for answer in answers) == [200, 412]
    winner = next(answer for answer in answers if answer.status == 200)
    now = any_live.member.get(f"/api/v1/submissions/{made.json['id']}").json
    assert (now["title"], now["version"]) == (winner.json["title"], 2)


def test_a_field_set_to_null_is_emptied_and_others_stay(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    path = f"/api/v1/submissions/{made.json['id']}"
    answer = shared.member.patch(path, {"account": {"links": None, "countries": ["UG"]}}, If_Match=made.etag)
    assert "links" not in answer.json["account"]
    assert answer.json["account"]["countries"] == ["UG"]
    assert answer.json["account"]["entities"] == account()["entities"]


def test_a_sent_report_cannot_be_changed(shared: Live) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account()})
    answer = _write(shared, "change", made.json["id"], {"If-Match": made.etag})
    assert (answer.status, answer.json["type"]) == (409, "urn:incident-commons:problem:conflict")
