"""What a person can lend a program, for each of their organizations, and which of these they chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request

from api.node import the_node
from registry.errors import N_
from registry.identity.oauth.rules import lent, rests, scopes_of
from registry.identity.rules import Actor
from web.pages.messages import gettext

SCOPE_WORDS = {
    "records:read": N_("Read public records"),
    "submissions:read": N_("Read your organization’s reports"),
    "submissions:write": N_("Write, change and send reports for your organization"),
    "cases:read": N_("Read your organization’s cases"),
    "cases:write": N_("Change your organization’s cases"),
    "reviews:read": N_("Read reports of others that wait for review"),
    "reviews:write": N_("Review reports of others in your name"),
    "org:admin": N_("Manage your organization, its people and its programs"),
    "node:admin": N_("Manage this node"),
}
"""Scope → what it means to the person who is asked."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A person acting for one organization, and the scopes, at least one, that they can lend there."""

    actor: Actor
    scopes: tuple[str, ...]


def offers(actor: Actor, asked: Iterable[str]) -> list[Offer]:
    """Each organization for which the person can lend some of what is asked; the present one first."""
    wanted = tuple(asked)
    choices = the_node().private.oauth.lenders.choices(actor)
    return [Offer(choice, scopes) for choice in choices if (scopes := lent(choice, wanted))]


def resting(actor: Actor, asked: Iterable[str]) -> bool:
    """Whether the person could lend more of it, somewhere, once they have shown a second factor."""
    wanted = tuple(asked)
    return any(rests(choice, wanted) for choice in the_node().private.oauth.lenders.choices(actor))


def chosen(found: Sequence[Offer]) -> Offer | None:
    """The offer that was picked in the form; the only one needs no picking."""
    picked = request.form.get("organization")
    if picked is None and len(found) == 1:
        return found[0]
    return next((offer for offer in found if offer.actor.organization_id == picked), None)


def union(found: Iterable[Offer]) -> tuple[str, ...]:
    """Every scope that is offered somewhere."""
    return scopes_of(" ".join(scope for offer in found for scope in offer.scopes))


def words(scopes: Iterable[str]) -> list[str]:
    """Sentences for scopes, in the language of the page."""
    return [gettext(SCOPE_WORDS[scope]) for scope in scopes]


def options(found: Sequence[Offer]) -> list[tuple[str, str, str | None]]:
    """Organizations to choose from, with what is possible there where that is not everything."""
    whole = union(found)
    return [
        (
            offer.actor.organization_id,
            offer.actor.organization,
            None if offer.scopes == whole else gettext("Only: %(what)s", what="; ".join(words(offer.scopes))),
        )
        for offer in found
    ]
