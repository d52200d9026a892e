"""Flags of public records: who reads them, in which order, and what becomes of them."""

from __future__ import annotations

import pytest

from registry.errors import Conflict, Gone, Invalid, NotAllowed, NotFound
from registry.identity.kin.models import Parent
from registry.identity.rules import Role
from registry.review.aftercare.flagging import CONCERNS, OPEN_MAX
from tests.factories import register
from tests.registry.house import House
from tests.registry.review.aftercare.caring import (
    ERASE,
    TEXT,
    approve_and_carry_out,
    care,
    proposed,
    published,
)


def test_anybody_flags_and_reviewers_without_ties_read_it(house: House) -> None:
    _, record_id = published(house)
    care(house).flags.flag(record_id, "wrong", "")
    house.clock.forward(hours=1)
    assert care(house).flags.flag(record_id, "someone-recognizable", TEXT) == 24
    for reader in (house.people.reviewer, house.people.steward):
        (line,) = care(house).desk.waiting(reader)
        assert (line.record_id, line.flags, line.urgent) == (record_id, 2, True)
        found = care(house).desk.read(reader, record_id)
        assert [flag.reason for flag in found.flags] == ["someone-recognizable", "wrong"]
        assert found.flags[0].text == TEXT
    for stranger in (house.people.member, house.people.other_member):
        with pytest.raises(NotAllowed):
            care(house).desk.waiting(stranger)
        with pytest.raises(NotAllowed):
            care(house).desk.read(stranger, record_id)
    assert TEXT not in repr(house.ask("SELECT * FROM record_flag"))
    acts = house.ask("SELECT action, actor_id, actor_role FROM audit_event WHERE subject = 'flag'")
    assert {tuple(row) for row in acts} == {("flag", None, "visitor")}


def test_records_where_somebody_could_be_recognised_come_first(house: House) -> None:
    ids = [published(house, title=f"Report {number}")[1] for number in range(3)]
    for record_id, reason in zip(ids, ("wrong", "copyright-or-legal", "someone-recognizable"), strict=True):
        care(house).flags.flag(record_id, reason, "")
        house.clock.forward(hours=40)
    assert [line.record_id for line in care(house).desk.waiting(house.people.reviewer)] == ids[::-1]
    assert care(house).desk.count(house.people.reviewer) == 3


def test_ties_hide_the_record_and_being_named_hides_its_flags(house: House) -> None:
    _, record_id = published(house, entities={"deployers": ["Fair Review"]})
    care(house).flags.flag(record_id, "wrong", TEXT)
    colleague = register(
        house.side.directory, house.side.sessions, "colleague", "Lake Health Review", [Role.REVIEWER]
    )
    with house.private.work() as session:
        session.add(
            Parent(organization_id=colleague.organization_id, parent_id=house.people.member.organization_id)
        )
    assert care(house).desk.waiting(colleague) == ()
    with pytest.raises(NotFound):
        care(house).desk.read(colleague, record_id)
    with pytest.raises(NotFound):
        care(house).flags.dismiss(colleague, record_id, ["0" * 32], "unfounded")
    with pytest.raises(NotFound):
        proposed(house, record_id, colleague)
    named = house.people.other_reviewer
    assert care(house).desk.read(named, record_id).flags == ()
    (flag,) = care(house).desk.read(house.people.reviewer, record_id).flags
    for act in (
        lambda: care(house).flags.dismiss(named, record_id, [flag.id], "unfounded"),
        lambda: proposed(house, record_id, named),
    ):
        with pytest.raises(Conflict, match="ties with"):
            act()


def test_a_dismissed_flag_is_answered_once_and_its_words_are_gone(house: House) -> None:
    _, record_id = published(house)
    care(house).flags.flag(record_id, "wrong", TEXT)
    (flag,) = care(house).desk.read(house.people.reviewer, record_id).flags
    with pytest.raises(Invalid):
        care(house).flags.dismiss(house.people.reviewer, record_id, [flag.id], "boring")
    care(house).flags.dismiss(house.people.reviewer, record_id, [flag.id], "unfounded")
    with pytest.raises(Conflict):
        care(house).flags.dismiss(house.people.other_reviewer, record_id, [flag.id], "unfounded")
    assert care(house).desk.waiting(house.people.reviewer) == ()
    row = house.ask("SELECT state, outcome, sealed_text FROM record_flag")[0]
    assert tuple(row) == ("dismissed", "unfounded", None)


def test_a_flood_of_flags_is_answered_alike_and_not_kept(small_house: House) -> None:
    house = small_house
    _, record_id = published(house)
    answers = {care(house).flags.flag(record_id, "other", "") for _ in range(OPEN_MAX + 3)}
    assert answers == {CONCERNS["other"].hours}
    assert house.ask("SELECT count(*) FROM record_flag")[0][0] == OPEN_MAX


def test_what_is_not_there_or_gone_is_not_flagged(house: House) -> None:
    with pytest.raises(NotFound):
        care(house).flags.flag("aiid:404", "wrong", "")
    _, record_id = published(house)
    approve_and_carry_out(house, proposed(house, record_id, wish=ERASE))
    with pytest.raises(Gone):
        care(house).flags.flag(record_id, "wrong", "")


def test_what_gives_people_away_for_certain_is_a_mark(house: House) -> None:
    _, record_id = published(house)
    care(house).flags.flag(record_id, "other", "Write to jane.roe@example.org about it.")
    (flag,) = care(house).desk.read(house.people.reviewer, record_id).flags
    assert flag.text == "Write to [EMAIL-1] about it."
