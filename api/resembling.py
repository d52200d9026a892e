"""What may tell of the event that somebody is writing about: public records and reports of their own.

Here the two sides meet, each asked for its own: the index for public records, intake for titles of
the writer's organization. What was typed is kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.node import Node
from registry.account import Account
from registry.identity.rules import Actor, Permission
from registry.intake.similar.service import OwnTitle
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
