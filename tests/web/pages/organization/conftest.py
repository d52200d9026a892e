"""A town whose Lake Health has an administrator."""

from __future__ import annotations

import pytest

from registry.identity.rules import Actor, Role
from tests.factories import PASSWORD
from tests.web.browsing import Visitor
from tests.web.town import Town, sign_in


@pytest.fixture
def admin(town: Town) -> Actor:
    """The administrator of Lake Health."""
    key = town.side.directory.add_person("admin@example.org", "Ada Admin", PASSWORD)
    town.side.directory.grant(key, town.people.member.organization_id, [Role.MEMBER, Role.ORG_ADMIN])
    return town.side.sessions.actor_of(key)


@pytest.fixture
def office(town: Town, admin: Actor) -> Visitor:
    """The administrator, signed in."""
    visitor = town.visitor()
    assert sign_in(visitor, "admin").status == 200
    return visitor
