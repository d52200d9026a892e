"""Caring for public records by API: reading flags, answering them, proposing, deciding, with ETags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.node import Node
from registry.identity.oauth.rules import Way
from tests.conftest import SettableClock
from tests.factories import account, publish, register_people, settings_in
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

SCOPES = ("submissions:read", "submissions:write", "reviews:read", "reviews:write")


class Desk:
    """A node with a record of the member's, and a program of each organization."""

    def __init__(self, node: Node) -> None:
        people = register_people(node.private)
        self.node, self.client = node, create_app(node).test_client()
        self.record = publish(node, people, account())
        self.key = node.private.submissions.own(people.member).items[0].id
        self._tokens = {
            name: node.private.directory.add_client(actor.organization, name, SCOPES, Way(bearer=True)).token
            for name, actor in (
                ("owner", people.member),
                ("reviewer", people.reviewer),
                ("second", people.other_reviewer),
                ("stranger", people.other_member),
            )
        }

    def ask(self, who: str, method: str, path: str, body: Any = None, lock: object = None) -> Any:
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        if lock is not None:
            headers["If-Match"] = f'"{lock}"'
        return self.client.open(f"/api/v1{path}", method=method, json=body, headers=headers)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock, settings = SettableClock(), settings_in(tmp_path / "node")
    initialise(settings, clock)
    node = build(settings, clock)
    yield Desk(node)
    close(node)


RETRACT = {"kind": "retract", "reason": "wrong", "note": "The dose was right.", "revision": 1}


def test_flags_are_listed_read_and_answered(desk: Desk) -> None:
    visitor: FlaskClient = desk.client
    visitor.post(f"/api/v1/records/{desk.record}/flags", json={"reason": "other", "text": "Odd."})
    (line,) = desk.ask("second", "GET", "/care").json["items"]
    assert (line["record"], line["flags"], line["urgent"], line["change"]) == (desk.record, 1, False, None)
    (flag,) = desk.ask("second", "GET", f"/care/{desk.record}").json["flags"]
    assert (flag["reason"], flag["text"], flag["revision"]) == ("other", "Odd.", 1)
    body = {"flags": [flag["id"]], "reason": "unfounded"}
    done = desk.ask("second", "POST", f"/care/{desk.record}/actions/dismiss", body)
    assert (done.status_code, done.json["flags"]) == (200, [])
    assert desk.ask("second", "POST", f"/care/{desk.record}/actions/dismiss", body).status_code == 409
    assert desk.ask("second", "GET", "/care").json["items"] == []


def test_an_owner_asks_and_a_reviewer_decides_under_its_etag(desk: Desk) -> None:
    own = f"/submissions/{desk.key}/changes"
    stale = desk.ask("owner", "POST", own, RETRACT | {"revision": 2})
    assert stale.status_code == 412
    asked = desk.ask("owner", "POST", own, RETRACT)
    assert (asked.status_code, asked.json["state"], asked.headers["ETag"]) == (201, "proposed", '"1"')
    assert desk.ask("owner", "POST", own, RETRACT).status_code == 409
    change = f"/changes/{asked.json['id']}"
    read = desk.ask("reviewer", "GET", change)
    assert (read.json["may_decide"], read.json["mine"]) == (True, False)
    assert desk.ask("reviewer", "POST", f"{change}/actions/approve").status_code == 428
    assert desk.ask("reviewer", "POST", f"{change}/actions/approve", lock=9).status_code == 412
    assert desk.ask("owner", "POST", f"{change}/actions/approve", lock=1).status_code == 403
    done = desk.ask("reviewer", "POST", f"{change}/actions/approve", lock=1)
    assert (done.status_code, done.json["state"], done.headers["ETag"]) == (200, "approved", '"2"')
    late = desk.ask("second", "POST", f"{change}/actions/refuse", {"reason": "milder"}, lock=2)
    assert (late.status_code, late.json["detail"]) == (409, "Somebody has approved this change already.")
    desk.node.private.record_changes.carry_out(early=True)
    told = desk.ask("owner", "GET", own).json
    assert (told["state"], told["revision"], told["items"][0]["state"]) == ("retracted", 2, "done")
    public = desk.client.get(f"/api/v1/records/{desk.record}").json
    assert public["because"] == {"reason": "wrong", "note": "The dose was right."}


def test_a_proposal_is_taken_back_by_whoever_made_it(desk: Desk) -> None:
    own = f"/submissions/{desk.key}/changes"
    asked = desk.ask("owner", "POST", own, RETRACT).json
    body = {"change": asked["id"]}
    assert desk.ask("stranger", "POST", f"{own}/actions/take-back", body, lock=1).status_code == 404
    assert (
        desk.ask("reviewer", "POST", f"/changes/{asked['id']}/actions/take-back", lock=1).status_code == 404
    )
    assert desk.ask("owner", "POST", f"{own}/actions/take-back", body, lock=1).json["state"] == "taken-back"
    made = desk.ask("reviewer", "POST", f"/care/{desk.record}/changes", RETRACT)
    assert (made.status_code, made.json["mine"]) == (201, True)
    back = desk.ask("reviewer", "POST", f"/changes/{made.json['id']}/actions/take-back", lock=1)
    assert back.json["state"] == "taken-back"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (RETRACT | {"kind": "burn"}, "/kind"),
        (RETRACT | {"reason": "safety"}, "/reason"),
        (RETRACT | {"note": "x" * 301}, "/note"),
        (RETRACT | {"note": "Ask jane.roe@example.org"}, "/note"),
        (RETRACT | {"revision": "1"}, "/revision"),
        ({"kind": "erase", "reason": "safety", "note": "Because.", "revision": 1}, "/note"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_named(desk: Desk, body: dict[str, Any], pointer: str) -> None:
    answer = desk.ask("reviewer", "POST", f"/care/{desk.record}/changes", body)
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_an_erased_record_answers_gone_here_too(desk: Desk) -> None:
    erase = {"kind": "erase", "reason": "safety", "revision": 1}
    made = desk.ask("reviewer", "POST", f"/care/{desk.record}/changes", erase).json
    desk.ask("second", "POST", f"/changes/{made['id']}/actions/approve", lock=1)
    assert desk.node.private.record_changes.carry_out() == [desk.record]
    for path in (f"/care/{desk.record}", f"/submissions/{desk.key}/changes"):
        who = "owner" if "submissions" in path else "reviewer"
        answer = desk.ask(who, "GET", path)
        assert (answer.status_code, answer.json["reason"]) == (410, "safety")
    assert desk.ask("second", "GET", f"/changes/{made['id']}").json["state"] == "done"
    assert desk.ask("reviewer", "GET", "/care/aiid:404").status_code == 404
