"""Addresses of other nodes that were kept before they were checked: read as text, and no way leads there."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from registry.federation.models import PeerRow
from registry.federation.rules import Mode
from registry.intake.rules import State
from registry.record.models import VersionRow
from tests.registry.federation.other_node import OtherNode
from tests.web.neighbour import followed, read
from tests.web.town import Town

BAD = ("javascript:alert(1)//https://other.example", "data:text/html,alert(1)", "https://a:b@other.example")
FOR_PROGRAMS = (
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    "/taxii2/api/collections/records/objects/",
    "/.well-known/incident-commons",
)


class Leads(HTMLParser):
    """Every attribute of a page that a browser may follow."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, _tag: str, pairs: list[tuple[str, str | None]]) -> None:
        names = ("href", "src", "action", "formaction", "cite", "data")
        self.found += [value or "" for name, value in pairs if name in names]


def spoil(town: Town, other: OtherNode, address: str) -> list[str]:
    """What an older release kept: such an address of the peer, and of its records; gives their ids."""
    with town.node.public.work() as session:
        session.get_one(PeerRow, other.identity.short).url = address
        rows = session.scalars(select(VersionRow).where(VersionRow.record_id.in_(other.records))).all()
        for row in rows:
            assert row.payload is not None
            whose = row.payload["provenance"] | {"url": f"{address}/records/{row.record_id}"}
            row.payload = row.payload | {"provenance": whose}
        return [row.record_id for row in rows]


@pytest.mark.parametrize("address", BAD)
def test_pages_show_it_and_do_not_lead_there(town: Town, address: str) -> None:
    other = followed(town, Mode.SHOW)
    visitor = town.visitor()
    record, *_ = other.records
    assert other.url in Leads(visitor.open("/node").html).found
    assert f"{other.url}/records/{record}" in Leads(visitor.open(f"/records/{record}").html).found
    assert record in spoil(town, other, address)
    for path in ("/node", f"/records/{record}"):
        page = visitor.open(path)
        assert address in page.text, path
        assert [one for one in Leads(page.html).found if one.startswith(address)] == [], path
        assert f'"{address}' not in page.html, path


@pytest.mark.parametrize("address", BAD)
def test_nothing_for_programs_tells_it(town: Town, address: str) -> None:
    other = followed(town, Mode.SHOW)
    client, record = town.visitor().client, next(iter(other.records))
    told = {path: client.get(path) for path in FOR_PROGRAMS}
    assert [path for path, answer in told.items() if answer.status_code != 200] == []
    assert sum(f"{other.url}/records/{record}" in answer.text for answer in told.values()) == 4
    spoil(town, other, address)
    for path in (*FOR_PROGRAMS, f"/mirror/{other.identity.id}/descriptor"):
        answer = client.get(path)
        assert (answer.status_code, address in answer.text) == (200, False), path


def test_whoever_is_sent_to_such_a_node_reads_its_name(town: Town) -> None:
    other = followed(town, Mode.SHOW)
    key, reviewer = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = reviewer.open(f"/review/{key}")
    reviewer.send(page, "/decide", ("decision", "decline"), reason="other-node", node=other.identity.id)
    spoil(town, other, BAD[0])
    mine = town.signed_in("member").open(f"/mine/{key}")
    assert f"The right place for it is this node: {other.name}" in mine.text
    assert [one for one in Leads(mine.html).found if "alert(1)" in one] == []


def test_new_records_of_such_a_node_have_no_address(town: Town) -> None:
    other = followed(town, Mode.SHOW)
    spoil(town, other, BAD[0])
    (new,) = other.publish(1)
    read(town, other).puller.pull(other.identity.short)
    assert town.node.records.read(new).provenance.url == ""
    assert "Read it at the source" not in town.visitor().open(f"/records/{new}").text
