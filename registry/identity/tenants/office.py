"""Everything of tenancy that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.kin.service import Kinship
from registry.identity.tenants.applications import Applications
from registry.identity.tenants.invitations import Invitations
from registry.identity.tenants.letters import Letters
from registry.identity.tenants.members import Members
from registry.identity.tenants.programs_admin import ProgramsAdmin
from registry.identity.tenants.standing import Standing
from registry.identity.tenants.sweeping import Sweeping


@dataclass(frozen=True, slots=True)
class TenantsOffice:
    """The use cases of organizations at one node."""

    applications: Applications
    standing: Standing
    members: Members
    invitations: Invitations
    programs: ProgramsAdmin
    letters: Letters
    sweeping: Sweeping
    kin: Kinship


def open_office(private: PrivateDatabase, clock: Clock) -> TenantsOffice:
    """An office on this database."""
    return TenantsOffice(
        applications=Applications(private, clock),
        standing=Standing(private, clock),
        members=Members(private, clock),
        invitations=Invitations(private, clock),
        programs=ProgramsAdmin(private, clock),
        letters=Letters(private, clock),
        sweeping=Sweeping(private, clock),
        kin=Kinship(private, clock),
    )
