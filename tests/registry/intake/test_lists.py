"""An organization's own list: whole, in one order, page by page, and nobody else's."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

import pytest

from registry.errors import Invalid, NotAllowed, NotFound
from registry.identity.rules import Actor
from registry.intake.identities.rules import WaitsFor
from registry.intake.lists import PAGE_MAX
from registry.intake.rules import State
from tests.factories import account
from tests.registry.house import House

HOW_MANY = 9


def paged(
    house: House,
    limit: int,
    *,
    actor: Actor | None = None,
    state: State | None = None,
    between: Callable[[], object] = lambda: None,
) -> list[str]:
    """Ids of every page one after another; ``between`` happens after each page."""
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = house.side.submissions.own(
            actor or house.people.member, state=state, cursor=cursor, limit=limit
        )
        assert 0 < len(page.items) <= limit
        seen += [item.id for item in page.items]
        assert len(set(seen)) == len(seen), "a report came twice"
        cursor = page.next
        if cursor is None:
            return seen
        between()


def several(house: House) -> list[str]:
    """Ids of submissions, some of them changed in the same second, oldest change first."""
    made = []
    for number in range(HOW_MANY):
        made.append(house.draft(title=f"Number {number}"))
        if number % 3 == 2:
            house.clock.forward(seconds=1)
    return made


def made_up(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def test_pages_of_every_size_give_the_whole_list_once(house: House) -> None:
    made = several(house)
    whole = paged(house, PAGE_MAX)
    assert sorted(whole) == sorted(made)
    for limit in range(1, HOW_MANY + 1):
        assert paged(house, limit) == whole


def test_the_last_changed_comes_first(house: House) -> None:
    made = several(house)
    assert {*paged(house, 3)[:3]} == {*made[-3:]}, "the newest second first"
    house.clock.forward(minutes=1)
    house.side.intake.revise(house.people.member, made[0], account(title="Touched"), expected=None)
    house.clock.forward(minutes=1)
    house.side.intake.submit(house.people.member, made[4])
    assert paged(house, 2)[:2] == [made[4], made[0]]


def test_what_is_written_meanwhile_neither_repeats_nor_hides_the_rest(house: House) -> None:
    made = several(house)
    house.clock.forward(minutes=1)

    def write() -> None:
        house.draft(title="New")
        house.clock.forward(seconds=1)

    seen = paged(house, 2, between=write)
    assert sorted(seen) == sorted(made)


def test_a_report_changed_while_paging_does_not_disturb_the_others(house: House) -> None:
    made = several(house)
    house.clock.forward(minutes=1)
    touched = made[4]

    def touch() -> None:
        house.side.intake.revise(house.people.member, touched, account(title="Touched"), expected=None)
        house.clock.forward(seconds=1)

    seen = [key for key in paged(house, 2, between=touch) if key != touched]
    assert sorted(seen) == sorted(set(made) - {touched})


def test_a_list_holds_only_its_own_organizations_reports(house: House) -> None:
    mine = [house.draft(), house.submitted(), house.accepted()]
    theirs = [house.draft(house.people.other_member), house.submitted(house.people.other_member)]
    assert sorted(paged(house, 2)) == sorted(mine)
    assert sorted(paged(house, 2, actor=house.people.other_member)) == sorted(theirs)


def test_a_cursor_of_another_organization_shows_nothing_of_it(house: House) -> None:
    several(house)
    cursor = house.side.submissions.own(house.people.member, limit=1).next
    assert cursor is not None
    assert house.side.submissions.own(house.people.other_member, cursor=cursor).items == ()


def test_a_list_of_one_state_is_that_part_of_the_whole(house: House) -> None:
    house.draft()
    keys = {
        State.SUBMITTED: house.submitted(),
        State.IN_REVIEW: house.claimed(),
        State.ACCEPTED: house.accepted(),
    }
    gone = house.draft()
    house.side.intake.withdraw(house.people.member, gone)
    for state, key in (keys | {State.WITHDRAWN: gone}).items():
        assert paged(house, 1, state=state) == [key]
    assert house.side.submissions.own(house.people.member, state=State.DECLINED).items == ()


def test_a_line_shows_the_report_as_it_is_now(house: House) -> None:
    key = house.draft(title="First")
    house.clock.forward(minutes=5)
    house.side.intake.revise(house.people.member, key, account(title="Second"), expected=None)
    line = house.side.submissions.own(house.people.member).items[0]
    summary = house.side.intake.read(house.people.member, key).summary
    assert line == replace(summary, waits_for=WaitsFor.ORGANIZATION)
    assert (line.title, line.version, line.updated_at) == ("Second", 2, house.clock.now)


def test_an_empty_list_is_one_empty_page(house: House) -> None:
    page = house.side.submissions.own(house.people.member)
    assert (page.items, page.next) == ((), None)


@pytest.mark.parametrize("who", ["reviewer", "steward"])
def test_whoever_is_no_member_has_no_list(house: House, who: str) -> None:
    with pytest.raises(NotAllowed):
        house.side.submissions.own(getattr(house.people, who))


def test_a_single_report_of_another_organization_is_as_good_as_missing(house: House) -> None:
    key = house.draft()
    other, intake = house.people.other_member, house.side.intake
    for act in (intake.read, intake.history, intake.receipt, intake.submit, intake.withdraw):
        with pytest.raises(NotFound) as hidden:
            act(other, key)
        with pytest.raises(NotFound) as missing:
            act(other, "0" * 32)
        assert hidden.value.text == missing.value.text
    assert house.state(key) == "draft"


@pytest.mark.parametrize("limit", [-1, 0, PAGE_MAX + 1])
def test_a_page_has_bounds(small_house: House, limit: int) -> None:
    with pytest.raises(Invalid) as refused:
        small_house.side.submissions.own(small_house.people.member, limit=limit)
    assert [problem.pointer for problem in refused.value.problems] == ["/limit"]


STRANGE = {
    "empty": "",
    "not base64": "é",
    "long": "A" * 5_000,
    "no key": made_up("2026-01-01T00:00:00+00:00|"),
    "no time": made_up("|" + "a" * 32),
    "no parts": made_up("2026-01-01"),
    "NUL in the key": made_up("2026-01-01T00:00:00+00:00|" + "\x00" * 32),
    "a long key": made_up("2026-01-01T00:00:00+00:00|" + "a" * 33),
    "before the first year": made_up("0001-01-01T00:00:00+14:00|" + "a" * 32),
    "after the last year": made_up("9999-12-31T23:59:59-14:00|" + "a" * 32),
}


def test_a_cursor_that_is_not_ours_is_refused_by_name(house: House) -> None:
    house.draft()
    for name, cursor in STRANGE.items():
        with pytest.raises(Invalid) as refused:
            house.side.submissions.own(house.people.member, cursor=cursor)
        assert [problem.pointer for problem in refused.value.problems] == ["/cursor"], name
