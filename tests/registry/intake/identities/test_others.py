"""Publishing for others: the way from a request to a record that leads to nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from registry.identity.models import Organization
from registry.identity.rules import Actor, OrganizationState, Role
from registry.identity.tenants.rules import OPERATOR
from registry.intake.identities.rules import LENT, REASON_MAX, Identity, OfferState
from registry.intake.rules import State
from tests.factories import account
from tests.registry.house import House, at_once
from tests.registry.intake.identities.asking import (
    RIVER,
    accept,
    asked,
    choose,
    contributor,
    in_queue,
    member_of_review,
    offer_of,
    refuse,
    take,
    wish,
)
from tests.registry.neighbours import join

SHOWN = {"named": RIVER, "descriptor": "an organization like Rive"}
OURS = ("Lake Health", "an organization like Lake", "member@example.org", "Member")


@pytest.mark.parametrize("lends", LENT)
def test_the_record_carries_the_publisher_and_nothing_of_who_asked(house: House, lends: Identity) -> None:
    key = asked(house)
    take(house, key, lends)
    accept(house, key)
    house.side.publication.publish_batch()
    assert contributor(house, key) == SHOWN[lends]
    told = repr([tuple(row) for row in house.ask_public("SELECT * FROM record_version")])
    assert not [word for word in OURS if word in told]
    (line,) = house.side.identities.others.page(house.people.other_member).items
    assert line.record_id == house.side.intake.read(house.people.member, key).summary.record_id


def test_it_reaches_reviewers_only_once_it_is_taken_over(house: House) -> None:
    key, reviews, reviewer = asked(house), house.side.reviews, house.people.reviewer
    assert not in_queue(house, key)
    assert house.side.queue.counts(reviewer)[State.SUBMITTED] == 0
    for act in (reviews.read, reviews.claim):
        with pytest.raises(NotFound):
            act(reviewer, key)
    take(house, key, "named")
    assert in_queue(house, key)
    assert house.side.queue.counts(reviewer)[State.SUBMITTED] == 1
    seen = reviews.read(reviewer, key)
    assert seen.contributor == SHOWN["descriptor"], "reviewers read no name"
    assert not [word for word in (*OURS[:2], RIVER) if word in repr(seen)]


def test_nobody_of_either_organization_examines_it(house: House) -> None:
    """Nor of one that was asked before and refused: they have read it as somebody's request."""
    publisher = join(house, "river-reviewer", house.people.other_member, Role.REVIEWER)
    own = join(house, "lake-reviewer", house.people.member, Role.REVIEWER)
    key = asked(house)
    take(house, key)
    for reviewer in (publisher, own):
        assert not in_queue(house, key, reviewer)
        with pytest.raises(NotFound):
            house.side.reviews.claim(reviewer, key)
    refuse(house, key)
    choose(house, key, Identity.DESCRIPTOR)
    assert not in_queue(house, key, publisher)
    with pytest.raises(NotFound):
        house.side.reviews.read(publisher, key)
    assert in_queue(house, key)


def test_a_report_about_the_publisher_is_not_published_by_it(house: House) -> None:
    raw = {"entities": {"deployers": [f" {RIVER.upper()} "]}}
    with pytest.raises(Invalid) as refused:
        asked(house, entities=raw["entities"])
    assert [problem.pointer for problem in refused.value.problems] == ["/publisher"]
    assert house.ask("SELECT count(*) FROM submission")[0][0] == 0, "nothing is kept of a refused request"
    key = asked(house, submit=False)
    house.side.intake.revise(house.people.member, key, account(**raw), expected=None)
    house.side.intake.submit(house.people.member, key)
    assert house.side.identities.others.read(house.people.other_member, offer_of(house, key)).about_oneself
    with pytest.raises(Conflict):
        take(house, key)
    refuse(house, key)


def test_the_publisher_reads_what_the_public_would(house: House) -> None:
    text = "Amina Yusuf wrote to amina@clinic.example and called +254 712 345678 about the dose."
    key = asked(house, wish(tell=False, message="A word to you."), text=text)
    view = house.side.identities.others.read(house.people.other_member, offer_of(house, key))
    for hidden in ("amina@clinic.example", "712 345678", "Amina Yusuf"):
        assert hidden not in repr(view)
    assert "[EMAIL-1]" in view.account.text
    assert (view.message, view.line.asker, view.name) == ("A word to you.", "", RIVER)
    assert not [word for word in OURS if word in repr(view)]
    choose(house, key, wish(tell=True))
    told = house.side.identities.others.read(house.people.other_member, offer_of(house, key))
    assert told.line.asker == "Lake Health"


def test_a_draft_is_nobody_elses(house: House) -> None:
    key, others = asked(house, submit=False), house.side.identities.others
    assert others.page(house.people.other_member).items == ()
    assert not others.waiting(house.people.other_member)
    with pytest.raises(NotFound):
        others.read(house.people.other_member, offer_of(house, key))
    house.side.intake.submit(house.people.member, key)
    assert [one.state for one in others.page(house.people.other_member).items] == [OfferState.OFFERED]
    assert others.waiting(house.people.other_member)


ENDS: dict[str, Callable[[House, str], object]] = {
    "recalled": lambda house, key: choose(house, key, Identity.HIDDEN),
    "asked elsewhere": lambda house, key: choose(house, key, wish("Fair Review")),
    "withdrawn": lambda house, key: house.side.intake.withdraw(house.people.member, key),
    "refused": refuse,
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("taken", [False, True])
def test_what_ended_is_gone_for_the_publisher(house: House, end: str, taken: bool) -> None:
    key, others, publisher = asked(house), house.side.identities.others, house.people.other_member
    offer = offer_of(house, key)
    if taken:
        take(house, key)
    ENDS[end](house, key)
    assert others.page(publisher).items == ()
    for act in (
        lambda: others.read(publisher, offer),
        lambda: others.take(publisher, offer, "named", version=None),
        lambda: others.refuse(publisher, offer, "No."),
    ):
        with pytest.raises((NotFound, Conflict)):
            act()


def test_a_refusal_never_falls_back_to_ones_own_description(house: House) -> None:
    key = asked(house)
    take(house, key)
    accept(house, key)
    refuse(house, key, "  We cannot\nanswer for it. ")
    assert house.side.publication.publish_batch() == []
    assert house.state(key) == "accepted"
    view = house.side.identities.naming.of(house.people.member, key)
    assert (view.identity, view.shown, view.waiting) == (Identity.DELEGATED, "", True)
    assert view.offer is not None
    assert (view.offer.state, view.offer.reason) == (OfferState.REFUSED, "We cannot\nanswer for it.")
    choose(house, key, Identity.HIDDEN)
    house.clock.forward(hours=1)
    assert house.side.publication.batch_is_due()
    house.side.publication.publish_batch()
    assert contributor(house, key) == ""


def test_a_changed_report_has_to_be_taken_over_again(house: House) -> None:
    """Nobody's name stands under words that they have not read."""
    key, member, reviewer = asked(house), house.people.member, house.people.reviewer
    take(house, key, "named")
    house.side.reviews.claim(reviewer, key)
    house.side.reviews.request_changes(reviewer, key, "Say more.")
    house.side.intake.revise(member, key, account(title="Quite another story"), expected=None)
    house.side.intake.submit(member, key)
    house.side.reviews.accept(reviewer, key)
    assert house.side.publication.publish_batch() == []
    others = house.side.identities.others
    seen = others.read(house.people.other_member, offer_of(house, key))
    assert (seen.line.again, seen.account.title, seen.version) == (True, "Quite another story", 2)
    with pytest.raises(Stale):
        others.take(house.people.other_member, offer_of(house, key), "named", version=1)
    others.take(house.people.other_member, offer_of(house, key), "descriptor", version=2)
    house.clock.forward(hours=1)
    assert house.side.publication.batch_is_due()
    house.side.publication.publish_batch()
    assert contributor(house, key) == SHOWN["descriptor"]


def test_nothing_can_be_answered_once_it_is_on_its_way(house: House) -> None:
    key, others, publisher = asked(house), house.side.identities.others, house.people.other_member
    take(house, key)
    accept(house, key)
    house.side.publication.reserve()
    for act in (lambda: take(house, key), lambda: refuse(house, key)):
        with pytest.raises(Conflict):
            act()
    assert not others.read(publisher, offer_of(house, key)).decidable
    house.side.publication.publish_batch()
    assert contributor(house, key) == SHOWN["descriptor"]


@pytest.mark.parametrize("reason", ["", "  \n", "x" * (REASON_MAX + 1), "\x00"])
def test_a_refusal_has_a_reason_of_some_length(small_house: House, reason: str) -> None:
    key = asked(small_house)
    with pytest.raises(Invalid) as refused:
        refuse(small_house, key, reason)
    assert [problem.pointer for problem in refused.value.problems] == ["/reason"]


@pytest.mark.parametrize("lends", ["", "hidden", "delegated", "nobody"])
def test_a_publisher_lends_its_name_or_its_description(small_house: House, lends: str) -> None:
    key = asked(small_house)
    with pytest.raises(Invalid) as refused:
        take(small_house, key, lends)
    assert [problem.pointer for problem in refused.value.problems] == ["/identity"]
    assert not in_queue(small_house, key)


def test_only_the_organization_that_is_asked_answers(house: House) -> None:
    key, others = asked(house), house.side.identities.others
    offer = offer_of(house, key)
    stranger = member_of_review(house)
    for actor in (house.people.member, stranger):
        assert others.page(actor).items == ()
        for missing in (offer, "0" * 32):
            with pytest.raises(NotFound):
                others.read(actor, missing)
            with pytest.raises(NotFound):
                others.take(actor, missing, "named", version=None)
            with pytest.raises(NotFound):
                others.refuse(actor, missing, "No.")
    for outsider in (house.people.reviewer, house.people.steward):
        with pytest.raises(NotAllowed):
            others.page(outsider)
        with pytest.raises(NotAllowed):
            others.read(outsider, offer)
        assert not others.waiting(outsider)


@pytest.mark.parametrize("name", ["Nobody At All", "Lake Hea1th", "open review"])
def test_asking_does_not_tell_who_is_here_or_who_reviews(house: House, name: str) -> None:
    """Whether nobody is called so, or they examine the report: it looks as if they did not answer."""
    key = house.claimed()
    choose(house, key, wish(name))
    view = house.side.identities.naming.of(house.people.member, key)
    assert view.offer is not None
    assert (view.offer.publisher, view.offer.state) == (name, OfferState.OFFERED)
    assert house.side.identities.others.page(member_of_review(house)).items == ()
    house.side.reviews.read(house.people.reviewer, key)  # whoever examines it goes on


def test_a_name_is_found_in_any_case(house: House) -> None:
    asked(house, wish("  river   SCHOOLS "))
    assert len(house.side.identities.others.page(house.people.other_member).items) == 1


def test_while_the_publisher_is_suspended_its_name_is_not_used(house: House) -> None:
    key = asked(house)
    take(house, key, "named")
    accept(house, key)
    _stand(house, house.people.other_member, OrganizationState.SUSPENDED)
    assert house.side.publication.publish_batch() == []
    _stand(house, house.people.other_member, OrganizationState.ACTIVE)
    house.side.publication.publish_batch()
    assert contributor(house, key) == RIVER


def test_when_the_publisher_leaves_its_requests_count_as_refused(house: House) -> None:
    waiting, done = asked(house), asked(house, title="Long published")
    take(house, done)
    accept(house, done)
    house.side.publication.publish_batch()
    take(house, waiting)
    house.side.custody.erasure.erase_organization(OPERATOR, house.people.other_member.organization_id, RIVER)
    view = house.side.identities.naming.of(house.people.member, waiting)
    assert view.offer is not None
    assert (view.offer.state, view.offer.publisher, view.waiting) == (OfferState.REFUSED, "", True)
    rows = house.ask("SELECT count(*) FROM report_offer WHERE submission_id = :key", key=done)
    assert rows[0][0] == 0, "nobody can look up any more for whom it published"
    assert contributor(house, done) == SHOWN["descriptor"]


def test_a_publisher_cannot_leave_while_its_name_goes_through_the_door(house: House) -> None:
    key = asked(house)
    take(house, key, "named")
    accept(house, key)
    house.side.publication.reserve()
    with pytest.raises(Conflict):
        house.side.custody.erasure.erase_organization(
            OPERATOR, house.people.other_member.organization_id, RIVER
        )
    house.side.publication.publish_batch()
    assert contributor(house, key) == RIVER


def test_when_the_one_that_asks_leaves_nothing_of_it_stays(house: House) -> None:
    asked(house, wish(message="Only between us."))
    house.side.custody.erasure.erase_organization(
        OPERATOR, house.people.member.organization_id, "Lake Health"
    )
    assert house.ask("SELECT count(*) FROM report_offer")[0][0] == 0
    assert house.side.identities.others.page(house.people.other_member).items == ()


def test_of_answers_at_once_the_last_word_is_one(house: House) -> None:
    """Taking, refusing and recalling at the same time: the book and the row tell one story."""
    key = asked(house)
    offer, publisher, others = offer_of(house, key), house.people.other_member, house.side.identities.others
    acts: list[Callable[[], object]] = [
        lambda: others.take(publisher, offer, "named", version=None),
        lambda: others.refuse(publisher, offer, "No."),
        lambda: choose(house, key, Identity.HIDDEN),
    ]
    at_once(6, lambda number: acts[number % 3]())
    state = house.ask("SELECT state FROM report_offer WHERE id = :key", key=offer)[0][0]
    trail = house.ask(
        "SELECT action, new FROM audit_event WHERE subject = 'offer' AND subject_id = :key ORDER BY id",
        key=offer,
    )
    assert trail[-1][1] == state
    assert [row[0] for row in trail].count("refuse") + [row[0] for row in trail].count("recall") == 1


def test_of_asking_at_once_one_request_stands(house: House) -> None:
    key = house.submitted()
    names = (RIVER, "Fair Review", "Open Review", "Nobody")
    at_once(4, lambda number: choose(house, key, wish(names[number])))
    rows = house.ask("SELECT count(*) FROM report_offer WHERE state IN ('offered', 'taken')")
    assert rows[0][0] == 1


def test_lists_go_on_where_they_ended(house: House) -> None:
    keys = []
    for number in range(5):
        keys.append(offer_of(house, asked(house, title=f"report number {number}")))
        house.clock.forward(minutes=number % 2)
    found: list[str] = []
    cursor = None
    while True:
        page = house.side.identities.others.page(house.people.other_member, cursor=cursor, limit=2)
        found += [one.id for one in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert (sorted(found), len(found)) == (sorted(keys), 5)
    with pytest.raises(Invalid):
        house.side.identities.others.page(house.people.other_member, limit=0)
    with pytest.raises(Invalid):
        house.side.identities.others.page(house.people.other_member, cursor="nonsense")


def _stand(house: House, actor: Actor, state: OrganizationState) -> None:
    with house.private.work() as session:
        session.get_one(Organization, actor.organization_id).state = state.value
