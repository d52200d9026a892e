"""Whom a pending report names does not see it: by one rule for lists, counts and single reports."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.db.private import PrivateDatabase
from registry.errors import CommonsError, Conflict, NotFound
from registry.identity.rules import PERMISSIONS, Actor, Permission, Role
from registry.intake.models import Submission
from registry.intake.rules import State
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.intake.waiting import parties
from registry.intake.waiting.filling import fill
from registry.review.independence import standing
from registry.review.independence.letting_go import LettingGo
from registry.review.models import Claim
from registry.review.news.letters import KINDS, Reader
from registry.review.queue.picking import readable
from registry.review.queue.rules import QueueRequest
from tests.factories import account, register
from tests.registry.house import SECRET, House
from tests.registry.review.news.test_news import told
from tests.registry.review.test_following import brought_to
from tests.registry.review.test_rules import DEEDS

NAMED = "Fair Review"
"""The organization of ``people.other_reviewer``."""


def reads(house: House, actor: Actor, key: str) -> bool:
    """Whether the report is there for a reviewer: asked of the item, of its row, and of the lists."""
    with house.private.read() as session:
        listed = session.scalar(select(Submission.id).where(Submission.id == key, readable(session, actor)))
        hidden = standing.is_hidden(session, actor, key)
    try:
        house.side.reviews.read(actor, key)
    except NotFound:
        assert (listed, hidden) == (None, True)
        return False
    assert (listed, hidden) == (key, False)
    return True


def by_own_name(house: House) -> str:
    return NAMED


def by_another_name(house: House) -> str:
    admin = replace(house.people.other_reviewer, roles=frozenset({Role.ORG_ADMIN}))
    house.side.tenants.kin.name(admin, "F.R.\nReviewers of the coast")
    return "f.r."


def by_its_parent(house: House) -> str:
    steward = house.people.steward
    house.side.tenants.kin.belong(
        steward, house.people.other_reviewer.organization_id, steward.organization_id
    )
    return steward.organization


def by_a_sister(house: House) -> str:
    steward, people = house.people.steward, house.people
    for child in (people.other_reviewer, people.reviewer):
        house.side.tenants.kin.belong(steward, child.organization_id, steward.organization_id)
    return people.reviewer.organization


def by_a_tie_of_their_own(house: House) -> str:
    house.side.tenants.kin.declare(house.people.other_reviewer, "The cousin's firm")
    return "THE COUSIN'S  FIRM"


def by_where_they_were(house: House) -> str:
    directory, sessions = house.side.directory, house.side.sessions
    admin = register(directory, sessions, "admin", "Hill Aid", [Role.ORG_ADMIN])
    directory.grant(house.people.other_reviewer.id, admin.organization_id, [Role.MEMBER])
    house.side.custody.handing_over.hand_over(admin, house.people.other_reviewer.id, None)
    return "Hill Aid"


WAYS = (by_own_name, by_another_name, by_its_parent, by_a_sister, by_a_tie_of_their_own, by_where_they_were)


@pytest.mark.parametrize("party", ["developers", "deployers", "harmed"])
@pytest.mark.parametrize("way", WAYS)
def test_whom_it_names_does_not_see_it_however_they_are_named(
    house: House, way: Callable[[House], str], party: str
) -> None:
    name, third = (
        way(house),
        register(house.side.directory, house.side.sessions, "third", "T", [Role.REVIEWER]),
    )
    key = house.submitted(entities={party: ["Somebody else", name]})
    other = house.submitted(entities={party: ["Somebody else"]})
    named = house.people.other_reviewer
    assert not reads(house, named, key)
    assert reads(house, named, other)
    assert reads(house, third, key)
    lines = house.side.queue.page(named, QueueRequest()).items
    assert [line.submission.id for line in lines] == [other]
    assert sum(house.side.queue.counts(named).states().values()) == 1
    assert house.side.queue.matching(named, QueueRequest()) == 1
    assert house.side.queue.some(named, [key]) == {}
    assert house.side.queue.resembling(named, lambda titles: [one for one, _ in titles], but=other) == ()
    assert house.side.reviewing.own_work.take_next(named) == other
    assert house.side.reviewing.own_work.take_next(named) is None
    for deed in DEEDS.values():
        with pytest.raises(NotFound):
            deed(house, named, key)


@pytest.mark.parametrize("state", sorted(PERMISSIONS[Permission.READ_REVIEWS].states or ()))
def test_it_is_so_in_every_state(house: House, state: str) -> None:
    key, _ = brought_to(house, State(state), entities={"deployers": ["Third Review"]})
    third = register(house.side.directory, house.side.sessions, "third", "Third Review", [Role.REVIEWER])
    assert not reads(house, third, key)
    fourth = register(house.side.directory, house.side.sessions, "fourth", "Fourth Review", [Role.REVIEWER])
    assert reads(house, fourth, key)


def test_what_is_public_is_there_for_whom_it_names(house: House) -> None:
    key = house.accepted(entities={"deployers": [NAMED]})
    (record,) = house.side.publication.publish_batch()
    named = house.people.other_reviewer
    assert not reads(house, named, key)
    assert house.records.read(record).account.entities.deployers == (NAMED,)
    house.side.reviewing.care.flags.flag(record, "wrong", "It was another one.")
    assert house.side.reviewing.care.desk.read(named, record).flags == (), "and judges nothing said of it"


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.is_statement])
def test_a_statement_goes_by_whom_the_report_of_its_record_names(house: House, kind: Kind) -> None:
    third = register(house.side.directory, house.side.sessions, "third", "Third Review", [Role.REVIEWER])
    house.accepted(entities={"deployers": ["third review"]})
    (record,) = house.side.publication.publish_batch()
    raw = {"text": "Here too.", "language": "en", "happened": {"from": "2026-05"}, "countries": ["KE"]}
    who = house.people.other_member
    if kind is Kind.REPLY:
        who = replace(third, id=who.id, roles=frozenset({Role.MEMBER}))
    made = house.side.intake.create(who, raw, channel="form", submit=True, telling_of=Telling(kind, record))
    key = made.view.summary.id
    assert not reads(house, third, key)
    assert reads(house, house.people.other_reviewer, key)


def test_it_follows_the_newest_version(house: House) -> None:
    key, named = house.claimed(), house.people.other_reviewer
    assert reads(house, named, key)
    house.side.reviews.request_changes(house.people.reviewer, key, "Who runs it?")
    for name, there in ((NAMED, False), ("Somebody else", True)):
        raw = account(entities={"deployers": [name]})
        house.side.intake.revise(house.people.member, key, raw, expected=None)
        assert reads(house, named, key) == there


MARKS = "SELECT marked_parties FROM submission WHERE id = :key"


def marks(house: House, key: str) -> str | None:
    found: str | None = house.ask(MARKS, key=key)[0][0]
    return found


def test_a_mark_tells_no_name_and_goes_with_the_original(house: House) -> None:
    named = {"developers": ["Harbour Robotics"], "deployers": ["Lake clinic", "harbour  robotics"]}
    draft, nobody = house.draft(entities=named), house.submitted(entities={})
    assert marks(house, draft) is None, "nothing of a draft lies in plain"
    house.side.intake.submit(house.people.member, draft)
    line = marks(house, draft)
    assert line is not None
    assert len(line.split()) == 3, "the key's name, and two organizations"
    assert "arbour" not in line
    key, other = (parties.PartyMarks(secret) for secret in ("test-" * 8, "another" * 8))
    assert line == key.line(["harbour robotics", "lake clinic"])
    assert set(line.split()).isdisjoint(other.line(["harbour robotics", "lake clinic"]).split())
    assert marks(house, nobody) == f"{key.ring} "
    house.side.custody.originals.erase(house.people.member, draft)
    assert marks(house, draft) is None


def test_marks_of_before_and_of_another_key_are_made_anew_and_what_is_not_known_is_refused(
    house: House,
) -> None:
    key, named = house.submitted(entities={"developers": [NAMED]}), house.people.other_reviewer
    whole = marks(house, key)
    assert fill(house.private) == 0
    for older in (None, parties.PartyMarks("another" * 8).line(["fair review"])):
        with house.private.work() as session:
            session.execute(text("UPDATE submission SET marked_parties = :line"), {"line": older})
        assert reads(house, named, key)
        with pytest.raises(Conflict, match="names your own organization"):
            house.side.reviews.claim(named, key)
        assert fill(house.private) == 1
        assert marks(house, key) == whole
        assert not reads(house, named, key)


def test_who_holds_what_another_version_says_of_them_loses_it(house: House) -> None:
    kept, key = house.claimed(), house.claimed()
    house.side.reviews.request_changes(house.people.reviewer, key, "Who runs it?")
    raw = account(entities={"deployers": [house.people.reviewer.organization]})
    house.side.intake.revise(house.people.member, key, raw, expected=None)
    assert house.side.reviewing.letting_go.run() == 0, "its organization still writes"
    house.side.intake.submit(house.people.member, key)
    assert house.side.reviewing.letting_go.run() == 1
    assert (house.state(key), house.state(kept)) == ("submitted", "in_review")
    assert house.side.reviewing.own_work.assigning.run() == 1
    (given,) = house.ask("SELECT reviewer_id FROM review_assignment")[0]
    assert given == house.people.other_reviewer.id


def test_whoever_claimed_it_meanwhile_keeps_it(house: House) -> None:
    key = house.claimed()
    house.side.reviews.request_changes(house.people.reviewer, key, "Who runs it?")
    raw = account(entities={"deployers": [house.people.reviewer.organization]})
    house.side.intake.revise(house.people.member, key, raw, expected=None)
    house.side.intake.submit(house.people.member, key)

    class Crossed(PrivateDatabase):
        def work(self) -> AbstractContextManager[Session]:
            with super().work() as session:  # another reviewer takes it between looking and letting go
                session.get_one(Claim, key).reviewer_id = house.people.other_reviewer.id
            return super().work()

    with closing(Crossed(house.private.address)) as private:
        parties.carry(private, SECRET)
        assert LettingGo(private, house.clock).run() == 0
    assert house.state(key) == "in_review"
    (holder,) = house.ask("SELECT reviewer_id FROM review_claim")[0]
    assert holder == house.people.other_reviewer.id


@pytest.mark.parametrize("named", [False, True])
def test_a_steward_does_not_see_the_line_of_a_late_report_that_names_them(house: House, named: bool) -> None:
    people, side = house.people, house.side
    other = register(side.directory, side.sessions, "deputy", "Second Office", [Role.STEWARD])
    who = people.steward.organization if named else "Somebody else"
    key = house.submitted(entities={"deployers": [who]})
    house.clock.forward(days=40)
    assert side.reviewing.desk.missed.mark() == 1
    for steward, sees in ((people.steward, not named), (other, True)):
        late = side.reviewing.desk.missed.listed(steward)
        assert ([one.id for one in late.items], late.total) == ([key] if sees else [], 1)
    letters = {to for to, kind, _ in told(house) if kind == KINDS[Reader.STEWARD]}
    assert letters == {"deputy@example.org", *(() if named else {"steward@example.org"})}


def test_where_every_steward_is_named_all_of_them_are_told(house: House) -> None:
    house.submitted(entities={"deployers": [house.people.steward.organization]})
    house.clock.forward(days=40)
    house.side.reviewing.desk.missed.mark()
    assert {to for to, kind, _ in told(house) if kind == KINDS[Reader.STEWARD]} == {"steward@example.org"}


def test_nothing_is_done_on_a_database_that_was_opened_without_the_key(small_house: House) -> None:
    house = small_house
    key = house.submitted()
    house.private.carry("marks of parties", None)
    with pytest.raises(CommonsError, match="secret key"):
        house.side.reviews.read(house.people.reviewer, key)
    parties.carry(house.private, "test-" * 8)
    assert reads(house, house.people.reviewer, key)
