"""Reports that are public, for programs: another version of them, and whether the fix held."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import expected_lock
from api.schemas.submissions import FixHeld, Submission
from api.section import Section, Speaks
from api.submissions import WRITE, own_reply
from registry.identity.rules import Actor
from registry.intake.held.rules import Given

section = Section("revising", "Another version of what is public, and whether the fix held.")


@section.post(
    "/submissions/<key:submission>/actions/revise",
    Speaks("Begin to revise a published report", answer=Submission, scopes=WRITE, conditional=True),
)
def revise(actor: Actor, submission: str) -> Response:
    """The report is *revising* then and can be changed and sent as a draft can.

    The public record stays as it is until the new version is accepted and published as its next revision.
    ``actions/withdraw`` takes the revision back. Where the original was deleted, the account begins as the
    public record reads.
    """
    begun = the_node().private.revising.reopen(actor, submission, expected=expected_lock())
    return own_reply(actor, begun)


@section.post(
    "/submissions/<key:submission>/actions/answer-held",
    Speaks(
        "Say whether what was put right held",
        answer=Submission,
        scopes=WRITE,
        body=FixHeld,
        conditional=True,
        problems=(422,),
    ),
)
def answer_held(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Asked once, some months after publication (``asks_held``).

    The answer is sent to review as a new version of the report, with ``response.held`` and
    ``response.since``; accepted, it is the record's next revision.
    """
    side, given = the_node().private, Given(body["held"], body.get("text", ""))
    side.held.answer(actor, submission, given, expected=expected_lock())
    return own_reply(actor, side.intake.read(actor, submission))
