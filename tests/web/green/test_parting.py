"""A partner that stops, or lets us read no more: its copies here do not stay for ever."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from registry.errors import NotFound
from registry.federation.models import PeerRow
from registry.federation.rate import RATE
from registry.federation.rules import Mode
from registry.federation.standing import PeerState
from registry.publication.green.models import PartnerRow
from registry.publication.green.parting import (
    CONTRADICTED,
    NOT_FOLLOWED,
    NOT_YET,
    REFUSED_FOR,
    UNREAD_FOR,
    copies_go,
)
from tests.web.across.nodes import Place
from tests.web.green.sharing import green, pull, share, shared

Three = tuple[Place, Place, Place]
DAY = timedelta(days=1)


def read(places: Three) -> tuple[Place, Place, str]:
    """A record that north shares and east has read."""
    north, east, _ = places
    return north, east, shared(north, east)


def later(place: Place, days: timedelta) -> None:
    """As if the looks that failed had begun so much earlier. Signed requests go by this machine's time."""
    with place.town.side.database.work() as session:
        for row in session.query(PartnerRow):
            row.unread_at = row.unread_at and row.unread_at - days
            row.refused_at = row.refused_at and row.refused_at - days


def has(place: Place, record: str) -> bool:
    """Whether a copy is here, and on the page."""
    page = place.town.signed_in("member").open("/green").text
    try:
        green(place).records.read(record)
    except NotFound:
        assert record not in page
        return False
    assert record in page
    return True


def test_the_sooner_of_both_ends_counts() -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    assert REFUSED_FOR < UNREAD_FOR
    assert copies_go(None, None) is None
    assert copies_go(None, at) == at + UNREAD_FOR
    assert copies_go(at, at) == at + REFUSED_FOR
    assert copies_go(at, at - UNREAD_FOR) == at


def test_a_partner_that_lets_us_read_no_more_is_told_of_and_its_copies_go_in_time(places: Three) -> None:
    north, east, record = read(places)
    green(north).partners.end(east.short)
    assert pull(east, north).trouble == NOT_YET
    (partner,) = green(east).partners.every()
    assert partner.copies_go == (east.town.clock() + REFUSED_FOR).date()
    page = east.town.signed_in("member").open("/green").text
    assert "North Node does not let this node read" in page
    assert "forgets its copies" in page
    later(east, REFUSED_FOR - DAY)
    pull(east, north)
    assert has(east, record)
    later(east, DAY)
    assert pull(east, north).trouble == NOT_YET
    assert not has(east, record)
    (partner,) = green(east).partners.every()
    assert (partner.met, partner.copies_go) == (False, None)
    assert has(north, record)


def test_what_was_forgotten_is_read_again_when_the_partner_lets_us(places: Three) -> None:
    north, east, record = read(places)
    green(north).partners.end(east.short)
    pull(east, north)
    later(east, REFUSED_FOR)
    pull(east, north)
    assert not has(east, record)
    green(north).partners.grant(east.short)
    assert pull(east, north).trouble == ""
    assert has(east, record)
    (partner,) = green(east).partners.every()
    assert (partner.trouble, partner.unread, partner.copies_go) == ("", None, None)
    assert "does not let" not in east.town.signed_in("member").open("/green").text


def test_one_good_look_begins_the_count_anew(places: Three) -> None:
    north, east, record = read(places)
    for _ in range(2):
        green(north).partners.end(east.short)
        pull(east, north)
        later(east, REFUSED_FOR - DAY)
        green(north).partners.grant(east.short)
        assert pull(east, north).trouble == ""
    assert has(east, record)


@pytest.mark.parametrize("mode", [Mode.BLOCKED, None])
def test_copies_of_a_partner_that_is_not_read_go_after_longer(places: Three, mode: Mode | None) -> None:
    """Blocked here, or its log for partners contradicted itself: nobody hears of its erasures either."""
    north, east, record = read(places)
    if mode is None:
        with green(east).database.work() as session:
            session.get_one(PeerRow, green(north).identity.short).state = PeerState.FROZEN.value
    else:
        east.set_mode(north, mode)
    assert pull(east, north).trouble == (CONTRADICTED if mode is None else NOT_FOLLOWED)
    page = east.town.signed_in("member").open("/green").text
    assert "cannot be read here since" in page
    later(east, UNREAD_FOR - DAY)
    pull(east, north)
    assert has(east, record)
    later(east, DAY)
    pull(east, north)
    assert not has(east, record)
    assert bool(green(east).partners.every()) is (mode is not None)


def test_a_partner_that_shares_more_than_a_day_takes_is_read_all_the_same(places: Three) -> None:
    north, east, record = read(places)
    with green(east).database.work() as session:
        session.get_one(PeerRow, green(north).identity.short).max_rate = 1
    for number in range(3):
        share(north, f"One more, {number}")
    assert pull(east, north).trouble == RATE
    (partner,) = green(east).partners.every()
    assert (partner.trouble, partner.unread, partner.copies_go) == (RATE, None, None)
    assert has(east, record)


def test_what_was_begun_and_not_ended_is_cleared_at_the_next_look(places: Three) -> None:
    """Killed between the two databases, ending a partner leaves copies that are no partner's."""
    north, east, record = read(places)
    with east.town.side.database.work() as session:
        session.get_one(PartnerRow, north.id).green_id = None
    green(east).partners.tidy()
    assert not has(east, record)
    assert pull(east, north).trouble == ""
    assert has(east, record)
