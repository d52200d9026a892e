"""What one node says of a field of another one's record: where it stands, and until when it counts."""

from __future__ import annotations

from dataclasses import replace

from registry.record import store
from registry.record.curation.rules import Reading
from registry.record.types import RecordState
from tests.web.across.nodes import Place

Three = tuple[Place, Place, Place]
CRITICAL = Reading("severity", ("severity/critical",), because="Two people were hurt.")
TITLE = Reading("title", text="La dose a été doublée", language="fr")


def read_at(place: Place, record: str, *readings: Reading) -> None:
    """Have a reviewer say how a node reads a record, and sign."""
    revision = place.town.node.records.read(record).revision
    for one in readings:
        place.town.side.curating.say(place.town.people.reviewer, record, one, revision=revision, edition=0)
    place.sign()


def judge_minor(place: Place, record: str) -> None:
    """The owner's next revision, with another severity."""
    with place.town.node.public.work() as session:
        old = store.load(session, record)
        codes = {**old.account.classification, "severity": ("severity/minor",)}
        account = replace(old.account, classification=codes)
        store.revise(session, replace(old, state=RecordState.REVISED, account=account))
    place.sign()


def stale(place: Place, record: str) -> dict[str, bool]:
    """Field → whether it is out of date, as the API of the node says over HTTP."""
    found = place.read(f"{record}/readings")
    assert found["node"] == place.id
    return {one["field"]: one["stale"] for one in found["items"]}


def shared(three: Three) -> str:
    """A record of north that east and south show."""
    north, east, south = three
    record = north.publish("The dose was doubled")
    for place in (east, south):
        place.follow(north)
        place.pull(north)
    return record


def test_it_stands_beside_the_owners_and_only_where_it_was_said(three: Three) -> None:
    north, east, south = three
    record = shared(three)
    before = east.read(record)
    read_at(east, record, CRITICAL, TITLE)
    assert stale(east, record) == {"severity": False, "title": False}
    page = east.page(record)
    assert page.index("Serious") < page.index("This node reads this as:") < page.index("Critical")
    assert "Read by East Node in version 1" in page
    assert east.read(record) == before == south.read(record) | {}
    south.follow(east)
    south.pull(east)
    for place in (north, south):
        assert stale(place, record) == {}
        assert "This node reads this as:" not in place.page(record)
    assert east.town.node.log.state().size == 0  # the log says nothing of it


def test_what_is_handed_on_is_what_the_owner_signed(three: Three) -> None:
    north, east, south = three
    record = north.publish("The dose was doubled")
    east.follow(north)
    east.pull(north)
    read_at(east, record, CRITICAL)
    south.follow(north, by_way_of=east)
    south.pull(north)
    assert south.read(record)["account"] == north.read(record)["account"]
    assert stale(south, record) == {}


def test_what_the_owner_changes_is_out_of_date_and_comes_before_reviewers(three: Three) -> None:
    north, east, _ = three
    record = shared(three)
    read_at(east, record, CRITICAL, TITLE)
    north.reword(record, "The dose was doubled twice.")
    east.pull(north)
    assert stale(east, record) == {"severity": False, "title": False}
    judge_minor(north, record)
    east.pull(north)
    assert stale(east, record) == {"severity": True, "title": False}
    page = east.page(record)
    assert page.index("Minor") < page.index("This node reads this as:") < page.index("Out of date")
    desk, reviewer = east.town.side.curating, east.town.people.reviewer
    assert [(one.record.id, one.fields) for one in desk.outdated(reviewer).lines] == [(record, ("severity",))]
    desk.say(reviewer, record, CRITICAL, revision=3, edition=1)
    assert stale(east, record) == {"severity": False, "title": False}
    assert desk.outdated(reviewer).lines == ()


def test_with_an_erasure_at_its_home_nothing_is_left(three: Three) -> None:
    north, east, _ = three
    record = shared(three)
    read_at(east, record, CRITICAL, TITLE)
    north.change(record, "erase", "safety")
    east.pull(north)
    with east.town.node.public.read() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM curation").scalar() == 0
    assert east.town.visitor().open(f"/records/{record}").status == 410
    for file in east.town.node.settings.data_dir.glob("public.sqlite*"):
        assert "La dose a été doublée".encode() not in file.read_bytes()
