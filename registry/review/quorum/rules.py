"""Quorum as data: who has to agree on a report of which severity, and what follows from votes. Pure.

One reviewer decides on most reports. On severe ones two of different organizations have to agree;
where they do not, a third decides between them. Nobody is told how the others voted before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from registry.review.rules import Decision

SEVERITIES: Final = ("none", "minor", "moderate", "serious", "critical", "disaster")
"""Codes of the facet, from the least to the worst; ``unknown`` stands beside them."""
NEVER: Final = "never"
"""Setting of a node whose reviewers are all of one organization."""
STARTS: Final = (NEVER, *SEVERITIES)
"""What an operator may set: the least severity that needs two reviewers."""
TOGETHER: Final = 2
"""Reviewers who have to agree on a severe report."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one reviewer concludes; ``mark`` stands for what would be published, as the reviewer saw it."""

    reviewer_id: str
    organization_id: str
    decision: Decision
    mark: str


def needed(severity: Iterable[str], severe_from: str) -> int:
    """How many have to agree, by the codes of a report's severity (the worst counts)."""
    if severe_from == NEVER:
        return 1
    severe = SEVERITIES[SEVERITIES.index(severe_from) :]
    return TOGETHER if any(_level(code) in severe for code in severity) else 1


def counting(votes: Sequence[Vote], mark: str) -> list[Vote]:
    """The votes that still count: the newest of each reviewer, and no yes to something else.

    Who agreed did so to what would have been published then. Since a later reviewer hid less, hid
    more or coded it otherwise, somebody has to agree to that anew; a no stays a no.
    """
    newest = {vote.reviewer_id: vote for vote in votes}
    return [vote for vote in newest.values() if vote.decision is Decision.DECLINE or vote.mark == mark]


def outcome(votes: Sequence[Vote], together: int) -> Decision | None:
    """What is decided: the first thing on which enough agree; None while somebody is still needed.

    Several reviewers of one organization are one voice.
    """
    for decision in (Decision.ACCEPT, Decision.DECLINE):
        if len({vote.organization_id for vote in votes if vote.decision is decision}) >= together:
            return decision
    return None


def is_split(votes: Sequence[Vote]) -> bool:
    """Whether reviewers disagree."""
    return len({vote.decision for vote in votes}) > 1


def _level(code: str) -> str:
    return code.rpartition("/")[2]
