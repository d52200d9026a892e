"""A node that handed over takes no reports and no statements, and says to whoever wants to where to go."""

from __future__ import annotations

import json

import pytest

from registry.errors import Conflict
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from registry.intake.bulk.service import Wish
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from tests.factories import account
from tests.web.across.lost import Three, lost
from tests.web.across.nodes import SAID, Place
from web.pages.statement_forms import BY_WORD

SAYS = "This node takes no reports and no statements any more."


def end(three: Three) -> None:
    """North hands over to east."""
    lost(three)
    three[0].town.node.federation.custodian.hand_over()
    three[0].sign()


def handed_over(three: Three) -> str:
    """North handed over to east; gives a draft that was begun before."""
    north = three[0]
    made = north.town.side.intake.create(north.town.people.member, account(), channel="form")
    end(three)
    return made.view.summary.id


def statement(place: Place, record: str) -> str:
    """A statement that a member began."""
    telling = Telling(Kind.STATEMENT, record)
    intake, member = place.town.side.intake, place.town.people.member
    return intake.create(member, SAID, channel="form", telling_of=telling).view.summary.id


def said_of_a_record(three: Three) -> tuple[str, str]:
    """North handed over; gives a record of it, and a statement on it that was begun before."""
    record = three[0].publish("Told before it ended")
    begun = statement(three[0], record)
    end(three)
    return record, begun


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


def test_no_statement_is_begun_and_whoever_wants_to_is_told_where_to_go(three: Three) -> None:
    north, east, _ = three
    record, draft = said_of_a_record(three)
    member = north.town.signed_in("member")
    shown = [place.town.visitor().open(f"/records/{record}").html for place in (north, east)]
    assert [f"/report/seen/{record}" in html for html in shown] == [False, True]
    for word in BY_WORD:
        for visitor in (member, north.town.visitor()):
            page = visitor.open(f"/report/{word}/{record}")
            assert (page.path, SAYS in page.text) == ("/report", True), word
            assert page.link("East Node") == f"{east.url}/report"
    for path in (f"/mine/{draft}", f"/report/{draft}/statement", f"/report/{draft}/statement/check"):
        page = member.open(path)
        assert (page.path, SAYS in page.text) == (path, True)
        assert "along.jsonl" not in page.html, "no node takes a statement in as a report"
    assert f"/report/{draft}/statement/send" not in page.html


def test_a_statement_that_was_typed_before_is_not_taken_and_not_lost(three: Three) -> None:
    north, east, _ = three
    record = north.publish("Told before it ended")
    member = north.town.signed_in("member")

    def own() -> list[tuple[str, State]]:
        found = north.town.side.submissions.own(north.town.people.member).items
        return [(one.id, one.state) for one in found]

    form = member.open(f"/report/seen/{record}")
    draft = statement(north, record)
    check = member.open(f"/report/{draft}/statement/check")
    end(three)
    before = own()
    assert form.form().buttons != []
    refused = member.send(form, press=("then", "later"), text=SAID["text"])
    assert (refused.status, f"Report there: {east.url}" in refused.text) == (422, True)
    assert refused.form().controls["text"].values == [SAID["text"]]
    assert refused.form().buttons == [], "nothing is offered that is not done"
    sent = member.send(check, f"/report/{draft}/statement/send")
    assert (sent.status, f"Report there: {east.url}" in sent.text) == (409, True)
    assert own() == before


def test_nothing_is_taken_by_any_way(three: Three) -> None:
    north, east, _ = three
    record = north.publish("Told before it ended")
    said, draft = statement(north, record), handed_over(three)
    side, member = north.town.side, north.town.people.member
    table = json.dumps(account()).encode()
    received = side.bulk.read(member, table)
    report = side.bulk.check(member, received, language="en")
    before = side.submissions.own(member).items
    acts = [
        lambda: side.intake.create(member, account(), channel="api"),
        lambda: side.intake.submit(member, draft),
        lambda: statement(north, record),
        lambda: side.intake.submit(member, said),
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


@pytest.mark.parametrize("is_statement", [False, True])
def test_programs_get_a_problem_that_says_where_to_go(three: Three, is_statement: bool) -> None:
    north, east, _ = three
    record, _ = said_of_a_record(three)
    telling = {"kind": "statement", "about": {"record": record}, "account": SAID}
    directory, member = north.town.side.directory, north.town.people.member
    known = directory.add_client(member.organization, "a program", tuple(SCOPES), Way(bearer=True))
    answer = north.town.app.test_client().post(
        "/api/v1/submissions",
        json={"account": account(), "submit": True, **(telling if is_statement else {})},
        headers={"Authorization": f"Bearer {known.token}", "Idempotency-Key": "k" * 20},
    )
    assert (answer.status_code, answer.content_type) == (409, "application/problem+json")
    told = json.loads(answer.text)
    assert told["type"] == "urn:incident-commons:problem:conflict"
    assert "so it takes no reports and no statements." in told["detail"]
    assert east.url in told["detail"]
