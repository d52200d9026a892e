"""Who holds a report now."""

from __future__ import annotations

from registry.clock import Clock
from registry.identity.rules import Actor
from registry.review.models import Claim
from registry.review.rules import has_lapsed
from registry.review.views import ClaimView


def claim_view(claim: Claim | None, actor: Actor, clock: Clock) -> ClaimView | None:
    """The claim that holds now, or None."""
    if claim is None or has_lapsed(claim.until, clock()):
        return None
    return ClaimView(claim.reviewer_name, claim.until, claim.reviewer_id == actor.id)
