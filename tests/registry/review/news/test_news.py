"""Letters about reports: who is told of which step, how soon, and that they never say what a report tells."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from registry.errors import Invalid
from registry.identity.rules import Actor
from registry.identity.tenants.rules import OPERATOR
from registry.intake.rules import Action, State
from registry.outbox import OutboxJob
from registry.publication.changing import CHANGED
from registry.review.news.letters import KINDS, READERS
from registry.review.news.models import NewsItem
from registry.review.news.rules import STEPS, News, Reader, Rhythm, Wish, told_of
from tests.registry.house import House
from tests.registry.review.test_following import brought_to

SENDER, REVIEWER, STEWARD = (KINDS[reader] for reader in Reader)


def told(house: House) -> list[tuple[str, str, dict[str, str]]]:
    """Address, kind and facts of every letter that would be written now, in the order of their making."""
    house.side.reviewing.news.run()
    kinds = KINDS.values()
    with house.private.read() as session:
        jobs = session.scalars(select(OutboxJob).where(OutboxJob.kind.in_(kinds)))
        made = [(job.not_before, job.kind, dict(job.payload)) for job in jobs]
        asked = sorted(made, key=lambda job: (job[0], job[1], sorted(job[2].items())))
    found = [house.side.reviewing.news.letter(kind, payload) for _, kind, payload in asked]
    return [(one.to, one.kind, dict(one.facts)) for one in found if one is not None]


def choose(house: House, actor: Actor, rhythm: Rhythm) -> None:
    assert house.side.reviewing.news.choose(actor, rhythm.value) is rhythm
    assert house.side.reviewing.news.rhythm(actor) is rhythm


def waiting(house: House) -> int:
    with house.private.read() as session:
        return session.scalar(select(func.count()).select_from(NewsItem)) or 0


ENDS: dict[State, list[News]] = {
    State.DRAFT: [],
    State.SUBMITTED: [],
    State.IN_REVIEW: [],
    State.CHANGES_REQUESTED: [News.CHANGES_WANTED],
    State.ACCEPTED: [News.ACCEPTED],
    State.SCHEDULED: [News.ACCEPTED],
    State.PUBLISHED: [News.ACCEPTED, News.PUBLISHED],
    State.DECLINED: [News.DECLINED],
    State.APPEALED: [News.DECLINED],
    State.WITHDRAWN: [],
}
"""State → what its author was told at once on the way there."""


@pytest.mark.parametrize(("state", "news"), ENDS.items())
def test_whoever_sent_a_report_is_told_of_its_steps_and_nothing_else(
    house: House, state: State, news: list[News]
) -> None:
    brought_to(house, state)
    expected = {one.value: "1" for one in news}
    found = told(house)
    assert found == ([("member@example.org", SENDER, expected)] if news else [])
    assert told(house) == found, "nobody is told twice"
    assert waiting(house) == 0


@pytest.mark.parametrize("upheld", [True, False])
def test_whoever_appealed_is_told_of_the_outcome(house: House, upheld: bool) -> None:
    key, _ = brought_to(house, State.APPEALED)
    house.side.reviews.claim(house.people.other_reviewer, key)
    appeals = house.side.reviewing.appeals
    told(house)
    house.clock.forward(seconds=60)
    if upheld:
        appeals.uphold(house.people.other_reviewer, key)
    else:
        appeals.reject(house.people.other_reviewer, key, "reason-holds", "It holds.")
    outcome = News.APPEAL_UPHELD if upheld else News.APPEAL_REJECTED
    letters = [facts for _, kind, facts in told(house) if kind == SENDER]
    assert {outcome.value: "1"} in letters


def test_each_step_is_one_of_the_trail_and_each_news_has_one_reader() -> None:
    assert {action.value for action in Action} | {"submit again", "give", "escalate", CHANGED} >= set(STEPS)
    named = [news for each in STEPS.values() for _, news in each]
    assert set(named) == set(News)
    assert set(READERS) == set(News)


@pytest.mark.parametrize("rhythm", Rhythm)
def test_what_asks_nothing_of_anybody_waits_for_the_letter_of_a_day(rhythm: Rhythm) -> None:
    wanted = {news for news in News if Wish(rhythm).wants(news)}
    expected = {
        Rhythm.AT_ONCE: set(News) - {News.TAKEN_UP},
        Rhythm.DAILY: set(News),
        Rhythm.NEVER: set[News](),
    }
    assert wanted == expected[rhythm]


def test_a_day_comes_in_one_letter(house: House) -> None:
    choose(house, house.people.member, Rhythm.DAILY)
    for state in (State.PUBLISHED, State.DECLINED, State.DECLINED):
        brought_to(house, state)
    assert told(house) == []
    house.clock.forward(days=1)
    facts = {"taken-up": "3", "accepted": "1", "declined": "2", "published": "1"}
    assert told(house) == [("member@example.org", SENDER, facts)]
    brought_to(house, State.DECLINED)
    house.clock.forward(hours=23)
    assert len(told(house)) == 1
    house.clock.forward(hours=1)
    assert len(told(house)) == 2


def test_whoever_wants_no_letters_gets_none_also_of_what_was_still_to_be_told(house: House) -> None:
    choose(house, house.people.member, Rhythm.DAILY)
    brought_to(house, State.DECLINED)
    house.side.reviewing.news.run()
    assert waiting(house) == 2
    choose(house, house.people.member, Rhythm.NEVER)
    assert waiting(house) == 0
    brought_to(house, State.DECLINED)
    house.clock.forward(days=2)
    assert told(house) == []


def test_a_reviewer_is_told_of_what_became_of_a_report_that_they_hold(house: House) -> None:
    key, _ = brought_to(house, State.CHANGES_REQUESTED)
    house.side.intake.submit(house.people.member, key)
    house.side.intake.withdraw(house.people.member, key)
    letters = {kind: (to, facts) for to, kind, facts in told(house)}
    assert letters[REVIEWER] == ("reviewer@example.org", {"sent-again": "1", "taken-back": "1"})


def test_stewards_are_told_of_missed_targets(house: House) -> None:
    house.submitted()
    house.clock.forward(days=400)
    house.side.reviewing.desk.missed.mark()
    assert told(house) == [("steward@example.org", STEWARD, {"target-missed": "1"})]


def test_nobody_is_told_what_they_did_themselves(house: House) -> None:
    brought_to(house, State.WITHDRAWN)
    assert told(house) == []


def test_a_report_that_is_sent_for_the_first_time_is_news_for_nobody() -> None:
    assert told_of("submit", "draft") == ()
    assert told_of("submit", "changes_requested") == ((Reader.REVIEWER, News.SENT_AGAIN),)


def test_a_rhythm_that_is_none_is_refused(house: House) -> None:
    with pytest.raises(Invalid, match="rhythm"):
        house.side.reviewing.news.choose(house.people.member, "hourly")


def test_whoever_is_erased_is_told_no_more(house: House) -> None:
    brought_to(house, State.DECLINED)
    assert len(told(house)) == 1, "a letter is queued"
    choose(house, house.people.member, Rhythm.DAILY)
    brought_to(house, State.DECLINED)
    house.side.reviewing.news.run()
    assert waiting(house) == 2
    house.side.custody.erasure.erase_person(OPERATOR, house.people.member.id)
    assert (told(house), waiting(house)) == ([], 0)
