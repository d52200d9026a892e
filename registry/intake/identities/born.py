"""How a report that was just written names its organization, without reading it back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.account.about import speaks_of
from registry.identity.models import Organization
from registry.intake.creation import NewSubmission
from registry.intake.identities.rules import CHOOSABLE, Identity, shown_name, waits_for
from registry.intake.identities.views import NamingView


def naming_of(session: Session, new: NewSubmission, identity: Identity) -> NamingView | None:
    """The same as ``Naming.of`` says, in the unit that wrote it; None where that has to look closer.

    That is where another organization is to publish it, and where it speaks of its own.
    """
    organization = session.get_one(Organization, new.organization_id)
    names = (organization.name, organization.descriptor)
    if identity is Identity.DELEGATED or any(speaks_of(new.account, name) for name in names):
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
