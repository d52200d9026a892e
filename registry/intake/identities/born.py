"""How a report that was just written names its organization, without reading it back."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from registry.account.about import speaks_of_any
from registry.identity.models import Organization
from registry.intake.creation import NewSubmission
from registry.intake.identities.rules import CHOOSABLE, Identity, shown_name, waits_for
from registry.intake.identities.views import NamingView

_ORGANIZATION = select(Organization.name, Organization.descriptor).where(
    Organization.id == bindparam("organization")
)


def naming_of(session: Session, new: NewSubmission, identity: Identity) -> NamingView | None:
    """The same as ``Naming.of`` says, in the unit that wrote it; None where that has to look closer.

    That is where another organization is to publish it, and where it speaks of its own.
    """
    facts = {"organization": new.organization_id}
    organization = session.connection().execute(_ORGANIZATION, facts).one()
    names = (organization.name, organization.descriptor)
    if identity is Identity.DELEGATED or speaks_of_any(new.account, names):
        return None
    return NamingView(
        identity=identity,
        shown=shown_name(identity, *names),
        name=organization.name,
        descriptor=organization.descriptor,
        offer=None,
        mentioned=(),
        state=new.state,
        lock=new.view().summary.lock,
        choosable=new.state in CHOOSABLE,
        waiting=False,
        waits_for=waits_for(new.state, held_up=False, asked=False),
    )
