"""Which rows a permission reaches: the lines of the table as conditions for lists.

``rows`` is to many things what ``rules.allowed`` is to one. A test asks both about the same things.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, false, true
from sqlalchemy.orm import InstrumentedAttribute

from registry.identity.rules import PERMISSIONS, Actor, Permission, Whose

Column = InstrumentedAttribute[Any] | ColumnElement[Any]


def rows(
    actor: Actor, permission: Permission, owner: Column, state: Column | None = None
) -> ColumnElement[bool]:
    """The condition that is true of a row exactly where ``allowed`` is.

    ``owner`` is the column of the organization, or of the person where the line is about oneself;
    ``state`` that of the state. A line that names states gives no row of things without one.
    """
    line = PERMISSIONS[permission]
    if not actor.holds(permission):
        return false()
    reached = {
        Whose.OWN: owner == actor.organization_id,
        Whose.OTHERS: owner != actor.organization_id,
        Whose.ANY: true(),
        Whose.ONESELF: owner == actor.id,
    }[line.whose]
    if line.states is None:
        return reached
    return and_(reached, false() if state is None else state.in_(sorted(line.states)))
