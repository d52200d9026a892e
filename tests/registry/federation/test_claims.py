"""Claims of a node that this test writes itself: what is not true of a record is not shown beside it."""

from __future__ import annotations

import pytest

from registry.federation.claims import SHOWN_OF_ONE
from registry.ledger.claims import Point, Related
from registry.ledger.hashing import leaf_hash
from tests.registry.federation.conftest import Here
from tests.registry.federation.other_node import OtherNode
from tests.registry.federation.relating import point, pull, relate, third_of


@pytest.fixture
def third(here: Here) -> OtherNode:
    """A third node that this one follows too."""
    return third_of(here)


def test_claims_are_shown_with_who_says_so(here: Here, third: OtherNode) -> None:
    (theirs,), (mine,) = here.other.publish(), third.publish()
    position = relate(third, Related("same-as", point(third, mine), point(here.other, theirs)))
    assert pull(here, third) == 0
    assert here.office.claims.about(mine) == []  # the other record is not here yet
    pull(here, here.other)
    for record in (mine, theirs):
        (said,) = here.office.claims.about(record)
        assert (said.node, said.node_name, said.position) == (third.identity.id, "Third Node", position)
        assert (said.relation, said.subject, said.object) == ("same-as", mine, theirs)


def test_a_claim_about_a_revision_that_never_was_is_not_shown(here: Here, third: OtherNode) -> None:
    (theirs,), (mine,) = here.other.publish(), third.publish()
    right = point(here.other, theirs)
    relate(third, Related("same-as", point(third, mine), Point(theirs, 1, leaf_hash(b"other").hex())))
    relate(third, Related("same-as", point(third, mine), Point(theirs, 2, right.leaf)))
    pull(here, here.other)
    assert pull(here, third) == 0
    assert here.office.claims.about(theirs) == []
    relate(third, Related("same-as", point(third, mine), right))
    pull(here, third)
    assert len(here.office.claims.about(theirs)) == 1


def test_nobody_speaks_for_a_record_of_somebody_else(here: Here, third: OtherNode) -> None:
    one, two = here.other.publish(2)
    (mine,) = third.publish()
    relate(third, Related("same-as", point(here.other, one), point(third, mine)))
    relate(third, Related("same-as", point(here.other, one), point(here.other, two)))
    pull(here, here.other)
    assert pull(here, third) == 2
    assert here.office.claims.about(one) == []


def test_only_the_log_that_said_it_takes_it_back(here: Here, third: OtherNode) -> None:
    (theirs,), (mine,) = here.other.publish(), third.publish()
    said = Related("same-as", point(third, mine), point(here.other, theirs))
    position = relate(third, said)
    answer = Related("same-as", point(here.other, theirs), point(third, mine), withdraws=position)
    relate(here.other, answer)
    for node in (third, here.other):
        assert pull(here, node) == 0
    assert len(here.office.claims.about(theirs)) == 1
    relate(third, Related(said.relation, said.subject, said.object, withdraws=position))
    pull(here, third)
    assert here.office.claims.about(theirs) == []


def test_one_node_does_not_shout_others_down(here: Here, third: OtherNode) -> None:
    (theirs,) = here.other.publish()
    for mine in third.publish(SHOWN_OF_ONE + 3):
        relate(third, Related("same-as", point(third, mine), point(here.other, theirs)))
    for node in (third, here.other):
        pull(here, node)
    assert len(here.office.claims.about(theirs)) == SHOWN_OF_ONE
