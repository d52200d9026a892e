"""Publishing for others: the way from a request to a record that leads to nobody else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict, Invalid, NotFound, Stale
from registry.identity.rules import Role
from registry.intake.identities.rules import LENT, Identity, OfferState
from registry.intake.rules import State
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.attachments.desk import WORDS, attach
from tests.registry.intake.identities.asking import (
    RIVER,
    accept,
    asked,
    choose,
    contributor,
    in_queue,
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


@pytest.mark.parametrize("taken", [False, True], ids=["asked", "taken"])
def test_what_a_report_carries_is_hidden_with_it(house: House, taken: bool) -> None:
    """Files and additions: from everybody until it is taken over, from its publisher for good."""
    side, key = house.side, asked(house, submit=False)
    one = attach(house, key).item
    side.intake.submit(house.people.member, key)
    side.following.add(house.people.member, key, "It happened again.")
    publisher = join(house, "river-reviewer", house.people.other_member, Role.REVIEWER)
    if taken:
        take(house, key)
        assert side.reviewing.evidence.content(house.people.reviewer, key, one.id).data == WORDS
        assert len(side.following.for_reviewers(house.people.reviewer, key, "en")) == 1
    for reader in (publisher,) if taken else (publisher, house.people.reviewer):
        with pytest.raises(NotFound):
            side.reviewing.evidence.of(reader, key)
        with pytest.raises(NotFound):
            side.reviewing.evidence.content(reader, key, one.id)
        with pytest.raises(NotFound):
            side.following.for_reviewers(reader, key, "en")


def test_it_reaches_reviewers_only_once_it_is_taken_over(house: House) -> None:
    key, reviews, reviewer = asked(house), house.side.reviews, house.people.reviewer
    assert not in_queue(house, key)
    assert house.side.queue.counts(reviewer).states()[State.SUBMITTED] == 0
    for act in (reviews.read, reviews.claim):
        with pytest.raises(NotFound):
            act(reviewer, key)
    take(house, key, "named")
    assert in_queue(house, key)
    assert house.side.queue.counts(reviewer).states()[State.SUBMITTED] == 1
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
