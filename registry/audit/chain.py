"""How rows of the trail hang together: each names the hash of the one before it. Pure.

The hash of a row is SHA-256 over its number, the hash before it and its fields, in the canonical form of
RFC 8785, with moments in one text form. Both engines, an exported file and an outsider's own program
therefore find the same hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

import rfc8785

from registry.errors import N_

BEGINNING: Final = "0" * 64
"""What the first row names as the hash before it."""
FIELDS: Final = (
    "at",
    "subject",
    "subject_id",
    "action",
    "old",
    "new",
    "reason",
    "actor_id",
    "actor_role",
    "organization_id",
)
"""What a row tells, besides its place in the chain."""

Told = Mapping[str, str | None]
"""The fields of a row by name; ``at`` in the text form of ``moment_text``."""


@dataclass(frozen=True, slots=True)
class Link:
    """A row in its place: its number (counting from 1), the hash before it, its own hash, its fields."""

    number: int
    previous: str
    hash: str
    told: Told

    def line(self) -> bytes:
        """The row as one line of an exported file: canonical JSON, with a line end."""
        document = {"number": self.number, "previous": self.previous, "hash": self.hash, **self.told}
        return rfc8785.dumps(document) + b"\n"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in a sentence with facts, and at which number."""

    number: int
    message: str

    @property
    def facts(self) -> dict[str, int]:
        """What the sentence speaks of."""
        return {"number": self.number, "before": self.number - 1}

    def __str__(self) -> str:
        """The English sentence."""
        return self.message % self.facts


CHANGED = N_("Row %(number)s was changed: its hash is not that of what it says.")
UNREADABLE = N_("Row %(number)s cannot be read.")
MISSING = N_("Row %(number)s is missing.")
REPEATED = N_("Row %(number)s stands where a later one should: rows were added or put in another order.")
UNFITTING = N_("Row %(number)s does not follow row %(before)s: one of them was put in place of another.")
SHORTENED = N_(
    "No row has the hash that was kept: the trail was shortened or rewritten. Row %(before)s is last."
)


@dataclass(slots=True)
class Verdict:
    """What a check found: the first fault if any; else how many rows there are, and the newest hash."""

    rows: int = 0
    newest: str = BEGINNING
    fault: Fault | None = None


def moment_text(moment: datetime) -> str:
    """The one text form of a moment: UTC with six decimals; raises ``ValueError`` for one without zone."""
    if moment.tzinfo is None:
        raise ValueError("a time without zone reached the trail")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def hash_of(number: int, previous: str, told: Told) -> str:
    """The hash, in hex, of a row with this number after the row with this hash."""
    document = {"number": number, "previous": previous, **told}
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def following(number: int, previous: str, told: Told) -> Link:
    """The row that tells this after the one with this number and hash."""
    return Link(number + 1, previous, hash_of(number + 1, previous, told), told)


@dataclass(slots=True)
class Checker:
    """Reads links in their order, one at a time, until the first fault; ``heads`` are hashes to be found."""

    heads: Collection[str] = ()
    verdict: Verdict = field(default_factory=Verdict)
    _found: set[str] = field(default_factory=set)

    def read(self, link: Link | Fault) -> bool:
        """Take the next link, or the fault that stands in its place; False once something is wrong."""
        done, fault = self.verdict, link if isinstance(link, Fault) else self._fault(link)
        if fault is not None or isinstance(link, Fault):
            done.fault = fault
            return False
        done.rows, done.newest = link.number, link.hash
        if link.hash in self.heads:
            self._found.add(link.hash)
        return True

    def end(self) -> Verdict:
        """The verdict on all that was read."""
        done = self.verdict
        if done.fault is None and not set(self.heads) <= self._found | {BEGINNING}:
            done.fault = Fault(done.rows + 1, SHORTENED)
        return done

    def _fault(self, link: Link) -> Fault | None:
        expected = self.verdict.rows + 1
        if link.number > expected:
            return Fault(expected, MISSING)
        if link.number < expected:
            return Fault(link.number, REPEATED)
        if link.hash != hash_of(link.number, link.previous, link.told):
            return Fault(link.number, CHANGED)
        return Fault(link.number, UNFITTING) if link.previous != self.verdict.newest else None


def check(links: Iterable[Link | Fault], heads: Collection[str] = ()) -> Verdict:
    """Read links up to the first fault and say what was found; holds one at a time."""
    checker = Checker(heads)
    for link in links:
        if not checker.read(link):
            break
    return checker.end()
