"""Reviewers read fields of others' records: who may, what it does, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from registry.account import Account
from registry.errors import CommonsError, Conflict, Gone, Invalid, NotAllowed, NotFound, Stale
from registry.identity.roles import Role
from registry.publication.curating import ToLookAt
from registry.record import store
from registry.record.curation.reading import Curations
from registry.record.curation.rules import LIMITS, Reading
from registry.record.types import Origin, Provenance, PublicRecord, RecordState, RecordType, Tombstone
from tests.factories import account
from tests.registry.house import NODE, House
from tests.registry.record.samples import record

PEER = "AIR-ZZZZZZZZZZ-2026-000001"
OURS = f"AIR-{NODE[:10]}-2026-000001"
CRITICAL = Reading("severity", ("severity/critical",), because="Two people were hurt.")
TITLE = Reading("title", text="Une note a exclu des familles", language="fr")


def published(house: House, record_id: str = PEER, origin: Origin = Origin.PEER, **changes: Any) -> None:
    """A record that is shown here."""
    whole = record(
        record_id,
        type=RecordType.REPORT,
        provenance=Provenance(origin, "Z" * 52 if origin is Origin.PEER else origin.value),
        account=Account.from_json(account(**changes)),
        demo=False,
    )
    with house.public.work() as session:
        store.create(session, whole)


def revised(house: House, record_id: str = PEER, **changes: Any) -> None:
    """Its owner's next revision."""
    with house.public.work() as session:
        old = store.load(session, record_id)
        body = Account.from_json(account(**changes))
        store.revise(session, replace(old, account=body, state=RecordState.REVISED))


def minor(**changes: Any) -> dict[str, Any]:
    return {"classification": {**account()["classification"], "severity": ["severity/minor"]}, **changes}


def say(house: House, reading: Reading = CRITICAL, revision: int = 1, edition: int = 0) -> None:
    desk = house.side.curating
    desk.say(house.people.reviewer, PEER, reading, revision=revision, edition=edition)


def read(house: House, record_id: str = PEER) -> PublicRecord:
    return house.records.read(record_id)


def beside(house: House) -> dict[str, tuple[Any, bool]]:
    """Field → what stands beside it, and whether that is stale."""
    found = Curations(house.public).beside(read(house))
    return {field: (one.line.reading, one.stale) for field, one in found.items()}


def trail(house: House) -> list[tuple[Any, ...]]:
    rows = house.ask(
        "SELECT action, subject_id, reason, new FROM audit_event WHERE subject = 'curation' ORDER BY id"
    )
    return [tuple(row) for row in rows]


def test_a_reading_stands_beside_and_changes_nothing_of_the_owners(house: House) -> None:
    published(house)
    before = read(house)
    say(house)
    say(house, TITLE)
    assert read(house) == before
    assert beside(house) == {"severity": (CRITICAL, False), "title": (TITLE, False)}
    assert trail(house) == [
        ("curate-record", PEER, "severity", "1"),
        ("curate-record", PEER, "title", "1"),
    ]


def test_no_change_of_the_record_is_told_to_those_who_follow(house: House) -> None:
    published(house)
    position = house.records.position()
    say(house)
    assert house.records.position() == position


def test_nothing_public_says_who_wrote_it(house: House) -> None:
    published(house)
    say(house)
    (row,) = house.ask_public("SELECT * FROM curation")
    told = " ".join(str(value) for value in row)
    for private in (house.people.reviewer.id, house.people.reviewer.organization_id, "Open Review"):
        assert private not in told


MAY = {"reviewer": True, "member": False, "org-admin": False, "steward": False}


@pytest.mark.parametrize("role", Role)
def test_only_reviewers_read_records_of_others(house: House, role: Role) -> None:
    published(house)
    actor = replace(house.people.reviewer, roles=frozenset({role}))
    acts: list[Callable[[], object]] = [
        lambda: house.side.curating.open(actor, PEER),
        lambda: house.side.curating.say(actor, PEER, CRITICAL, revision=1, edition=0),
        lambda: house.side.curating.outdated(actor),
        lambda: house.side.curating.withdraw(actor, PEER, "severity", edition=1),
    ]
    assert [_allowed(act) for act in acts] == [MAY[role.value]] * len(acts)
    assert set(MAY) == set(Role)


def _allowed(act: Callable[[], object]) -> bool:
    try:
        act()
    except NotAllowed:
        return False
    return True


@pytest.mark.parametrize("party", ["developers", "deployers", "harmed"])
def test_nobody_reads_what_names_an_organization_of_theirs(house: House, party: str) -> None:
    published(house, entities={party: [house.people.reviewer.organization]})
    desk = house.side.curating
    for act in (
        lambda: desk.open(house.people.reviewer, PEER),
        lambda: desk.say(house.people.reviewer, PEER, CRITICAL, revision=1, edition=0),
        lambda: desk.withdraw(house.people.reviewer, PEER, "severity", edition=1),
    ):
        with pytest.raises(Conflict, match="organization that you have to do with"):
            act()
    assert trail(house) == []
    desk.say(house.people.other_reviewer, PEER, CRITICAL, revision=1, edition=0)
    assert beside(house) == {"severity": (CRITICAL, False)}


def its_own(house: House) -> None:
    published(house, OURS, Origin.OWN)


def gone(house: House) -> None:
    published(house, OURS)
    erased(house, OURS)


REFUSED: dict[str, tuple[list[Callable[[House], None]], type[CommonsError]]] = {
    "a record of this node": ([its_own], Conflict),
    "a record that is not there": ([], NotFound),
    "a record that was erased": ([gone], Gone),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(house: House, name: str) -> None:
    prepare, error = REFUSED[name]
    for step in prepare:
        step(house)
    with pytest.raises(error):
        house.side.curating.say(house.people.reviewer, OURS, CRITICAL, revision=1, edition=0)
    assert trail(house) == []


def erased(house: House, record_id: str = PEER) -> None:
    with house.public.work() as session:
        store.erase(session, Tombstone(record_id, "erased-at-home", date(2026, 11, 30)))


def test_records_of_collections_are_read_too(house: House) -> None:
    published(house, "aiid:7", Origin.EXTERNAL)
    house.side.curating.say(house.people.reviewer, "aiid:7", CRITICAL, revision=1, edition=0)
    assert list(Curations(house.public).beside(read(house, "aiid:7"))) == ["severity"]


@pytest.mark.parametrize(
    "bad",
    [
        replace(CRITICAL, because="Ask Dr Achieng on +254 712 345678."),
        replace(TITLE, text="Écrire à amina@example.org"),
        replace(CRITICAL, codes=("severity/serious",)),
        replace(CRITICAL, because="A\x00B"),  # no database is asked to hold it
        replace(TITLE, text="A\x1b[2JB"),
        replace(TITLE, text="A\ud800B"),
        replace(TITLE, text="One line\nand another"),
    ],
)
def test_what_is_wrong_or_points_at_a_person_is_refused(house: House, bad: Reading) -> None:
    published(house)
    with pytest.raises(Invalid):
        say(house, bad)
    assert (beside(house), trail(house)) == ({}, [])


def test_a_newer_revision_or_reading_is_read_first(house: House) -> None:
    published(house)
    say(house)
    with pytest.raises(Stale):
        say(house, replace(CRITICAL, because="Another reason."))  # there is one already
    with pytest.raises(Stale):
        house.side.curating.withdraw(house.people.reviewer, PEER, "severity", edition=9)
    revised(house)
    with pytest.raises(Stale):
        say(house, TITLE, revision=1)
    say(house, TITLE, revision=2)
    assert set(beside(house)) == {"severity", "title"}


def test_what_the_owner_changes_is_put_to_reviewers_again(house: House) -> None:
    published(house)
    say(house)
    say(house, TITLE)
    desk, reviewer = house.side.curating, house.people.reviewer
    assert desk.first(reviewer) == desk.outdated(reviewer) == ToLookAt((), None)
    revised(house, **minor())
    assert beside(house) == {"severity": (CRITICAL, True), "title": (TITLE, False)}
    (found,) = desk.outdated(reviewer).lines
    assert (found.record.id, found.fields, desk.first(reviewer).lines) == (PEER, ("severity",), (found,))
    assert desk.first(house.people.member).lines == ()
    assert Curations(house.public).in_force().codes == {}
    say(house, replace(CRITICAL, because="It is still so."), revision=2, edition=1)
    assert desk.outdated(reviewer).lines == ()
    assert Curations(house.public).in_force().codes == {PEER: {"severity": ("severity/critical",)}}


def test_what_names_an_organization_of_theirs_is_for_others_to_look_at(house: House) -> None:
    names = {"deployers": [house.people.other_reviewer.organization]}
    published(house, entities=names)
    say(house)
    revised(house, **minor(entities=names))
    desk, people = house.side.curating, house.people
    shown = [len(desk.first(who).lines) for who in (people.reviewer, people.other_reviewer)]
    assert shown == [1, 0]
    assert desk.outdated(people.other_reviewer).lines == ()


def test_only_codes_count_in_searches_and_every_change_is_a_version(house: House) -> None:
    published(house)
    curations, versions = Curations(house.public), [Curations(house.public).version()]
    for act in (
        lambda: say(house),
        lambda: say(house, TITLE),
        lambda: house.side.curating.withdraw(house.people.reviewer, PEER, "title", edition=1),
        lambda: erased(house),
    ):
        act()
        versions.append(curations.version())
    assert versions == [0, 1, 2, 3, 4]
    assert set(LIMITS) & set(Curations(house.public).in_force().codes) == set()


def test_a_reading_is_taken_back(house: House) -> None:
    published(house)
    say(house)
    house.side.curating.withdraw(house.people.reviewer, PEER, "severity", edition=1)
    assert beside(house) == {}
    assert [one[0] for one in trail(house)] == ["curate-record", "withdraw-curation"]
    with pytest.raises(NotFound):
        house.side.curating.withdraw(house.people.reviewer, PEER, "severity", edition=1)


def test_with_the_record_every_reading_is_gone(house: House) -> None:
    published(house)
    published(house, "AIR-ZZZZZZZZZZ-2026-000002")
    for record_id in (PEER, "AIR-ZZZZZZZZZZ-2026-000002"):
        house.side.curating.say(house.people.reviewer, record_id, TITLE, revision=1, edition=0)
    erased(house)
    assert house.ask_public("SELECT record_id FROM curation") == [("AIR-ZZZZZZZZZZ-2026-000002",)]
