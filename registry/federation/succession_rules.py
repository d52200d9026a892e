"""When the records of one node are another one's to keep, as a third node sees it. Pure.

The old log says who follows; the successor's log accepts, and says how long the old log was then. Both have
to be in the copies of whoever judges, and its copy of the old log has to be exactly what was accepted: with
more entries the old node lives, or the successor had not read all of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from registry.ledger.custody import HANDS_OVER, REVOKES


class Verdict(StrEnum):
    """What stands between the records and their successor."""

    UNNAMED = "unnamed"  # the old log names nobody, or took it back
    UNFOLLOWED = "unfollowed"  # the successor's log is not read here
    KEY = "key"  # no key of the successor's log is the one that was named
    UNACCEPTED = "unaccepted"  # its log does not accept it
    ANOTHER = "another"  # it accepted by an earlier entry than the one that names it now
    OTHER_LOG = "other-log"  # it accepted another log than the one that is copied here
    BEHIND = "behind"  # fewer entries were read here than it accepted
    WENT_ON = "went-on"  # more entries were read here than it accepted
    READY = "ready"  # somebody here has to say that the old node is gone
    HANDED_OVER = "handed-over"  # the old node said itself that it is over


GOOD = frozenset({Verdict.READY, Verdict.HANDED_OVER})
"""After these the successor's word on the records may count."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What the old log says last: its word, the leaf hash of that entry, whom and which key it names."""

    kind: str
    leaf: str
    successor: str | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the successor's log says: by which entry it was named, size and root of the log it accepted.

    ``size`` is None where the old log did not sign that.
    """

    named_by: str | None
    size: int | None
    root: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """The old log as it was read here."""

    size: int
    root: bytes


def judge(
    naming: Naming | None, keys: Collection[str] | None, acceptance: Acceptance | None, copy: Copy
) -> Verdict:
    """``keys`` are all that the successor's log has had; None where it is not followed."""
    if naming is None or naming.kind == REVOKES or naming.successor is None:
        return Verdict.UNNAMED
    if keys is None:
        return Verdict.UNFOLLOWED
    if naming.key not in keys:
        return Verdict.KEY
    if acceptance is None:
        return Verdict.UNACCEPTED
    if acceptance.named_by != naming.leaf:
        return Verdict.ANOTHER
    return _compared(naming, acceptance, copy)


def _compared(naming: Naming, acceptance: Acceptance, copy: Copy) -> Verdict:
    if acceptance.size is None:
        return Verdict.OTHER_LOG
    if copy.size != acceptance.size:
        return Verdict.BEHIND if copy.size < acceptance.size else Verdict.WENT_ON
    if copy.root != acceptance.root:
        return Verdict.OTHER_LOG
    return Verdict.HANDED_OVER if naming.kind == HANDS_OVER else Verdict.READY
