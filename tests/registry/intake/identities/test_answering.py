"""Answers to requests to publish: who may give them, in what words, and what ends them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.identity.models import Organization
from registry.identity.rules import Actor, OrganizationState
from registry.identity.tenants.rules import OPERATOR
from registry.intake.identities.rules import REASON_MAX, Identity, OfferState
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
    assert contributor(house, done) == "an organization like Rive"


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
