"""Who reads a personal detail: the whole table, and what it can never say."""

from __future__ import annotations

from itertools import product

import pytest

from registry.intake.personal.rules import CHOICES, REVIEWER_CHOICES, Choice, Verdict, preset, verdict

HIDE, REVIEWERS, KEEP = Choice.HIDE, Choice.REVIEWERS, Choice.KEEP
HIDDEN = Verdict(reviewers_read=False, public_reads=False, decided=True)
REVIEWERS_ONLY = Verdict(reviewers_read=True, public_reads=False, decided=True)
OPEN = Verdict(reviewers_read=True, public_reads=False, decided=False)
CUT = Verdict(reviewers_read=True, public_reads=False, decided=True)
PUBLIC = Verdict(reviewers_read=True, public_reads=True, decided=True)

TABLE: dict[tuple[bool, Choice | None], dict[Choice | None, Verdict]] = {
    (True, None): {None: HIDDEN, HIDE: HIDDEN, KEEP: HIDDEN},
    (True, HIDE): {None: HIDDEN, HIDE: HIDDEN, KEEP: HIDDEN},
    (True, REVIEWERS): {None: REVIEWERS_ONLY, HIDE: REVIEWERS_ONLY, KEEP: REVIEWERS_ONLY},
    (True, KEEP): {None: OPEN, HIDE: CUT, KEEP: PUBLIC},
    (False, None): {None: OPEN, HIDE: CUT, KEEP: PUBLIC},
    (False, HIDE): {None: HIDDEN, HIDE: HIDDEN, KEEP: HIDDEN},
    (False, REVIEWERS): {None: REVIEWERS_ONLY, HIDE: REVIEWERS_ONLY, KEEP: REVIEWERS_ONLY},
    (False, KEEP): {None: OPEN, HIDE: CUT, KEEP: PUBLIC},
}
"""(certain, organization) → reviewer → who reads it."""
ALL = [
    (certain, organization, reviewer)
    for certain, organization, reviewer in product((True, False), (None, *Choice), (None, *REVIEWER_CHOICES))
]


@pytest.mark.parametrize(("certain", "organization", "reviewer"), ALL)
def test_the_table(certain: bool, organization: Choice | None, reviewer: Choice | None) -> None:
    assert verdict(certain, organization, reviewer) == TABLE[certain, organization][reviewer]


def test_the_table_is_whole() -> None:
    assert len(ALL) == sum(map(len, TABLE.values())) == 2 * 4 * 3


@pytest.mark.parametrize(("certain", "organization", "reviewer"), ALL)
def test_the_public_reads_only_what_both_sides_let_through(
    certain: bool, organization: Choice | None, reviewer: Choice | None
) -> None:
    found = verdict(certain, organization, reviewer)
    assert not found.public_reads or (found.reviewers_read and found.decided and reviewer is KEEP)
    assert not found.public_reads or organization is KEEP or (organization is None and not certain)


def test_what_is_certain_is_hidden_and_what_is_doubtful_waits() -> None:
    assert (preset(True), preset(False)) == (HIDE, None)
    assert set(CHOICES) == set(Choice)
    assert set(REVIEWER_CHOICES) == {HIDE, KEEP}
