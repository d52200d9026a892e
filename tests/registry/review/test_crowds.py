"""Many reviewers at once, each a process of its own: no report is decided twice, and no vote is lost."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any, Final, TypeVar

import pytest

from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.errors import CommonsError, Unavailable
from registry.identity.rules import Actor, Role
from registry.intake.risk.deciding import RiskCheck
from registry.publication.targets import PublicTargets
from registry.record.crowd import RecordCrowd
from registry.review.coding.keeping import coded_newest
from registry.review.pools.service import OwnWork
from registry.review.service import Reviews
from registry.review.terms import ReviewTerms
from taxonomy import load
from tests.conftest import SettableClock
from tests.factories import account, register
from tests.registry.house import SECRET, House, carry, known_keys, parties

ACTIONS: Final = int(os.environ.get("COMMONS_ACTIONS", "200"))
"""Claims and conclusions in all; the bar is 10,000 by 20 reviewers (``make races``)."""
CROWD: Final = 20 if ACTIONS >= 10_000 else 4
ORGANIZATIONS: Final = 10
PATIENCE: Final = 100
"""Tries at a database that is too busy; SQLite serves whom it likes, not who waits longest."""
ACTIONS_EACH: Final = 3
"""What a report takes on average: one in two needs two reviewers."""
T = TypeVar("T")


def work(addresses: tuple[str, str], actor: Actor, number: int) -> Counter[str]:
    """One reviewer in a process: takes the next report and concludes, until nothing is left for them."""
    private, public = PrivateDatabase(addresses[0]), PublicDatabase(addresses[1])
    clock = SettableClock()
    carry(private, known_keys(clock))
    parties.carry(private, SECRET)
    risk = RiskCheck(RecordCrowd(public), 1, coded_newest)
    terms = ReviewTerms(severe_from="serious")
    reviews = Reviews(private, clock, risk, terms, PublicTargets(public))
    desk, done = OwnWork(private, clock, load(), reviews), Counter[str]()
    while (key := patiently(lambda: desk.take_next(actor), done)) is not None:
        done["claim"] += 1
        accept = (number + done["claim"]) % 7 != 0
        try:
            patiently(partial(_conclude, reviews, actor, key, accept=accept), done)
        except CommonsError as error:
            done[type(error).__name__] += 1
        else:
            done["conclude"] += 1
    private.close()
    public.close()
    return done


def patiently(act: Callable[[], T], done: Counter[str]) -> T:
    """Try again where the database was too busy, as the answer asks whoever gets it; count how often."""
    for _ in range(PATIENCE):
        try:
            return act()
        except Unavailable:
            done["busy"] += 1
    return act()


def _conclude(reviews: Reviews, actor: Actor, key: str, *, accept: bool) -> None:
    if accept:
        waiting = reviews.read(actor, key).personal.open
        reviews.decide_details(actor, key, {one.detail.thing: "keep" for one in waiting})
        reviews.accept(actor, key)
    else:
        reviews.decline(actor, key, "unsafe", "")


def _crowd(house: House) -> list[Actor]:
    side, found = house.side, []
    homes = [
        register(side.directory, side.sessions, f"r{one}", f"Review {one}", [Role.REVIEWER])
        for one in range(ORGANIZATIONS)
    ]
    found += homes
    for number in range(ORGANIZATIONS, CROWD):
        person = side.directory.add_person(f"r{number}@example.org", f"R{number}", "a long password")
        side.directory.grant(person, homes[number % ORGANIZATIONS].organization_id, [Role.REVIEWER])
        found.append(side.sessions.actor_of(person))
    return found[:CROWD]


@pytest.mark.timeout(3600)
def test_a_crowd_decides_every_report_once_and_loses_no_vote(
    house: House,
    addresses_with_people: tuple[tuple[str, str], Any],
    record_property: Callable[[str, Any], None],
) -> None:
    severe = {}
    for number in range(max(1, ACTIONS // ACTIONS_EACH)):
        raw = account()
        raw["classification"]["severity"] = [f"severity/{'serious' if number % 2 else 'minor'}"]
        severe[house.submitted(classification=raw["classification"])] = bool(number % 2)
    crowd = _crowd(house)
    with ProcessPoolExecutor(CROWD, mp_context=get_context("spawn")) as pool:
        works = [pool.submit(work, addresses_with_people[0], actor, n) for n, actor in enumerate(crowd)]
        done = sum((each.result() for each in works), Counter[str]())
    steps = Counter(dict(house.ask("SELECT action, COUNT(*) FROM audit_event GROUP BY action")))
    told = {name: steps[name] for name in ("claim", "vote", "split", "accept", "decline")}
    record_property("figures", f"{CROWD} reviewers: {dict(sorted(done.items()))}; in the trail: {told}")
    assert done["conclude"] == steps["accept"] + steps["decline"] + steps["vote"], "no vote is lost"
    assert done["claim"] == steps["claim"]
    decided = house.ask(
        "SELECT s.id, s.state, d.decision, COUNT(*), COUNT(DISTINCT d.organization_id) FROM submission s"
        " LEFT JOIN review_decision d ON d.submission_id = s.id GROUP BY s.id, s.state, d.decision"
    )
    assert len(decided) == len(severe), "each report is decided one way"
    for key, state, decision, count, organizations in decided:
        expected = {"accept": "accepted", "decline": "declined", None: "submitted"}[decision]
        assert state == expected
        if decision is not None:
            assert count == organizations == (2 if severe[key] else 1)
