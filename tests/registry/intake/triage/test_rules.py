"""Every way through the short questions, by an oracle that knows no table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from registry.intake.triage.rules import BY_NAME, FIRST, QUESTIONS, TABLE, Outcome, Reply, decide
from taxonomy import load

YES, NO, UNSURE = Reply.YES, Reply.NO, Reply.UNSURE
LEVELS = {
    "community": "disaster",
    "life": "critical",
    "grave": "serious",
    "help": "moderate",
    "anyone": "minor",
}
"""Question on severity → slug of what a yes means, the worst first."""
TAXONOMY = load()


def ways(given: dict[str, str] | None = None) -> Iterator[tuple[dict[str, str], Outcome]]:
    """Every sequence of replies to the questions that are put, with what it comes to."""
    given = given or {}
    outcome = decide(given)
    if outcome.ask is None:
        yield given, outcome
        return
    for reply in Reply:
        yield from ways({**given, outcome.ask.name: reply.value})


WAYS = list(ways())


def kind_by_hand(said: dict[str, str]) -> str | None:
    if said["ai"] == NO:
        return None
    if said["harm"] != NO:
        return "kind/incident" if said["harm"] == YES else "kind/suspected"
    if said["close"] == YES:
        return "kind/near-miss"
    return None if said["danger"] == NO else "kind/hazard"


def severity_by_hand(said: dict[str, str]) -> str | None:
    if kind_by_hand(said) is None:
        return None
    for question, slug in LEVELS.items():
        if said.get(question) == YES:
            return f"severity/{slug}"
    return "severity/unknown" if UNSURE in [said[question] for question in LEVELS] else "severity/none"


def test_every_question_and_reply_has_its_row() -> None:
    assert set(TABLE) == {(question.name, reply) for question in QUESTIONS for reply in Reply}
    assert all(row.then is None or row.then in BY_NAME for row in TABLE.values())


def test_codes_are_the_taxonomys_and_all_of_them_can_be_reached() -> None:
    found = {outcome.kind for _, outcome in WAYS} | {outcome.severity for _, outcome in WAYS}
    wanted = {*TAXONOMY.facets["kind"].values, *TAXONOMY.facets["severity"].values}
    assert found - {None} == wanted


def test_every_way_ends_in_the_kind_and_severity_of_the_definitions() -> None:
    assert len(WAYS) > 400
    for said, outcome in WAYS:
        assert (outcome.kind, outcome.severity) == (kind_by_hand(said), severity_by_hand(said)), said
        assert outcome.outside == (outcome.kind is None)
        assert outcome.asked == tuple(said)


def test_no_way_is_longer_than_there_are_questions() -> None:
    assert max(len(said) for said, _ in WAYS) <= len(QUESTIONS)
    assert min(len(said) for said, _ in WAYS) == 1


def test_every_way_says_why_and_nothing_twice() -> None:
    for said, outcome in WAYS:
        assert outcome.because
        assert len(set(outcome.because)) == len(outcome.because)
        worse = [said[question] for question in LEVELS if question in said]
        doubtful = UNSURE in worse[:-1]
        assert any("may be more severe" in sentence for sentence in outcome.because) == doubtful, said


def test_where_no_harm_was_done_nothing_says_that_it_was() -> None:
    for said, outcome in WAYS:
        if outcome.possible:
            assert not any(
                "Harm was done" in sentence or "cannot cope" in sentence for sentence in outcome.because
            )
            assert "Nobody was affected, so there is no severity." not in outcome.because
        assert outcome.possible == (outcome.kind in ("kind/near-miss", "kind/hazard")), said


def test_questions_on_severity_can_be_put_for_what_could_have_followed() -> None:
    assert [question.name for question in QUESTIONS if question.could] == list(LEVELS)


@pytest.mark.parametrize("rubbish", ["", "YES", "maybe", "yes\x00", "1"])
def test_a_reply_that_is_none_leaves_the_question_open(rubbish: str) -> None:
    assert decide({FIRST: rubbish}).ask == QUESTIONS[0]


def test_replies_that_were_not_asked_for_are_not_looked_at() -> None:
    outcome = decide({"life": "yes", "kind": "yes", "harm": "yes"})
    assert outcome.ask == QUESTIONS[0]
    assert outcome.kind is None
    assert decide({"ai": "no", "harm": "yes", "community": "yes"}).outside
