"""Classifying accepted reports a second time, for programs that reviewers use."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import moment, reply
from api.schemas.second_codings import SecondCodings, SecondTask, SecondTasks
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.coding.rules import Given
from registry.review.coding.second import Task

READ = ("reviews:read",)
WRITE = ("reviews:read", "reviews:write")
ITEM = "/second-codings/<key:submission>"

section = Section("second-codings", "Accepted reports that are classified a second time, by somebody else.")


@section.get(
    "/second-codings", Speaks("List what waits for a second coder", answer=SecondTasks, scopes=WRITE)
)
def waiting(actor: Actor) -> Response:
    """What another organization decided on and nobody classified again; at most 50, none with a code."""
    return reply(
        {"items": [_task(task) for task in the_node().private.reviewing.second_coding.waiting(actor)]}
    )


@section.get(ITEM, Speaks("Read a report without its codes", answer=SecondTask, scopes=WRITE))
def read(actor: Actor, submission: str) -> Response:
    """The account as reviewers read it, and no classification at all."""
    return reply(_task(the_node().private.reviewing.second_coding.read(actor, submission)))


@section.post(
    ITEM,
    Speaks(
        "Classify a report a second time",
        answer=SecondTasks,
        scopes=WRITE,
        body=SecondCodings,
        problems=(409, 422),
    ),
)
def save(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Kind, failure, harm, severity, sector and system, each once; the record keeps the first codes."""
    said = [
        Given(one["facet"], tuple(one["codes"]), one.get("confidence"), one.get("note", ""))
        for one in body["codings"]
    ]
    the_node().private.reviewing.second_coding.save(actor, submission, said)
    return waiting(actor)


def _task(task: Task) -> dict[str, Any]:
    return {
        "submission": task.submission_id,
        "drawn": moment(task.drawn_at),
        "account": task.account.to_json(),
    }
