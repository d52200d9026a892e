"""Destroying the private original of a report, for its organization's programs; the receipt stays."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import expected_lock, moment, reply
from api.schemas import originals as schemas
from api.section import Section, Speaks
from registry.custody.receipts import ErasureReceipt
from registry.identity.rules import Actor

READ, WRITE = ("submissions:read",), ("submissions:write",)

section = Section("originals", "Deleting the private original of a report for good.")


@section.post(
    "/submissions/<key:submission>/actions/erase",
    Speaks(
        "Delete the original of a report for good",
        answer=schemas.ErasureReceipt,
        scopes=WRITE,
        conditional=True,
    ),
)
def erase(actor: Actor, submission: str) -> Response:
    """Nobody can read it any more, nor bring it back. Possible at any time but in the moment of publication.

    A report that is not public yet is taken back first. The public record of a published one stays; to have
    it removed, write to those who look after the node. Done again, this gives the same receipt.
    """
    done = the_node().private.custody.originals.erase(actor, submission, expected=expected_lock())
    return reply(_told(done))


@section.get(
    "/submissions/<key:submission>/erasure",
    Speaks("Read the receipt of a deleted original", answer=schemas.ErasureReceipt, scopes=READ),
)
def erasure(actor: Actor, submission: str) -> Response:
    """Also where the node deleted it by itself (``time``, ``forgotten``). 404 while the original is there."""
    return reply(_told(the_node().private.custody.originals.receipt(actor, submission)))


def _told(receipt: ErasureReceipt) -> dict[str, Any]:
    return {
        "reference": receipt.reference,
        "state": receipt.state.value,
        "record": receipt.record_id,
        "why": receipt.why.value,
        "destroyed": dict(receipt.destroyed),
        "at": moment(receipt.at),
        "check": receipt.check_value,
    }
