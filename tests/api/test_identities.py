"""Who is named, for programs: chosen on sending and later, publishers asked, requests answered."""

from __future__ import annotations

from typing import Any

import pytest

from registry.identity.rules import Role
from tests.api.live import Answer, Caller, Live
from tests.api.test_whole_way import _act, _published
from tests.factories import PASSWORD, account

MINE, OFFERS = "/api/v1/submissions", "/api/v1/offers"
RIVER = "River Schools"
NAMES = {"named": "Lake Health", "descriptor": "an organization like Lake", "hidden": ""}


def send(caller: Caller, **more: Any) -> Answer:
    return caller.post(MINE, {"account": account(), **more})


def patch(caller: Caller, made: Answer, body: dict[str, Any], seen: str) -> Answer:
    return caller.patch(f"{MINE}/{made.json['id']}", body, If_Match=seen)


def publish(live: Live, made: Answer) -> str:
    """Examine and publish it; gives what the record says of whoever tells it."""
    now = live.member.get(f"{MINE}/{made.json['id']}")
    claimed = _act(live, made, "claim", now.etag)
    accepted = _act(live, made, "accept", claimed.etag)
    assert accepted.json["state"] == "accepted", accepted.json
    record = live.nobody.get(f"/api/v1/records/{_published(live)}").json
    return str(record["provenance"].get("contributor", ""))


@pytest.mark.parametrize("identity", NAMES)
def test_an_identity_is_chosen_with_the_report(live: Live, identity: str) -> None:
    made = send(live.member, identity=identity)
    assert made.status == 201
    shown = made.json["shown"]
    assert (shown["identity"], shown["contributor"]) == (identity, NAMES[identity])
    assert (shown["waiting"], shown["mentioned"], shown["request"]) == (False, [], None)
    seen = live.reviewer.get(f"/api/v1/reviews/{made.json['id']}").json
    assert seen["contributor"] == ("" if identity == "hidden" else NAMES["descriptor"])
    assert publish(live, made) == NAMES[identity]


def test_it_is_changed_with_or_without_the_account(live: Live) -> None:
    made = send(live.member, submit=False)
    assert made.json["shown"]["identity"] == "descriptor"
    both = patch(live.member, made, {"account": {"title": "New"}, "identity": "hidden"}, made.etag)
    assert (both.json["title"], both.json["shown"]["identity"]) == ("New", "hidden")
    sent = live.member.post(f"{MINE}/{made.json['id']}/actions/submit", If_Match=both.etag)
    late = patch(live.member, made, {"account": {"title": "Late"}, "identity": "named"}, sent.etag)
    assert late.status == 409
    alone = patch(live.member, made, {"identity": "named"}, sent.etag)
    assert (alone.status, alone.json["shown"]["identity"]) == (200, "named")
    assert alone.etag != sent.etag
    assert patch(live.member, made, {"identity": "hidden"}, sent.etag).status == 412
    nothing = patch(live.member, made, {}, alone.etag)
    assert (nothing.status, nothing.etag) == (200, alone.etag)


def waits(live: Live, made: Answer) -> str | None:
    """For whom the report waits, as it and its line in the list say."""
    (line,) = live.member.get(MINE).json["items"]
    said: str | None = live.member.get(f"{MINE}/{made.json['id']}").json["waits_for"]
    assert line["waits_for"] == said
    return said


def test_another_organization_publishes(any_live: Live) -> None:
    live = any_live
    made = send(live.member, delegate={"publisher": RIVER, "message": "Please."})
    shown = made.json["shown"]
    assert (shown["identity"], shown["contributor"], shown["waiting"]) == ("delegated", "", True)
    assert (shown["request"]["state"], shown["request"]["told"]) == ("offered", False)
    assert waits(live, made) == "publisher"
    assert live.reviewer.get(f"/api/v1/reviews/{made.json['id']}").status == 404
    (line,) = live.other.get(OFFERS).json["items"]
    assert (line["asker"], line["state"], line["id"] == made.json["id"]) == (None, "offered", False)
    read = live.other.get(f"{OFFERS}/{line['id']}")
    assert (read.json["message"], read.json["account"]["title"]) == ("Please.", account()["title"])
    assert "Lake" not in read.body.decode()
    take = f"{OFFERS}/{line['id']}/actions/take"
    assert live.other.post(take, {"identity": "named"}).status == 428
    assert live.other.post(take, {"identity": "named"}, If_Match='"7"').status == 412
    assert live.other.post(take, {"identity": "hidden"}, If_Match=read.etag).status == 422
    taken = live.other.post(take, {"identity": "named"}, If_Match=read.etag)
    assert (taken.status, taken.json["state"], taken.json["identity"]) == (200, "taken", "named")
    assert waits(live, made) == "reviewer"
    assert publish(live, made) == RIVER
    assert waits(live, made) is None
    done = live.other.get(f"{OFFERS}/{line['id']}").json
    assert done["record"] == live.member.get(f"{MINE}/{made.json['id']}").json["record"]


def test_a_refusal_is_told_to_the_one_that_asked(live: Live) -> None:
    made = send(live.member, delegate={"publisher": RIVER, "tell": True})
    (line,) = live.other.get(OFFERS).json["items"]
    assert line["asker"] == "Lake Health"
    read = live.other.get(f"{OFFERS}/{line['id']}")
    refuse = f"{OFFERS}/{line['id']}/actions/refuse"
    assert live.other.post(refuse, {"reason": "  "}, If_Match=read.etag).status == 422
    assert live.other.post(refuse, {"reason": "No."}, If_Match='"9"').status == 412
    refused = live.other.post(refuse, {"reason": "Not our field."}, If_Match=read.etag)
    assert (refused.status, refused.json) == (200, {"id": line["id"], "state": "refused"})
    assert live.other.get(f"{OFFERS}/{line['id']}").status == 404
    shown = live.member.get(f"{MINE}/{made.json['id']}").json["shown"]
    assert (shown["request"]["state"], shown["request"]["reason"]) == ("refused", "Not our field.")
    assert (shown["identity"], shown["waiting"]) == ("delegated", True)
    assert waits(live, made) == "organization"


def test_those_who_publish_for_others_are_listed(live: Live) -> None:
    directory = live.node.private.directory
    person = directory.add_person("admin@example.org", "Admin", PASSWORD)
    directory.grant(person, directory.find_organization(RIVER), [Role.ORG_ADMIN])
    admin = live.node.private.sessions.actor_of(person)
    assert live.member.get("/api/v1/publishers").json == {"items": [], "next": None}
    live.node.private.identities.preferences.change(admin, "named", publishes=True, terms="schools")
    (one,) = live.member.get("/api/v1/publishers").json["items"]
    assert one == {"name": RIVER, "descriptor": "an organization like Rive", "terms": "schools"}
    assert live.caller("Lake Health", "submissions:read").get("/api/v1/publishers").status == 403


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"identity": "delegated"}, "/identity"),
        ({"identity": None}, "/identity"),
        ({"delegate": {}}, "/delegate/publisher"),
        ({"delegate": {"publisher": ""}}, "/delegate/publisher"),
        ({"delegate": {"publisher": "x" * 201}}, "/delegate/publisher"),
        ({"delegate": {"publisher": "lake health"}}, "/delegate/publisher"),
        ({"delegate": {"publisher": "A clinic network"}}, "/delegate/publisher"),
        ({"delegate": {"publisher": RIVER, "message": "x" * 1_001}}, "/delegate/message"),
        ({"delegate": {"publisher": RIVER, "tell": "yes"}}, "/delegate/tell"),
        ({"delegate": {"publisher": RIVER, "who": "me"}}, "/delegate/who"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_its_place(
    shared: Live, more: dict[str, Any], pointer: str
) -> None:
    before = shared.submissions
    answer = send(shared.member, **more)
    assert (answer.status, answer.pointers) == (422, [pointer])
    assert shared.submissions == before


def test_a_program_that_may_only_write_reads_what_it_wrote_in_the_answer(shared: Live) -> None:
    feeder = shared.caller("Lake Health", "submissions:write")
    made = send(feeder, identity="hidden")
    assert (made.status, made.json["shown"]["identity"]) == (201, "hidden")
    assert feeder.get(f"{MINE}/{made.json['id']}").status == 403
    assert feeder.get(OFFERS).status == 403


def test_lists_of_requests_go_on(live: Live) -> None:
    for number in range(3):
        live.member.post(
            MINE, {"account": account(title=f"number {number}"), "delegate": {"publisher": RIVER}}
        )
    first = live.other.get(f"{OFFERS}?limit=2").json
    rest = live.other.get(f"{OFFERS}?limit=2&cursor={first['next']}").json
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (2, 1, None)
    assert live.other.get(f"{OFFERS}?cursor=nonsense").status == 422
