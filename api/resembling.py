"""What may tell of the event that somebody is writing about: public records and reports of their own.

Here the two sides meet, each asked for its own: the index for public records, intake for titles of
the writer's organization. What was typed is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from api.node import Node
from registry.account import Account
from registry.identity.rules import Actor, Permission
from registry.intake.similar.service import OwnTitle
from registry.review.views import QueueItem
from search import Resembling, alike

MOST_RECORDS, MOST_OWN = 5, 3


@dataclass(frozen=True, slots=True)
class KnownEvents:
    """Records and own reports, the likeliest first."""

    records: tuple[Resembling, ...] = ()
    own: tuple[OwnTitle, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.records or self.own)


def known_events(node: Node, actor: Actor, account: Account, *, but: str | None = None) -> KnownEvents:
    """What resembles this account; ``but`` is the writer's own draft. Raises ``Unavailable`` with the index.

    Own reports that are published are among the records.
    """
    if not (account.title.strip() or account.text.strip()):
        return KnownEvents()
    records = tuple(node.search.resembling(account, MOST_RECORDS))
    if not actor.holds(Permission.READ_SUBMISSIONS):
        return KnownEvents(records)
    titles = {one.id: one for one in node.private.same_event.own_titles(actor, but=but)}
    open_ones = ((one.id, one.title) for one in titles.values() if one.record_id is None)
    return KnownEvents(records, tuple(titles[key] for key in alike(account, open_ones, MOST_OWN)))


@dataclass(frozen=True, slots=True)
class UnderReview:
    """Records and reports that wait for review, the likeliest first."""

    records: tuple[Resembling, ...] = ()
    reports: tuple[QueueItem, ...] = ()


def events_under_review(
    node: Node, actor: Actor, account: Account, *, but: str, named: Collection[str | None] = ()
) -> UnderReview:
    """What resembles a report as this reviewer reads it, without itself and the records that it ``named``.

    Of reports only such as the reviewer may read, by their titles. Raises ``Unavailable`` with the index.
    """
    hits = node.search.resembling(account, MOST_RECORDS + len(named))
    records = [one for one in hits if one.id not in named][:MOST_RECORDS]
    found = node.private.queue.resembling(actor, lambda titles: alike(account, titles, len(titles)), but=but)
    waiting = {one.submission.id: one for one in found}
    titles = ((key, one.submission.title) for key, one in waiting.items())
    return UnderReview(tuple(records), tuple(waiting[key] for key in alike(account, titles, MOST_OWN)))
