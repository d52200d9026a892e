"""The trail keeps every step in order, and the database itself refuses to change it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from registry import audit
from registry.audit import REGISTRY, By, Step
from registry.errors import Unavailable
from tests.registry.house import House

SUBJECT, KEY = "thing", "t1"


def add(house: House, action: str, by: By = REGISTRY) -> None:
    with house.private.work() as session:
        step = Step(SUBJECT, KEY, action, "old", "new", "because")
        audit.append(session, step, by, house.clock.now)


def test_steps_come_back_in_the_order_in_which_they_were_made(house: House) -> None:
    add(house, "first", By("reviewer", "p" * 32, "o" * 32))
    house.clock.forward(hours=-1)
    add(house, "second")
    with house.private.read() as session:
        trail = audit.trail(session, SUBJECT, KEY)
        assert audit.trail(session, SUBJECT, "other") == []
    assert [entry.action for entry in trail] == ["first", "second"]
    first, second = trail
    assert (first.old, first.new, first.reason) == ("old", "new", "because")
    assert (first.actor_role, first.actor_id, first.organization_id) == ("reviewer", "p" * 32, "o" * 32)
    assert (second.actor_role, second.actor_id) == ("registry", None)
    assert first.at.utcoffset() is not None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'forged'",
        "UPDATE audit_event SET at = at WHERE subject_id = 't1'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE subject_id = 't1'",
    ],
)
def test_the_database_refuses_to_rewrite_the_trail(house: House, statement: str) -> None:
    add(house, "first")
    with pytest.raises((SQLAlchemyError, Unavailable)) as caught, house.private.work() as session:
        session.execute(text(statement))
    assert "append-only" in str(caught.value.__cause__ or caught.value)
    with house.private.read() as session:
        assert [entry.action for entry in audit.trail(session, SUBJECT, KEY)] == ["first"]


def test_a_refused_rewrite_takes_its_whole_unit_with_it(house: House) -> None:
    add(house, "first")
    with pytest.raises((SQLAlchemyError, Unavailable)):
        add_and_rewrite(house)
    with house.private.read() as session:
        assert [entry.action for entry in audit.trail(session, SUBJECT, KEY)] == ["first"]


def add_and_rewrite(house: House) -> None:
    with house.private.work() as session:
        audit.append(session, Step(SUBJECT, KEY, "beside"), REGISTRY, house.clock.now)
        session.flush()
        session.execute(text("DELETE FROM audit_event"))
