"""A report that another node is the right place for: a reviewer names the node, its owner takes it along."""

from __future__ import annotations

import json

import pytest

from registry.federation.rules import Mode, Policy
from registry.intake.bulk.report import Fate
from registry.intake.rules import State
from tests.factories import account
from tests.registry.federation.other_node import OtherNode
from tests.web.neighbour import read
from tests.web.town import Town

DECLINE = ("decision", "decline")


@pytest.fixture
def other(town: Town) -> OtherNode:
    """Another node, whose log is followed here."""
    other = OtherNode(name="Nodo del Sur")
    other.publish(1)
    office = read(town, other)
    office.peers.pin(office.peers.meet(other.url), Policy(Mode.SHOW))
    return other


def test_a_report_is_passed_on_by_its_owner(town: Town, other: OtherNode) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert page.form("/decide").controls["node"].offered == ["", other.identity.id]
    visitor.send(page, "/decide", DECLINE, reason="other-node", node=other.identity.id)
    assert town.state(key) is State.DECLINED
    member = town.signed_in("member")
    mine = member.open(f"/mine/{key}")
    assert mine.link("Nodo del Sur") == f"{other.url}/report"
    line = member.client.get(mine.link("Take your report along as a file"))
    taken = json.loads(line.text)
    assert taken["text"] == account()["text"]
    receipt = town.visitor()
    told = receipt.send(receipt.open("/receipt"), code=town.receipt(key))
    assert told.link("Nodo del Sur") == f"{other.url}/report"


def test_the_file_is_taken_in_elsewhere(town: Town, other: OtherNode) -> None:
    key, member = town.report(State.IN_REVIEW), town.signed_in("member")
    line = member.client.get(f"/mine/{key}/along.jsonl").data
    stranger, bulk = town.people.other_member, town.side.bulk
    report = bulk.check(stranger, bulk.read(stranger, line), language="en")
    assert [(row.fate, row.wrong, row.missing) for row in report.rows] == [(Fate.COMPLETE, (), ())]


def test_a_node_that_is_not_followed_is_refused(town: Town, other: OtherNode) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    office = read(town, other)
    office.peers.set_policy(other.identity.short, Policy(Mode.BLOCKED), office.puller.reader())
    refused = visitor.send(page, "/decide", DECLINE, reason="other-node", node=other.identity.id)
    assert (refused.status, refused.summary) == (
        422,
        {"This node is not followed here. Choose another one, or name it in the note.": "#node"},
    )
    assert town.state(key) is State.IN_REVIEW


def test_without_a_node_the_note_has_to_say_where(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    assert "node" not in page.form("/decide").controls
    refused = visitor.send(page, "/decide", DECLINE, reason="other-node", note="")
    assert list(refused.summary.values()) == ["#note"]
    visitor.send(
        refused, "/decide", DECLINE, reason="other-node", note="The registry of the health ministry."
    )
    assert town.state(key) is State.DECLINED


def test_for_another_reason_no_node_is_kept(town: Town, other: OtherNode) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.open(f"/review/{key}")
    visitor.send(page, "/decide", DECLINE, reason="not-ai", node=other.identity.id)
    mine = town.signed_in("member").open(f"/mine/{key}")
    assert "Nodo del Sur" not in mine.text
