"""What a submission is, and to which public record it belongs. Pure.

A *report* is a whole account; it may be attached to a public record: "this is the same event". A
*statement* is an organization's word on a public record, and nothing without it: "seen here too", what
was fixed, what it disputes, or the reply of one that the record names. Whether an attached report
belongs there is for the reviewer to say; of a statement the acceptance says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registry.account import statement as says
from registry.errors import N_, Problem


class Kind(StrEnum):
    """What a submission is: a report, or what a statement says."""

    REPORT = "report"
    STATEMENT = says.SEEN  # "seen here too"
    FIX = says.FIX  # what was fixed
    DISPUTE = says.DISPUTE  # what is not right
    REPLY = says.REPLY  # of an organization that the record names

    @property
    def is_statement(self) -> bool:
        """Whether it is published as a statement on another record."""
        return self is not Kind.REPORT


class Held(StrEnum):
    """What became of the relation."""

    OPEN = "open"  # nobody has looked at it yet
    CONFIRMED = "confirmed"  # the reviewer agrees: it will be published
    DROPPED = "dropped"  # the reviewer does not: the report is published without it
    GONE = "gone"  # the record was taken out of the registry before the batch


class Standing(StrEnum):
    """How a public record stands that somebody names."""

    GOOD = "good"
    MISSING = "missing"
    RETRACTED = "retracted"
    ERASED = "erased"
    MERGED = "merged"
    STATEMENT = "statement"  # it is itself a word on another record


@dataclass(frozen=True, slots=True)
class About:
    """The public record that a submission belongs to, by id, and what became of that."""

    record: str
    held: Held = Held.OPEN


RELATION: dict[Kind, str] = {
    Kind.REPORT: "part-of",
    Kind.STATEMENT: "about",
    Kind.FIX: "fixes",
    Kind.DISPUTE: "disputes",
    Kind.REPLY: "replies-to",
}
"""How a submission of this kind says it belongs to a record (``as`` in the API)."""
POINTER = "/about/record"
STAYS = N_("A reply stays with its record. Take it back, and reply to the other one.")
STRANGER = N_(
    "A reply is for an organization that the record names as developer, deployer or harmed. Your "
    "organization goes by another name there, or is not named: dispute the record, or flag it."
)
SHOWN = N_("A reply is shown with the name of the organization that replies.")
_WRONG: dict[Standing, str] = {
    Standing.MISSING: N_("There is no such record in this registry. Check its identifier."),
    Standing.RETRACTED: N_("This record was retracted. Send your account as a report of its own."),
    Standing.ERASED: N_("This record was removed. Send your account as a report of its own."),
    Standing.MERGED: N_("This record was merged into another one. Open it to see which, and name that."),
    Standing.STATEMENT: N_("This is a statement on another record. Name the record that it is about."),
}


def wrong(standing: Standing) -> Problem | None:
    """What keeps a record that stands so from being named, if anything does."""
    return Problem(POINTER, _WRONG[standing]) if standing in _WRONG else None


def lacking(kind: Kind, record: str | None) -> Problem | None:
    """What is wrong with naming no record: a statement is about one."""
    if record is None and kind.is_statement:
        return Problem("/about", N_("Say which record the statement is about."))
    return None


def undecided(kind: Kind, about: About | None) -> bool:
    """Whether a reviewer still has to say if the report belongs to the record."""
    return kind is Kind.REPORT and about is not None and about.held is Held.OPEN


def goes_out(kind: Kind, about: About | None) -> str | None:
    """The id of the record that the door is to relate this submission to, or None."""
    if about is None or (kind is Kind.REPORT and about.held is not Held.CONFIRMED):
        return None
    return about.record
