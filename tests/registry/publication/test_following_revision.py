"""What the next revision of a record says of what others made of it, and of what is less exact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.account import Account
from registry.publication.revising import Revised, following
from registry.record.types import RecordState, Relation
from tests.factories import account
from tests.registry.record.samples import record

NEW = Account.from_json(account(title="Told better"))
MERGED, NAMED = Relation("part-of", "AIR-ABCDEFGHIJ-2026-000009"), Relation("same-as", "aiid:7")


@pytest.mark.parametrize("state", [one for one in RecordState if one is not RecordState.ERASED])
def test_a_mark_outlives_a_revision_and_nothing_else_does(state: RecordState) -> None:
    before = replace(record(), state=state)
    after = following(before, Revised(before.id, None, adopted=False), NEW, (), ())
    marked = state in (RecordState.DISPUTED, RecordState.UNVERIFIABLE)
    assert after.state is (state if marked else RecordState.REVISED)
    assert (after.account, after.id, after.published) == (NEW, before.id, before.published)


@pytest.mark.parametrize(
    ("named", "related", "says"),
    [
        (None, (), (MERGED, NAMED)),  # others related it: it stays
        (NAMED.target, (), (MERGED,)),  # its own attachment was dropped by the reviewer
        (NAMED.target, (NAMED,), (MERGED, NAMED)),
        (None, (MERGED,), (MERGED, NAMED)),  # once is enough
    ],
)
def test_relations_of_others_stay_and_its_own_are_as_decided_now(
    named: str | None, related: tuple[Relation, ...], says: tuple[Relation, ...]
) -> None:
    before = replace(record(), related=(MERGED, NAMED))
    assert following(before, Revised(before.id, named, adopted=False), NEW, (), related).related == says


@pytest.mark.parametrize(
    ("adopted", "now", "says"),
    [
        (True, (), ("place: district → country", "date: day → month")),
        (True, ("date: month → year",), ("place: district → country", "date: month → year")),
        (False, ("date: day → year",), ("date: day → year",)),
        (False, (), ()),
    ],
)
def test_what_began_as_the_public_words_is_as_coarse_as_they_were(
    adopted: bool, now: tuple[str, ...], says: tuple[str, ...]
) -> None:
    before = replace(record(), generalised=("place: district → country", "date: day → month"))
    assert following(before, Revised(before.id, None, adopted), NEW, now, ()).generalised == says
