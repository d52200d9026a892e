"""A reviewer's own work: what they wish to be given, and the report to look at next."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import reply
from api.schemas.own_work import NextReport, WishesAsked, WishesTold
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.pools.keeping import to_json

READ = ("reviews:read",)
WRITE = ("reviews:read", "reviews:write")
section = Section("own-work", "What a reviewer is given to look at.")


@section.get("/reviews/wishes", Speaks("Read what you wish to be given", answer=WishesTold, scopes=READ))
def wishes(actor: Actor) -> Response:
    """Nobody else reads it. A program that acts by itself has none, and cannot wish (409)."""
    return reply(to_json(the_node().private.reviewing.own_work.wishes(actor)))


@section.post(
    "/reviews/wishes",
    Speaks("Wish something else", answer=WishesTold, scopes=WRITE, body=WishesAsked, problems=(409, 422)),
)
def wish(actor: Actor, body: dict[str, Any]) -> Response:
    """Languages and what you would rather not read are bounds; fields of work and failures come first."""
    return reply(to_json(the_node().private.reviewing.own_work.choose(actor, body)))


@section.post(
    "/reviews/actions/next",
    Speaks("Claim the next report", answer=NextReport, scopes=WRITE, problems=(409,)),
)
def take_next(actor: Actor) -> Response:
    """What you were given first, then what fits, most urgent first; refused beyond your own number."""
    return reply({"id": the_node().private.reviewing.own_work.take_next(actor)})
