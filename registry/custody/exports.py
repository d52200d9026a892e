"""Giving out everything the node holds on a person or on an organization, as a ZIP of JSON."""

from __future__ import annotations

from collections.abc import Iterator

from registry import audit
from registry.audit import By, Step
from registry.clock import Clock
from registry.custody.archive import Part, stream
from registry.custody.contents import of_organization, of_person
from registry.custody.left_out import LEFT_OUT
from registry.custody.reading import Source, lines
from registry.db.private import PrivateDatabase
from registry.errors import NotAllowed, NotFound
from registry.identity.models import Organization, Person
from registry.identity.rules import Actor, OrganizationState, Permission
from registry.identity.starting import by
from registry.identity.tenants.rules import Operator, Whoever, demand_any, may
from registry.identity.tenants.standing import signed

FORMAT = "incident-commons-export-1"


class Exports:
    """What people and organizations take with them."""

    def __init__(self, private: PrivateDatabase, clock: Clock) -> None:
        self._private, self._clock = private, clock

    def oneself(self, actor: Actor) -> Iterator[bytes]:
        """Everything on the acting person, in pieces of a ZIP file; raises ``NotAllowed`` for programs."""
        if actor.client_id is not None:
            raise NotAllowed
        return self._person(actor.id, by(actor))

    def person(self, operator: Operator, person_id: str) -> Iterator[bytes]:
        """Everything on a person, at the operator's command; raises ``NotFound``."""
        return self._person(person_id, signed(operator))

    def organization(self, who: Whoever, organization_id: str) -> Iterator[bytes]:
        """Everything on an organization, for its administrator or the operator; raises ``NotFound``."""
        demand_any(who, Permission.EXPORT_ORGANIZATION)
        if not may(who, Permission.EXPORT_ORGANIZATION, organization_id):
            raise NotFound
        with self._private.work() as session:
            row = session.get(Organization, organization_id)
            if row is None or row.state == OrganizationState.ERASED.value:
                raise NotFound
            audit.append(session, Step("organization", row.id, "export"), signed(who), self._clock())
        return self._stream("organization", organization_id, of_organization(organization_id))

    def _person(self, person_id: str, who: By) -> Iterator[bytes]:
        with self._private.work() as session:
            row = session.get(Person, person_id)
            if row is None or "@" not in row.email:
                raise NotFound
            audit.append(session, Step("person", row.id, "export"), who, self._clock())
        return self._stream("person", person_id, of_person(row))

    def _stream(self, kind: str, key: str, sources: list[Source]) -> Iterator[bytes]:
        now = self._clock()
        parts = [Part(source.name, source.says, lines(self._private, source)) for source in sources]
        about = {"format": FORMAT, kind: key, "made_at": now.isoformat(), "left_out": LEFT_OUT}
        return stream(parts, about, now)
