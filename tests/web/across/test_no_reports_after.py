"""A node that handed over takes no reports, and says so to whoever wants to tell one: where to go instead."""

from __future__ import annotations

import json

import pytest

from registry.errors import Conflict
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from registry.intake.bulk.service import Wish
from tests.factories import account
from tests.web.across.lost import Three, lost

SAYS = "This node takes no reports any more."


def handed_over(three: Three) -> str:
    """North handed over to east; gives a draft that was begun before."""
    north = three[0]
    lost(three)
    made = north.town.side.intake.create(north.town.people.member, account(), channel="form")
    north.town.node.federation.custodian.hand_over()
    north.sign()
    return made.view.summary.id


def test_pages_say_it_before_anybody_writes(three: Three) -> None:
    north, east, _ = three
    before = north.town.visitor().open("/report")
    assert (SAYS in before.text, "/report/new" in before.html) == (False, True)
    draft = handed_over(three)
    page = north.town.visitor().open("/report")
    assert (SAYS in page.text, page.link("East Node")) == (True, f"{east.url}/report")
    assert [one for one in ("/report/new", "/report/guest", "/report/bulk") if one in page.html] == []
    member = north.town.signed_in("member")
    for path in ("/report/new", "/report/bulk"):
        assert member.open(path).path == "/report", path
    for path in ("/mine", f"/mine/{draft}", f"/report/{draft}/check"):
        assert SAYS in member.open(path).text, path
    assert f"/report/{draft}/send" not in member.open(f"/report/{draft}/check").html
    along = json.loads(member.client.get(f"/mine/{draft}/along.jsonl").text)
    assert along["title"] == account()["title"]


def test_nothing_is_taken_by_any_way(three: Three) -> None:
    north, east, _ = three
    draft = handed_over(three)
    side, member = north.town.side, north.town.people.member
    table = json.dumps(account()).encode()
    received = side.bulk.read(member, table)
    report = side.bulk.check(member, received, language="en")
    before = side.submissions.own(member).items
    acts = [
        lambda: side.intake.create(member, account(), channel="api"),
        lambda: side.intake.submit(member, draft),
        lambda: side.bulk.store(member, received, report, Wish(submit=True)),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="so it takes no reports") as refused:
            act()
        assert refused.value.facts == {"name": "East Node", "url": east.url}
    assert side.submissions.own(member).items == before


def test_what_was_answered_before_is_answered_again(three: Three) -> None:
    """A program that never heard the answer asks again with the same key."""
    north = three[0]
    intake, member = north.town.side.intake, north.town.people.member
    first = intake.create(member, account(), channel="api", idempotency_key="k" * 20)
    handed_over(three)
    again = intake.create(member, account(), channel="api", idempotency_key="k" * 20)
    assert (again.fresh, again.view.summary.id) == (False, first.view.summary.id)


def test_programs_get_a_problem_that_says_where_to_go(three: Three) -> None:
    north, east, _ = three
    handed_over(three)
    directory, member = north.town.side.directory, north.town.people.member
    known = directory.add_client(member.organization, "a program", tuple(SCOPES), Way(bearer=True))
    answer = north.town.app.test_client().post(
        "/api/v1/submissions",
        json={"account": account(), "submit": True},
        headers={"Authorization": f"Bearer {known.token}", "Idempotency-Key": "k" * 20},
    )
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    told = json.loads(answer.text)
    assert told["type"] == "urn:incident-commons:problem:conflict"
    assert east.url in told["detail"]
