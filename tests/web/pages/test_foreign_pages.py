"""Records of another node: they wait for a reviewer, are shown or left out, and say whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from registry.account import Account
from registry.audit import AuditRow
from registry.federation.judging import PAGE
from registry.federation.rules import Mode
from registry.record.types import RecordState
from tests.registry.federation.other_node import OtherNode
from tests.web.neighbour import followed, read
from tests.web.town import Town

SHOW, LEAVE_OUT = ("decision", "show"), ("decision", "leave-out")


@pytest.fixture
def other(town: Town) -> OtherNode:
    """Another node that has published two records, which this one holds for a look."""
    return followed(town, Mode.HOLD)


def test_a_reviewer_shows_a_record_of_another_node(town: Town, other: OtherNode) -> None:
    first, _ = sorted(other.records)
    visitor = town.signed_in("reviewer")
    queue = visitor.open("/review")
    assert "2 records of other nodes wait for a look" in queue.text
    listing = visitor.open("/review/peers")
    assert listing.text.count("Nodo del Sur") == 2
    page = visitor.follow(listing.link("Case 1"))
    assert town.visitor().open(f"/records/{first}").status == 404
    done = visitor.send(page, f"/review/peers/{first}", press=SHOW)
    assert "The record is shown from now on." in done.text
    shown = town.visitor().open(f"/records/{first}")
    assert "This record was published by another node, Nodo del Sur" in shown.text
    assert trail(town, first) == ["show-peer-record"]


def test_one_that_is_left_out_needs_a_reason(town: Town, other: OtherNode) -> None:
    first, _ = sorted(other.records)
    visitor = town.signed_in("reviewer")
    page = visitor.open(f"/review/peers/{first}")
    refused = visitor.send(page, f"/review/peers/{first}", press=LEAVE_OUT)
    assert (refused.status, "Choose a reason." in refused.text) == (422, True)
    done = visitor.send(refused, f"/review/peers/{first}", press=LEAVE_OUT, reason="not-an-incident")
    assert "The record is left out." in done.text
    assert town.visitor().open(f"/records/{first}").status == 404
    assert visitor.open(f"/review/peers/{first}").status == 404


def test_nobody_shows_what_is_about_their_own_organization(town: Town, other: OtherNode) -> None:
    about, _ = sorted(other.records)
    visitor = town.signed_in("reviewer")
    before = visitor.open(f"/review/peers/{about}")
    old = other.records[about]
    named = {**old.account.to_json(), "entities": {"deployers": [town.people.reviewer.organization]}}
    later = replace(old, state=RecordState.REVISED, revision=2, account=Account.from_json(named))
    other.tell(later, old.state.value)
    other.sign()
    read(town, other).puller.pull(other.identity.short)
    assert visitor.open("/review/peers").text.count("For somebody else: you have ties") == 1
    refused = visitor.send(before, f"/review/peers/{about}", press=SHOW)
    assert (refused.status, "an organization that you have to do with" in refused.text) == (409, True)
    assert "Show it here" not in refused.text
    assert town.visitor().open(f"/records/{about}").status == 404
    done = town.signed_in("second")
    assert "For somebody else" not in done.open("/review/peers").text
    assert done.send(done.open(f"/review/peers/{about}"), f"/review/peers/{about}", press=SHOW).status == 200


def test_a_page_is_followed_by_the_next_whatever_is_on_it(town: Town, other: OtherNode) -> None:
    other.publish(PAGE)
    read(town, other).puller.pull(other.identity.short)
    visitor = town.signed_in("reviewer")
    page = visitor.open("/review/peers")
    seen = {one for one in other.records if one in page.text}
    assert len(seen) == PAGE
    last = visitor.follow(page.link("Next page"))
    rest = {one for one in other.records if one in last.text}
    assert seen | rest == set(other.records)
    assert (len(rest), "Next page" in last.text) == (2, False)


def test_what_its_node_changed_meanwhile_is_read_anew(town: Town, other: OtherNode) -> None:
    first, _ = sorted(other.records)
    visitor = town.signed_in("reviewer")
    page = visitor.open(f"/review/peers/{first}")
    other.change(first, text="A score left 400 families out.")
    other.sign()
    read(town, other).puller.pull(other.identity.short)
    stale = visitor.send(page, f"/review/peers/{first}", press=SHOW)
    assert (stale.status, "400 families" in stale.text) == (409, True)


@pytest.mark.parametrize("name", ["member", "steward"])
def test_others_do_not_decide(town: Town, other: OtherNode, name: str) -> None:
    assert town.signed_in(name).open(f"/review/peers/{min(other.records)}").status == 403


def test_the_page_of_the_node_says_who_is_followed(town: Town, other: OtherNode) -> None:
    page = town.visitor().open("/node")
    for words in ("Nodo del Sur", other.identity.short, "Waiting for a reviewer", town.node.identity.id):
        assert words in page.text
    assert (
        "It is not known here that any node that this one follows hands on a copy of this log." in page.text
    )
    twin = OtherNode(name="Nodo del Sur")
    twin.publish(2, text="Another history.")
    read(town, twin).puller.pull(other.identity.short)
    assert "It signed two histories that cannot both be true." in town.visitor().open("/node").text


def trail(town: Town, subject: str) -> list[str]:
    """The steps that the trail of this node has of something."""
    with town.side.database.read() as session:
        return list(session.scalars(select(AuditRow.action).where(AuditRow.subject_id == subject)))
