"""What is accepted is what the page says: choices that were not saved yet are taken in first."""

from __future__ import annotations

from dataclasses import replace

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, NotReady
from registry.identity.rules import Actor
from registry.review.coding.rules import Given
from registry.review.missing import CODING
from web.pages import judging

NOT_DECIDED = N_("You are only trying this out: nothing is decided yet.")


def take_in(actor: Actor, key: str, lock: int) -> int:
    """Save choices on details and codes; those on exactness have to be decided.

    Gives the lock to accept with: saving raises it, and only this saving may have. Raises ``Conflict``
    where the page shows rungs that nobody decided on.
    """
    reviews = the_node().private.reviews
    if reviews.read(actor, key).submission.summary.lock != lock:
        return lock  # accepting says so
    details = judging.other_details(actor, key)
    if details:
        lock = reviews.decide_details(actor, key, details, expected=lock)
    codes = judging.other_codes(actor, key)
    if codes:
        lock = _classify(actor, key, codes, lock)
    if judging.other_levels(actor, key):
        raise Conflict(NOT_DECIDED)
    return lock


def _classify(actor: Actor, key: str, given: Given, lock: int) -> int:
    try:
        return the_node().private.reviews.classify(actor, key, given, expected=lock)
    except Invalid as invalid:
        where = f"{CODING}/{given.facet}"
        raise NotReady(replace(problem, pointer=where) for problem in invalid.problems) from invalid
