"""Quorum as rules: every severity against every setting, and every course of up to three votes."""

from __future__ import annotations

import itertools

import pytest

from registry.errors import SettingError
from registry.review.quorum.rules import NEVER, SEVERITIES, STARTS, Vote, counting, is_split, needed, outcome
from registry.review.rules import Decision
from registry.review.terms import ReviewTerms
from taxonomy import load

YES, NO = Decision.ACCEPT, Decision.DECLINE
COURSES = {
    (YES,): None,
    (NO,): None,
    (YES, YES): YES,
    (NO, NO): NO,
    (YES, NO): None,
    (NO, YES): None,
    (YES, NO, YES): YES,
    (YES, NO, NO): NO,
    (NO, YES, YES): YES,
    (NO, YES, NO): NO,
}
"""Votes of different reviewers → what is decided, where two have to agree."""


def votes(*decisions: Decision, mark: str = "m") -> list[Vote]:
    return [Vote(f"r{n}", f"o{n}", decision, mark) for n, decision in enumerate(decisions)]


def test_the_severities_are_those_of_the_taxonomy() -> None:
    codes = {code.rpartition("/")[2] for code in load().facets["severity"].values}
    assert codes == {*SEVERITIES, "unknown"}


@pytest.mark.parametrize(("start", "level"), list(itertools.product(STARTS, [*SEVERITIES, "unknown"])))
def test_how_many_have_to_agree(start: str, level: str) -> None:
    severe = start != NEVER and level != "unknown" and SEVERITIES.index(level) >= SEVERITIES.index(start)
    assert needed([f"severity/{level}"], start) == (2 if severe else 1)


def test_the_worst_code_counts_and_none_is_not_severe() -> None:
    assert needed(["severity/minor", "severity/critical"], "serious") == 2
    assert needed([], "none") == 1


@pytest.mark.parametrize(("course", "expected"), list(COURSES.items()))
def test_what_votes_decide(course: tuple[Decision, ...], expected: Decision | None) -> None:
    assert outcome(votes(*course), 2) == expected
    assert is_split(votes(*course)) == (len(set(course)) == 2)


@pytest.mark.parametrize("decision", [YES, NO])
def test_one_vote_is_enough_where_one_decides(decision: Decision) -> None:
    assert outcome(votes(decision), 1) == decision


@pytest.mark.parametrize("decision", [YES, NO])
def test_reviewers_of_one_organization_are_one_voice(decision: Decision) -> None:
    cast = [Vote("r0", "o0", decision, "m"), Vote("r1", "o0", decision, "m")]
    assert outcome(cast, 2) is None
    assert outcome([*cast, Vote("r2", "o1", decision, "m")], 2) == decision


def test_three_votes_always_decide() -> None:
    for course in itertools.product([YES, NO], repeat=3):
        assert outcome(votes(*course), 2) is not None


def test_a_yes_counts_for_what_it_was_given_to_and_a_no_stays_a_no() -> None:
    cast = [*votes(YES, NO, mark="before"), Vote("r2", "o2", YES, "now")]
    assert [(vote.reviewer_id, vote.decision) for vote in counting(cast, "now")] == [("r1", NO), ("r2", YES)]


def test_the_newest_vote_of_a_reviewer_counts() -> None:
    cast = [Vote("r", "o", YES, "before"), Vote("r", "o", YES, "now")]
    assert counting(cast, "now") == [cast[1]]


def test_an_unknown_severity_is_no_setting() -> None:
    with pytest.raises(SettingError) as refused:
        ReviewTerms(severe_from="severe")
    assert refused.value.facts["name"] == "severe_from"
