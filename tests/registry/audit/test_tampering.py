"""What is done to the rows of a database behind its triggers, and what the check says of it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from registry import audit
from registry.audit import By, Step
from registry.audit.chain import Link, Verdict, check, hash_of
from registry.audit.reading import links, links_of_file
from registry.errors import Invalid, NotAllowed
from registry.identity.rules import Role
from registry.identity.tenants.rules import OPERATOR
from tests.factories import PASSWORD
from tests.registry.house import House

ALL = "at, subject, subject_id, action, old, new, reason, actor_id, actor_role, organization_id"


@pytest.fixture
def lived(house: House) -> House:
    """A house with a trail of a few reports."""
    house.accepted()
    house.draft()
    return house


def behind(house: House, *statements: str, **facts: Any) -> None:
    """Do this to the trail without its triggers; ``facts`` fill what begins with a colon."""
    on = " ON audit_event" if house.private.engine.dialect.name == "postgresql" else ""
    drops = [f"DROP TRIGGER audit_event_{verb}{on}" for verb in ("update", "delete")]
    with house.private.work() as session:
        for statement in (*drops, *statements):
            session.execute(text(statement), facts)


def verify(house: House, *heads: str) -> Verdict:
    return house.side.custody.trail.verify(OPERATOR, heads)


def rows(house: House) -> list[Link]:
    return [one for one in links(house.private) if isinstance(one, Link)]


def said(house: House, *heads: str) -> str:
    return str(verify(house, *heads).fault)


def test_a_trail_that_nobody_touched_is_whole(lived: House) -> None:
    verdict = verify(lived)
    assert (verdict.fault, verdict.rows) == (None, lived.ask("SELECT count(*) FROM audit_event")[0][0])
    assert verdict.newest == lived.ask("SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1")[0][0]
    assert [row[0] for row in lived.ask("SELECT id FROM audit_event ORDER BY id")] == list(
        range(1, verdict.rows + 1)
    )


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE audit_event SET action = 'decline' WHERE id = 4", "Row 4 was changed"),
        ("UPDATE audit_event SET reason = 'other' WHERE id = 1", "Row 1 was changed"),
        ("UPDATE audit_event SET actor_id = NULL, actor_role = 'x' WHERE id = 5", "Row 5 was changed"),
        ("UPDATE audit_event SET at = '1999-01-01 00:00:00' WHERE id = 3", "Row 3 was changed"),
        ("UPDATE audit_event SET hash = previous WHERE id = 4", "Row 4 was changed"),
        ("DELETE FROM audit_event WHERE id = 4", "Row 4 is missing."),
        ("DELETE FROM audit_event WHERE id <= 3", "Row 1 is missing."),
        ("UPDATE audit_event SET id = 100000 WHERE id = 2", "Row 2 is missing."),
    ],
)
def test_what_was_done_behind_the_triggers_is_said(lived: House, statement: str, sentence: str) -> None:
    behind(lived, statement)
    assert said(lived).startswith(sentence)


def test_a_row_put_in_between_is_found(lived: House) -> None:
    move = "UPDATE audit_event SET id = -id - 1 WHERE id >= 4"
    back = "UPDATE audit_event SET id = -id WHERE id < 0"
    copy = f"INSERT INTO audit_event (id, {ALL}, previous, hash) SELECT 4, {ALL}, previous, hash"
    behind(lived, move, back, f"{copy} FROM audit_event WHERE id = 3")
    assert said(lived).startswith("Row 4 was changed")


def test_rows_that_changed_places_are_found(lived: House) -> None:
    swap = "UPDATE audit_event SET id = {} WHERE id = {}"
    behind(lived, swap.format(-1, 3), swap.format(3, 4), swap.format(4, -1))
    assert said(lived).startswith("Row 3 was changed")


def test_a_forged_row_with_a_fitting_hash_is_found_at_the_next(lived: House) -> None:
    link = rows(lived)[3]
    own = hash_of(4, link.previous, {**link.told, "action": "forged"})
    behind(lived, "UPDATE audit_event SET action = 'forged', hash = :own WHERE id = 4", own=own)
    assert said(lived).startswith("Row 5 does not follow row 4")


def test_a_shortened_trail_is_found_by_whoever_kept_a_hash(lived: House) -> None:
    before = verify(lived)
    behind(lived, "DELETE FROM audit_event WHERE id > :last", last=before.rows - 2)
    assert verify(lived).fault is None
    assert said(lived, before.newest).startswith("No row has the hash that was kept:")
    assert f"Row {before.rows - 2} is last" in said(lived, before.newest)
    lived.draft()
    lived.draft()
    assert "shortened or rewritten" in said(lived, before.newest)


def test_a_hash_kept_earlier_is_found_in_a_longer_trail(lived: House) -> None:
    kept = verify(lived).newest
    lived.draft()
    assert verify(lived, kept.upper()).fault is None
    with pytest.raises(Invalid, match="64 digits"):
        verify(lived, "abc")


def test_what_is_no_moment_is_said_and_not_an_error(small_house: House) -> None:
    small_house.draft()
    behind(small_house, "UPDATE audit_event SET at = 'yesterday' WHERE id = 2")
    assert said(small_house) == "Row 2 cannot be read."


def test_what_is_no_text_is_said_and_not_an_error(small_house: House) -> None:
    small_house.draft()
    behind(small_house, "UPDATE audit_event SET reason = x'00ff' WHERE id = 2")
    assert said(small_house) == "Row 2 cannot be read."


def test_an_exported_file_says_the_same_as_the_database(lived: House) -> None:
    whole = b"".join(lived.side.custody.trail.export(OPERATOR))
    verdict = check(links_of_file(BytesIO(whole)))
    assert (verdict.fault, verdict) == (None, verify(lived))
    assert b'"action":"export","actor_id":null,"actor_role":"operator"' in whole.splitlines()[-1]
    lines = whole.splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"actor_role":"', b'"actor_role":"not-')
    assert str(check(links_of_file(BytesIO(b"".join(lines)))).fault).startswith("Row 4 was changed")


def test_erasing_reports_and_people_leaves_every_hash_as_it_was(lived: House) -> None:
    people, custody = lived.people, lived.side.custody
    key = lived.draft(title="A title nobody should find")
    kept = lived.ask("SELECT id, hash FROM audit_event ORDER BY id")
    custody.originals.erase(people.member, key, expected=None)
    custody.erasure.erase_oneself(people.member, PASSWORD)
    now = lived.ask("SELECT id, hash FROM audit_event ORDER BY id")
    assert now[: len(kept)] == kept
    assert len(now) > len(kept)
    assert verify(lived, kept[-1][1]).fault is None
    exported = b"".join(custody.trail.export(OPERATOR))
    assert b"nobody should find" not in exported
    assert b"@" not in exported


def test_only_those_who_look_after_the_node_see_the_trail(lived: House) -> None:
    for act in (lived.side.custody.trail.verify, lived.side.custody.trail.export):
        for name in ("member", "reviewer", "other_member"):
            with pytest.raises(NotAllowed):
                act(getattr(lived.people, name))
    assert lived.ask("SELECT 1 FROM audit_event WHERE action = 'export'") == []


def test_both_engines_give_the_same_hash(house: House) -> None:
    """Rows are told by fixed words; what a database makes of moments and letters does not count."""
    before = verify(house)
    with house.private.work() as session:
        step = Step("thing", "ключ", "act", "old", None, "é\u0301 \U0001f600 \"'\\")
        audit.append(
            session, step, By(Role.STEWARD.value, "p" * 32), house.clock.now.replace(microsecond=120)
        )
    told = rows(house)[-1].told
    row = house.ask("SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1")[0][0]
    assert row == hash_of(before.rows + 1, before.newest, told)
    assert hash_of(1, "0" * 64, told) == "5be24dd681f01e90351b9e54c2b8b57040652b0db53c79574ee6af8e87158b07"


def test_steps_of_one_unit_are_read_back_before_and_after_they_are_written(house: House) -> None:
    with house.private.work() as session:
        for action in ("one", "two"):
            audit.append(session, Step("thing", "t", action), audit.REGISTRY, house.clock.now)
        inside = audit.trail(session, "thing", "t")
    with house.private.read() as session:
        assert audit.trail(session, "thing", "t") == inside
    assert [entry.action for entry in inside] == ["one", "two"]


def test_a_step_inside_a_savepoint_is_refused(house: House) -> None:
    with pytest.raises(RuntimeError, match="savepoints"), house.private.work() as session:
        add_inside(session, house)
    assert house.ask("SELECT 1 FROM audit_event WHERE subject = 'thing'") == []


def add_inside(session: Session, house: House) -> None:
    with session.begin_nested():
        audit.append(session, Step("thing", "t", "act"), audit.REGISTRY, house.clock.now)
