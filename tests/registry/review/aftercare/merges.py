"""Two records of one event, and a merge of them."""

from __future__ import annotations

from registry.identity.rules import Actor
from registry.review.aftercare.merging import Merge
from registry.review.aftercare.views import ChangeView
from tests.registry.house import House
from tests.registry.review.aftercare.caring import approve_and_carry_out, care, published

SAME = "same-event"
HERE_TOO = {
    "text": "Here too.",
    "language": "en",
    "happened": {"from": "2026-05", "to": None},
    "countries": ["KE"],
}


def two(house: House) -> tuple[str, str]:
    """Ids of two public records of one event."""
    return published(house)[1], published(house, title="Twice the dose, said the chatbot")[1]


def merge(house: House, record: str, into: str, actor: Actor | None = None, **changes: int) -> ChangeView:
    seen = {
        "revision": house.records.read(record).revision,
        "into_revision": house.records.read(into).revision,
    }
    wish = Merge(into, SAME, "Both tell of May.", **(seen | changes))
    return care(house).merging.propose(actor or house.people.reviewer, record, wish)


def group(house: House, record: str, other: str, actor: Actor | None = None) -> ChangeView:
    """A proposal to group two records in one incident."""
    revisions = [house.records.read(one).revision for one in (record, other)]
    wish = Merge(other, "one-event", "", *revisions, kind="group")
    return care(house).merging.propose(actor or house.people.reviewer, record, wish)


def merged(house: House) -> tuple[str, str]:
    """Ids of a record that was merged, and of its successor."""
    old, new = two(house)
    approve_and_carry_out(house, merge(house, old, new))
    return old, new
