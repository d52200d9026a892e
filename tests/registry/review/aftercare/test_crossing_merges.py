"""Merges that cross one another, or another change: each has one answer; on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.errors import Conflict
from registry.review.aftercare.rules import Kind
from registry.review.aftercare.views import ChangeView
from tests.registry.house import House, at_once
from tests.registry.review.aftercare.caring import approve_and_carry_out, care, proposed, published
from tests.registry.review.aftercare.merges import merge, merged, two

CROSSINGS: dict[str, tuple[Callable[[House], tuple[str, str]], str]] = {}


def crossing(says: str) -> Callable[[Callable[[House], tuple[str, str]]], Callable[[House], tuple[str, str]]]:
    def keep(make: Callable[[House], tuple[str, str]]) -> Callable[[House], tuple[str, str]]:
        CROSSINGS[make.__name__] = make, says
        return make

    return keep


@crossing("waits already")
def back_while_it_waits(house: House) -> tuple[str, str]:
    old, new = two(house)
    merge(house, old, new)
    return new, old


@crossing("waits already")
def again_while_it_waits(house: House) -> tuple[str, str]:
    old, new = two(house)
    merge(house, old, new)
    return old, published(house)[1]


@crossing("waits already")
def onward_while_it_waits(house: House) -> tuple[str, str]:
    old, new = two(house)
    merge(house, old, new)
    return new, published(house)[1]


@crossing("waits already")
def into_what_may_be_retracted(house: House) -> tuple[str, str]:
    old, new = two(house)
    proposed(house, new)
    return old, new


@crossing("is merged itself")
def back_once_it_is_done(house: House) -> tuple[str, str]:
    old, new = merged(house)
    return new, old


@crossing("merged into another one already")
def again_once_it_is_done(house: House) -> tuple[str, str]:
    return merged(house)[0], published(house)[1]


@crossing("is merged itself")
def into_what_is_merged(house: House) -> tuple[str, str]:
    return published(house)[1], merged(house)[0]


@crossing("was retracted")
def into_what_is_retracted(house: House) -> tuple[str, str]:
    old, new = two(house)
    approve_and_carry_out(house, proposed(house, new))
    return old, new


@crossing("cannot be done")
def what_is_retracted(house: House) -> tuple[str, str]:
    old, new = two(house)
    approve_and_carry_out(house, proposed(house, old))
    return old, new


@pytest.mark.parametrize("name", CROSSINGS)
def test_each_crossing_has_one_answer(house: House, name: str) -> None:
    make, says = CROSSINGS[name]
    record, into = make(house)
    with pytest.raises(Conflict, match=says) as refused:
        merge(house, record, into)
    assert refused.value.message.endswith(".")
    seen = care(house).merging.preview(house.people.reviewer, record, into)
    assert seen.refused[Kind.MERGE].message == refused.value.message


def test_of_two_that_cross_at_once_one_is_kept(house: House) -> None:
    people, (old, new) = house.people, two(house)
    actors = (people.reviewer, people.other_reviewer)

    def one(number: int) -> ChangeView:
        pair = (old, new) if number % 2 else (new, old)
        return merge(house, *pair, actors[number % 2])

    found = at_once(6, one)
    assert sorted(isinstance(each, ChangeView) for each in found) == [False] * 5 + [True]
    assert all(isinstance(each, ChangeView | Conflict) for each in found)
    assert house.ask("SELECT count(*) FROM record_change")[0][0] == 1


def test_two_doors_merge_once(house: House) -> None:
    old, new = two(house)
    change = merge(house, old, new)
    care(house).changes.approve(house.people.other_reviewer, change.id)
    at_once(4, lambda _: house.side.record_changes.carry_out(early=True))
    record = house.records.read(old)
    assert (record.successor, record.revision) == (new, 2)
