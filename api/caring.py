"""Public records that need a look, and changes of them, for programs of reviewers and of owners."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.node import the_node
from api.reply import expected_lock, moment, reply
from api.schemas import aftercare as schemas
from api.section import Section, Speaks
from registry.identity.rules import Actor
from registry.review.aftercare.changes import Proposal
from registry.review.aftercare.office import CareOffice
from registry.review.aftercare.views import CaredFor, CareLine, ChangeView

READ, WRITE = ("reviews:read",), ("reviews:read", "reviews:write")
OWN_READ, OWN_WRITE = ("submissions:read",), ("submissions:read", "submissions:write")
ITEM = "/care/<string(maxlength=120):record>"
CHANGE = "/changes/<key:change>"
OWN = "/submissions/<key:submission>/changes"

section = Section("care", "Public records that need a look: flags of anybody, and changes of a record.")


@section.get("/care", Speaks("List public records that need a look", answer=schemas.CareList, scopes=READ))
def waiting(actor: Actor) -> Response:
    """Where somebody could be recognised comes first. Records that the caller has ties with are not there."""
    return reply({"items": [_line(line) for line in _care().desk.waiting(actor)], "next": None})


@section.get(
    ITEM,
    Speaks("Read what is said against a record", answer=schemas.Cared, scopes=READ, problems=(410,)),
)
def read(actor: Actor, record: str) -> Response:
    """Its open flags, the most urgent first, and its changes, the newest first."""
    return reply(_whole(_care().desk.read(actor, record)))


@section.post(
    f"{ITEM}/actions/dismiss",
    Speaks(
        "Answer flags: nothing has to change",
        answer=schemas.Cared,
        scopes=WRITE,
        body=schemas.Dismissal,
        problems=(409, 410),
    ),
)
def dismiss(actor: Actor, body: dict[str, Any], record: str) -> Response:
    """What was written is deleted. All of these flags are answered, or none if one is not open any more."""
    _care().flags.dismiss(actor, record, body["flags"], body["reason"])
    return reply(_whole(_care().desk.read(actor, record)))


@section.post(
    f"{ITEM}/changes",
    Speaks(
        "Propose a change of a record",
        answer=schemas.Change,
        status=201,
        scopes=WRITE,
        body=schemas.Proposal,
        problems=(409, 410, 412),
    ),
)
def propose(actor: Actor, body: dict[str, Any], record: str) -> Response:
    """A reviewer who has nothing to do with the record or the proposer decides.

    ``revision`` is that of the record that was read; 412 where there is a newer one.
    """
    return _changed(_care().changes.propose(actor, record, _proposal(body)), 201)


@section.get(CHANGE, Speaks("Read a change of a record", answer=schemas.Change, scopes=READ))
def read_change(actor: Actor, change: str) -> Response:
    """With the ETag that its decision needs."""
    return _changed(_care().changes.read(actor, change))


@section.post(
    f"{CHANGE}/actions/approve",
    Speaks("Approve a change", answer=schemas.Change, scopes=WRITE, conditional=True, problems=(409, 410)),
)
def approve(actor: Actor, change: str) -> Response:
    """An erasure is done at once, all else with the next batch."""
    return _changed(_care().changes.approve(actor, change, expected=expected_lock()))


@section.post(
    f"{CHANGE}/actions/refuse",
    Speaks(
        "Refuse a change",
        answer=schemas.Change,
        scopes=WRITE,
        body=schemas.Refusal,
        conditional=True,
        problems=(410,),
    ),
)
def refuse(actor: Actor, body: dict[str, Any], change: str) -> Response:
    """The record stays as it is, and its flags stay open."""
    return _changed(_care().changes.refuse(actor, change, body["reason"], expected=expected_lock()))


@section.post(
    f"{CHANGE}/actions/take-back",
    Speaks("Take one's own proposal back", answer=schemas.Change, scopes=WRITE, conditional=True),
)
def take_back(actor: Actor, change: str) -> Response:
    """Until somebody has decided."""
    return _changed(_care().changes.take_back(actor, change, expected=expected_lock()))


@section.get(
    OWN,
    Speaks(
        "List changes of the record of one's own report",
        answer=schemas.OwnChanges,
        scopes=OWN_READ,
        problems=(409, 410),
    ),
)
def own(actor: Actor, submission: str) -> Response:
    """Newest first, with how the record stands now."""
    record, changes = _care().changes.of_own(actor, submission)
    told = {"record": record.id, "revision": record.revision, "state": record.state.value}
    return reply(told | {"items": [_change(one) for one in changes], "next": None})


@section.post(
    OWN,
    Speaks(
        "Ask for a change of the record of one's own report",
        answer=schemas.Change,
        status=201,
        scopes=OWN_WRITE,
        body=schemas.Proposal,
        problems=(409, 410, 412),
    ),
)
def propose_own(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """A reviewer of another organization decides. The record never says who asked."""
    return _changed(_care().changes.propose_own(actor, submission, _proposal(body)), 201)


@section.post(
    f"{OWN}/actions/take-back",
    Speaks(
        "Take back what was asked for one's own report",
        answer=schemas.Change,
        scopes=OWN_WRITE,
        body=schemas.TakenBack,
        conditional=True,
    ),
)
def take_own_back(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Until somebody has decided."""
    lock = expected_lock()
    return _changed(_care().changes.take_own_back(actor, submission, body["change"], expected=lock))


def _care() -> CareOffice:
    return the_node().private.reviewing.care


def _proposal(body: dict[str, Any]) -> Proposal:
    return Proposal(body["kind"], body["reason"], body.get("note", ""), body["revision"])


def _changed(change: ChangeView, status: int = 200) -> Response:
    return reply(_change(change), status, lock=change.lock)


def _line(line: CareLine) -> dict[str, Any]:
    return {
        "record": line.record_id,
        "title": line.record.account.title if line.record else None,
        "state": line.record.state.value if line.record else None,
        "flags": line.flags,
        "urgent": line.urgent,
        "due": moment(line.due_at),
        "change": _change(line.change) if line.change else None,
    }


def _whole(found: CaredFor) -> dict[str, Any]:
    return {
        "record": found.record.id,
        "revision": found.record.revision,
        "state": found.record.state.value,
        "flags": [
            {
                "id": flag.id,
                "reason": flag.reason,
                "text": flag.text,
                "revision": flag.revision,
                "received": moment(flag.received_at),
                "due": moment(flag.due_at),
            }
            for flag in found.flags
        ],
        "changes": [_change(one) for one in found.changes],
    }


def _change(change: ChangeView) -> dict[str, Any]:
    return {
        "id": change.id,
        "record": change.record_id,
        "revision": change.revision,
        "into": change.into,
        "kind": change.kind.value,
        "reason": change.reason,
        "note": change.note,
        "state": change.state.value,
        "lock": change.lock,
        "proposed": moment(change.proposed_at),
        "decided": moment(change.decided_at),
        "refusal": change.refusal,
        "not_before": moment(change.not_before),
        "mine": change.mine,
        "may_decide": change.may_decide,
    }
