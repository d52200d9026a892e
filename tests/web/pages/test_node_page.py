"""``/node`` with other nodes in every state, and with names that would change what the page says."""

from __future__ import annotations

import pytest

from registry.federation.models import CustodyRow, PeerRow
from registry.federation.rules import Mode, Policy
from tests.registry.federation.other_node import OtherNode
from tests.web.neighbour import read
from tests.web.town import Town
from web.node_words import PROVED, TROUBLES

EVIL = '<script>alert(1)</script><b title="x'
STATES: dict[str, dict[str, str]] = {
    "Frozen": {"state": "frozen", "trouble": "fork"},
    "Gone": {"state": "kept", "trouble": "returned"},
    "Paused": {"trouble": "rate"},
    "Not read": {"mode": "blocked"},
}
"""Badge → what makes a peer bear it."""
TOLD = {
    "": "Fetched of them, only Reports or Statements · Swahili · %s or %s",
    "/fr": "Récupérées, seulement Signalements ou Déclarations · swahili · %s ou %s",
}
"""Language → how reports and statements in Swahili are named that are of one sector or of another."""
SECTORS = ["sector/education", "sector/health"]


def known(town: Town, name: str, seed: int, **facts: object) -> PeerRow:
    """A node that is followed, brought to a state."""
    other = OtherNode(seed=seed, name=name)
    other.publish(1)
    office = read(town, other)
    office.peers.pin(office.peers.meet(other.url), Policy(Mode.SHOW))
    office.puller.pull(other.identity.short)
    with town.node.public.work() as session:
        row = session.get_one(PeerRow, other.identity.short)
        for column, value in facts.items():
            setattr(row, column, value)
    return row


def populate(town: Town) -> PeerRow:
    """A node in each state, and one with an evil name that keeps or would keep the records of others."""
    heir = known(town, EVIL, 3)
    for seed, (name, facts) in enumerate(STATES.items(), 4):
        keeper = {"successor": heir.short} if facts.get("state") == "kept" else {}
        known(town, f"{name} " + "W" * 90, seed, **facts, **keeper)
    whole = known(town, "Careful Node", 9)
    with town.node.public.work() as session:
        row = CustodyRow(origin=whole.short, position=9, about=whole.node_id, kind="names", revision=1)
        row.leaf, row.successor, row.key = "00" * 32, heir.node_id, "x"
        session.add(row)
    return heir


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_names_of_others_stand_apart_in_every_sentence(town: Town, prefix: str) -> None:
    populate(town)
    html = town.visitor(prefix).open("/node").html
    shown = "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;&lt;b title=&#34;x</bdi>"
    assert html.count(shown) == html.count("alert(1)") == 3
    assert f'<bdi dir="ltr">{OtherNode().url}</bdi>' in html


def test_each_state_is_told_at_a_glance(town: Town) -> None:
    populate(town)
    page = town.visitor().open("/node")
    cards = page.html.split("<article")[1:]
    for badge in STATES:
        (card,) = [one for one in cards if f"{badge} WWW" in one]
        assert f">{badge}</span>" in card, badge
    assert "It is gone." in page.text


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_what_contradicts_itself_is_a_link_away_and_nothing_else_is(town: Town, prefix: str) -> None:
    visitor = town.visitor(prefix)
    for seed, trouble in enumerate((*TROUBLES, ""), 3):
        known(town, f"Peer with {trouble or 'no trouble'}.", seed, trouble=trouble)
    for card in visitor.open("/node").html.split("<article")[1:]:
        (trouble,) = [one for one in (*TROUBLES, "no trouble") if f"Peer with {one}." in card]
        assert ('href="/fed/seen"' in card) == (trouble in PROVED), trouble
    seen = visitor.client.get("/fed/seen")
    assert (seen.status_code, len(seen.json["items"])) == (200, len(TROUBLES) + 1)


def test_a_bound_is_told_where_somebody_set_it_or_it_is_reached(town: Town) -> None:
    known(town, "Usual", 3)
    assert "Taken in a day at most" not in town.visitor().open("/node").text
    known(town, "Set", 4, max_rate=7)
    assert "Taken in a day at most 7 entries" in town.visitor().open("/node").text


def test_what_is_fetched_of_a_node_is_told_where_it_is_not_all(town: Town) -> None:
    known(town, "Whole", 3)
    assert "Fetched of them, only" not in town.visitor().open("/node").text
    scope = {"kinds": ["report", "statement"], "languages": ["sw"], "codes": SECTORS}
    known(town, "Part", 4, scope=scope)
    for prefix, told in TOLD.items():
        names = [town.node.taxonomy.label(code, prefix.strip("/") or "en") for code in SECTORS]
        assert told % tuple(names) in town.visitor(prefix).open("/node").text
