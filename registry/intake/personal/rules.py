"""What becomes of a personal detail. Pure.

The organization chooses first, before sending; the reviewer then decides about everything that the
organization would let the public read, or left to them. Nobody can bring back what the organization
hid, nor publish what it shows to reviewers only, and what nobody decided stays hidden.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.errors import N_


class Choice(StrEnum):
    """What may be chosen for a detail."""

    HIDE = "hide"
    REVIEWERS = "reviewers"
    KEEP = "keep"


CHOICES: dict[Choice, str] = {
    Choice.HIDE: N_("Hide it from everybody"),
    Choice.REVIEWERS: N_("Show it to reviewers only"),
    Choice.KEEP: N_("It is not personal, keep it"),
}
"""Choice of the organization → words."""
REVIEWER_CHOICES: dict[Choice, str] = {
    Choice.HIDE: N_("Hide it"),
    Choice.KEEP: N_("It is not personal, keep it"),
}
"""Choice of the reviewer → words."""


class Stage(StrEnum):
    """Who chose."""

    ORGANIZATION = "organization"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who reads a detail, and whether somebody still has to decide before the report is accepted."""

    reviewers_read: bool
    public_reads: bool
    decided: bool


def verdict(certain: bool, organization: Choice | None, reviewer: Choice | None) -> Verdict:  # noqa: FBT001 - a column of the table
    """The rule of this room; ``None`` where nobody chose.

    A certain detail is hidden unless the organization says otherwise. A doubtful one that it left
    open is shown to reviewers, who decide. The public reads only what a reviewer found not personal.
    """
    chosen = preset(certain) if organization is None else organization
    if chosen is Choice.HIDE:
        return Verdict(reviewers_read=False, public_reads=False, decided=True)
    if chosen is Choice.REVIEWERS:
        return Verdict(reviewers_read=True, public_reads=False, decided=True)
    return Verdict(
        reviewers_read=True,
        public_reads=reviewer is Choice.KEEP,
        decided=reviewer is not None,
    )


def preset(certain: bool) -> Choice | None:  # noqa: FBT001 - a column of the table
    """What counts for the organization while it has chosen nothing; None leaves it to reviewers."""
    return Choice.HIDE if certain else None
