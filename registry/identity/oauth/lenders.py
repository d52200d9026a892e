"""For which of their organizations a person lets a program act."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from registry.db.private import PrivateDatabase
from registry.identity.models import Membership, Organization
from registry.identity.rules import FACTOR_ROLES, Actor, Role


class Lenders:
    """A person as they could act for each of their organizations."""

    def __init__(self, private: PrivateDatabase) -> None:
        self._private = private

    def choices(self, actor: Actor) -> list[Actor]:
        """The person as they act now, then as they could for their other active organizations, by name.

        Whoever came through one organization's identity provider acts for that one only: it cannot vouch
        for them elsewhere. In the others, roles that need a second factor rest unless the person acts with
        such a role now: only then it is known that the factor was shown.
        """
        if actor.bound:
            return [actor]
        query = (
            select(Organization.id, Organization.name, Membership.role)
            .join(Membership, Membership.organization_id == Organization.id)
            .where(Membership.person_id == actor.id, Organization.active)
            .where(Organization.id != actor.organization_id)
            .order_by(Organization.name, Organization.id)
        )
        rests = actor.lacks_factor or not actor.roles & FACTOR_ROLES
        found: dict[str, Actor] = {}
        with self._private.read() as session:
            for key, name, role in session.execute(query):
                roles = (found[key].roles if key in found else frozenset()) | {Role(role)}
                lacks = rests and bool(roles & FACTOR_ROLES)
                found[key] = replace(
                    actor, organization_id=key, organization=name, roles=roles, lacks_factor=lacks
                )
        return [actor, *found.values()]
