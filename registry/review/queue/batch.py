"""One act on several reports: first a look at what would happen to each, then each for itself.

There is no act on all at once: every report passes its own guards under its own lock, so what one of
them refuses keeps none of the others back, and the answer says which and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from registry.db.private import PrivateDatabase
from registry.errors import N_, CommonsError, Invalid, NotAllowed, Problem
from registry.identity.rules import Actor, Permission, demand
from registry.review.queue import meanwhile
from registry.review.queue.reading import ReviewQueue
from registry.review.queue.rules import PAGE_MAX
from registry.review.service import Reviews, refuse_decline
from registry.review.views import QueueItem
from registry.review.workflow import Act

ACTS: Final = (Act.CLAIM, Act.RELEASE, Act.DECLINE)
"""What can be done to several; everything else needs a look at each."""


@dataclass(frozen=True, slots=True)
class Picked:
    """A report as the reviewer saw it: its id and its lock, or None where nothing was seen."""

    id: str
    lock: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a report, or would: ``refused`` is why not, and None where all is well.

    ``line`` is None where there is no such report for this reviewer.
    """

    id: str
    line: QueueItem | None
    refused: CommonsError | None = None


class Batch:
    """Acting on several reports."""

    def __init__(self, private: PrivateDatabase, reviews: Reviews, queue: ReviewQueue) -> None:
        self._private, self._reviews = private, reviews
        self._queue = queue

    def preview(self, actor: Actor, act: Act, keys: Sequence[str]) -> tuple[Outcome, ...]:
        """What the act would do to each now; changes nothing. Raises ``NotAllowed``, ``Invalid``."""
        _check(actor, act, keys)
        return self._each(actor, keys, lambda key: self._reviews.ask(actor, key, act))

    def act(
        self, actor: Actor, act: Act, picked: Sequence[Picked], reason_code: str = "", note: str = ""
    ) -> tuple[Outcome, ...]:
        """Do it to each; raises as ``preview``, before anything is done, also for a bad reason."""
        _check(actor, act, [one.id for one in picked])
        if act is Act.DECLINE:
            refuse_decline(reason_code, note)
        locks = {one.id: one.lock for one in picked}
        acts: dict[Act, Callable[[str], object]] = {
            Act.CLAIM: lambda key: self._reviews.claim(actor, key, expected=locks[key]),
            Act.RELEASE: lambda key: self._reviews.release(actor, key, expected=locks[key]),
            Act.DECLINE: lambda key: self._reviews.decline(
                actor, key, reason_code, note, expected=locks[key]
            ),
        }
        found = self._each(actor, list(locks), acts[act])
        with self._private.read() as session:
            return tuple(
                one
                if one.refused is None or locks[one.id] is None
                else replace(one, refused=meanwhile.told(session, actor, one.id, one.refused))
                for one in found
            )

    def _each(self, actor: Actor, keys: Sequence[str], do: Callable[[str], object]) -> tuple[Outcome, ...]:
        """In the order given, each once; titles are those of before, for some acts end the right to read."""
        lines = self._queue.some(actor, keys)
        return tuple(Outcome(key, lines.get(key), _tried(do, key)) for key in dict.fromkeys(keys))


def _tried(do: Callable[[str], object], key: str) -> CommonsError | None:
    try:
        do(key)
    except NotAllowed:
        raise  # the same for every one of them
    except CommonsError as error:
        return error
    return None


def _check(actor: Actor, act: Act, keys: Sequence[str]) -> None:
    demand(actor, Permission.REVIEW)
    demand(actor, Permission.READ_REVIEWS)
    if act not in ACTS:
        raise Invalid([Problem("/act", N_("Choose one of: %(known)s."), {"known": ", ".join(ACTS)})])
    if not 1 <= len(keys) <= PAGE_MAX:
        raise Invalid([Problem("/reports", N_("Choose 1 to %(most)s reports."), {"most": PAGE_MAX})])
