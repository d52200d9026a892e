"""Could a report point at somebody? By program: its organization asks and wishes, a reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from registry.config import Settings
from registry.privacy.coarsening import DEFAULT
from tests.api.live import Answer, Live, living
from tests.conftest import SettableClock
from tests.factories import account
from tests.registry.alike import put
from tests.registry.privacy.coarsening.samples import exact
from web.setup import initialise
from web.wiring import build, close

WHY = "Nobody is named and the country is large."
FIFTH = {"from": "2026-03-05"}


@pytest.fixture
def wary(settings: Settings, clock: SettableClock) -> Iterator[Live]:
    """A served node on which five reports have to look alike."""
    settings = replace(settings, risk_threshold=5)
    initialise(settings, clock)
    node = build(settings, clock)
    with living(node) as served:
        yield served
    close(node)


def sent(live: Live, **changes: Any) -> str:
    made = live.member.post("/api/v1/submissions", {"account": account(**changes)})
    return str(made.json["id"])


def act(live: Live, key: str, action: str, body: object = None) -> Answer:
    seen = live.reviewer.get(f"/api/v1/reviews/{key}").etag
    return live.reviewer.post(f"/api/v1/reviews/{key}/actions/{action}", body, If_Match=seen)


def examined(live: Live, key: str) -> None:
    """Claim a report and find nothing personal in it."""
    act(live, key, "claim")
    found = live.reviewer.get(f"/api/v1/reviews/{key}").json["findings"]
    choices = {one["thing"]: "keep" for one in found if not one["decided"]}
    if choices:
        act(live, key, "resolve-finding", {"choices": choices})


def test_a_reviewer_sees_counts_and_decides(wary: Live) -> None:
    put(wary.node.public, SettableClock(), 1, 2, 3, 4, happened={"from": "2026-03"})
    key = sent(wary, happened=FIFTH)
    examined(wary, key)
    risk = wary.reviewer.get(f"/api/v1/reviews/{key}/risk").json
    alike = {"public": 4, "waiting": "fewer-than-5", "enough": True}
    smallest = {
        "levels": DEFAULT.to_json() | {"date": "month"},
        "alike": alike,
        "steps": [{"step": "date: day → month", "alike": alike}],
    }
    assert (risk["threshold"], risk["smallest"], risk["first_of_its_kind"]) == (5, smallest, False)
    assert (risk["alike"], risk["changes"]) == (alike | {"public": 0, "enough": False}, [])
    refused = act(wary, key, "accept", {})
    assert (refused.status, refused.json["type"]) == (409, "urn:incident-commons:problem:not-ready")
    assert "could point at somebody" in str(refused.json["errors"])
    unexplained = act(wary, key, "decide-risk", {"levels": {"date": "day"}})
    assert (unexplained.status, unexplained.pointers) == (422, ["/reason"])
    tried = wary.reviewer.get(f"/api/v1/reviews/{key}/risk?date=quarter&place=region").json
    assert tried["changes"] == ["place: country → region", "date: day → quarter"]
    assert tried["decision"] is None
    decided = act(wary, key, "decide-risk", {"levels": smallest["levels"]})
    assert (decided.status, decided.json["state"]) == (200, "in_review")
    decision = wary.reviewer.get(f"/api/v1/reviews/{key}/risk").json["decision"]
    assert (decision["levels"], decision["alike"], decision["reason"]) == (smallest["levels"], alike, "")
    assert act(wary, key, "accept", {}).status == 200
    (record_id,) = wary.node.private.publication.publish_batch()
    record = wary.nobody.get(f"/api/v1/records/{record_id}").json
    assert (record["generalised"], record["account"]["happened"]) == (
        ["date: day → month"],
        {"from": "2026-03"},
    )


def test_a_reason_lets_the_first_of_its_kind_through(wary: Live) -> None:
    key = sent(wary)
    examined(wary, key)
    assert wary.reviewer.get(f"/api/v1/reviews/{key}/risk").json["first_of_its_kind"] is True
    assert act(wary, key, "decide-risk", {"reason": WHY}).status == 200
    assert act(wary, key, "accept").status == 200


def test_an_organization_asks_and_wishes(wary: Live) -> None:
    put(wary.node.public, SettableClock(), 1, 2, 3, 4, countries=["UG"])
    made = wary.member.post("/api/v1/submissions", {"account": exact(), "submit": False})
    path = f"/api/v1/submissions/{made.json['id']}"
    risk = wary.member.get(f"{path}/risk").json
    assert (risk["told"]["place"], risk["levels"]["place"], risk["changes"]) == (
        "exact",
        "country",
        ["place: exact → country"],
    )
    assert (risk["alike"], risk["wish"], risk["decision"]) == (
        {"public": 0, "waiting": None, "enough": False},
        None,
        None,
    )
    wished = wary.member.post(
        f"{path}/actions/make-less-exact", {"levels": risk["smallest"]["levels"]}, If_Match=made.etag
    )
    assert (wished.status, wished.json["account"]) == (200, made.json["account"])
    after = wary.member.get(f"{path}/risk").json
    assert after["wish"] == after["levels"] == risk["smallest"]["levels"]
    assert (after["alike"]["enough"], after["smallest"]) == (True, None)


def test_what_the_text_still_says_is_told_to_programs(wary: Live) -> None:
    told = account(text="On 5 March 2026, or 6/3, the bot gave twice the dose.", happened={"from": "2026-03"})
    made = wary.member.post("/api/v1/submissions", {"account": told})
    expected = ["5 March 2026", "6/3"]
    assert wary.member.get(f"/api/v1/submissions/{made.json['id']}/risk").json["still_told"] == expected
    assert wary.reviewer.get(f"/api/v1/reviews/{made.json['id']}/risk").json["still_told"] == expected


BAD: list[tuple[object, str]] = [
    ({"levels": {"place": "town"}}, "/levels/place"),
    ({"levels": {"colour": "red"}}, "/levels/colour"),
    ({"levels": ["place"]}, "/levels"),
    ({"levels": {"place": 3}}, "/levels/place"),
    ({"levels": {}, "more": 1}, "/more"),
]


@pytest.mark.parametrize(("body", "pointer"), BAD)
def test_what_is_no_rung_is_named(shared: Live, body: object, pointer: str) -> None:
    made = shared.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    wish = f"/api/v1/submissions/{made.json['id']}/actions/make-less-exact"
    refused = shared.member.post(wish, body, If_Match=made.etag)
    assert refused.status == 422
    assert any(found.startswith(pointer) for found in refused.pointers), refused.pointers
    key = sent(shared)
    act(shared, key, "claim")
    again = act(shared, key, "decide-risk", body)
    assert again.status == 422
    assert any(found.startswith(pointer) for found in again.pointers), again.pointers


def test_a_ladder_that_does_not_exist_cannot_be_tried_out(shared: Live) -> None:
    key = sent(shared)
    for query in ("place=town", "colour=red", "place=exact&place=country"):
        assert shared.reviewer.get(f"/api/v1/reviews/{key}/risk?{query}").status == 422
    assert shared.member.get(f"/api/v1/reviews/{key}/risk").status == 404
    assert shared.other.get(f"/api/v1/submissions/{key}/risk").status == 404
    assert shared.reviewer.get(f"/api/v1/submissions/{key}/risk").status == 404
