"""Which readings a reviewer is asked to look at again, a page at a time, and how many records that costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from registry.account import Account
from registry.publication.curating import LOOKED_MAX, SHOWN
from registry.record import store
from registry.record.curation import keeping
from registry.record.types import Origin, Provenance, RecordState, RecordType
from tests.factories import account
from tests.registry.house import House
from tests.registry.publication.test_curating import TITLE, revised
from tests.registry.record.samples import record


def many_read(house: House, count: int, **changes: Any) -> list[str]:
    """Records with a title that is read here, then revised by their owners."""
    ids = [f"AIR-ZZZZZZZZZZ-2026-{number:06d}" for number in range(1, count + 1)]
    with house.public.work() as session:
        keeping.hold(session)
        for one in ids:
            said, source = Account.from_json(account(**changes)), Provenance(Origin.PEER, "Z" * 52)
            whole = record(one, type=RecordType.REPORT, provenance=source, account=said, demo=False)
            store.create(session, whole)
            keeping.keep(session, whole, TITLE, 0, date(2026, 11, 30))
            store.revise(session, replace(whole, state=RecordState.REVISED))
    return ids


def test_many_that_are_for_others_hide_none_that_is_not(house: House) -> None:
    people, desk = house.people, house.side.curating
    ids = many_read(house, SHOWN + 2, entities={"deployers": [people.other_reviewer.organization]})
    for one in ids[:-1]:
        revised(house, one, title="Other", entities={"deployers": [people.other_reviewer.organization]})
    revised(house, ids[-1], title="Other")
    assert [one.record.id for one in desk.outdated(people.other_reviewer).lines] == [ids[-1]]
    first = desk.outdated(people.reviewer)
    assert ([one.record.id for one in first.lines], first.next) == (ids[:SHOWN], ids[SHOWN - 1])
    rest = desk.outdated(people.reviewer, first.next or "")
    assert ([one.record.id for one in rest.lines], rest.next) == (ids[SHOWN:], None)


def test_only_so_many_are_looked_at_for_one_list(house: House) -> None:
    """Their owners changed something else than what was read: nothing to do, however many they are."""
    ids = many_read(house, LOOKED_MAX + 2)
    revised(house, ids[-1], title="Other")
    desk, reviewer = house.side.curating, house.people.reviewer
    page = desk.first(reviewer)
    assert (page.lines, page.next) == ((), ids[LOOKED_MAX - 1])
    rest = desk.outdated(reviewer, page.next or "")
    assert ([one.record.id for one in rest.lines], rest.next) == ([ids[-1]], None)
