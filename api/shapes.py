"""Private objects as plain JSON values: what the schemas of submissions and reviews document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.reply import moment
from api.schemas.risk import ENOUGH, FEWER
from registry.audit import Entry
from registry.intake.identities.views import NamingView, OfferView
from registry.intake.personal.deciding import Personal
from registry.intake.personal.rules import Stage
from registry.intake.risk.views import Alike, Assessment
from registry.intake.similar.rules import RELATION
from registry.intake.views import SubmissionSummary, SubmissionView
from registry.review.coding.keeping import FacetCoding
from registry.review.views import ClaimView, DecisionView, QueueItem, ReviewView


def line(summary: SubmissionSummary) -> dict[str, Any]:
    """A submission as a line of a list."""
    return {
        "id": summary.id,
        "state": summary.state.value,
        "version": summary.version,
        "title": summary.title,
        "record": summary.record_id,
        "created": moment(summary.created_at),
        "updated": moment(summary.updated_at),
        "submitted": moment(summary.submitted_at),
        "erased": moment(summary.erased_at),
        "kind": summary.kind.value,
        "about": about(summary),
        "tlp": summary.label.value,
    }


def own_line(summary: SubmissionSummary) -> dict[str, Any]:
    """The same for its organization, with for whom it waits."""
    waits = summary.waits_for and summary.waits_for.value
    return line(summary) | {"waits_for": waits, "asks_held": summary.asks_held}


def about(summary: SubmissionSummary) -> dict[str, Any] | None:
    """The public record that it names, how, and what became of that."""
    if summary.about is None:
        return None
    return {
        "record": summary.about.record,
        "as": RELATION[summary.kind],
        "state": summary.about.held.value,
    }


def submission(view: SubmissionView) -> dict[str, Any]:
    """A submission with its account."""
    return line(view.summary) | {"account": view.account.to_json()}


def shown(naming: NamingView) -> dict[str, Any]:
    """How a report names its organization, and whom it asks to publish."""
    return {
        "identity": naming.identity.value,
        "contributor": naming.shown,
        "waiting": naming.waiting,
        "mentioned": list(naming.mentioned),
        "request": None if naming.offer is None else _request(naming.offer),
    }


def _request(offer: OfferView) -> dict[str, Any]:
    return {
        "publisher": offer.publisher,
        "state": offer.state.value,
        "told": offer.told,
        "reason": offer.reason,
        "asked": moment(offer.offered_at),
        "answered": moment(offer.decided_at),
        "again": offer.again,
    }


def queue_line(item: QueueItem) -> dict[str, Any]:
    """A line of the queue."""
    return line(item.submission) | {
        "severity": item.severity,
        "sector": item.sector,
        "language": item.language,
        "event": item.event,
        "guest": item.guest,
        "since": moment(item.since),
        "in_state_since": moment(item.in_state_since),
        "due_at": moment(item.due_at),
        "late": item.late,
        "claim": claim(item.claim),
    }


def review(view: ReviewView) -> dict[str, Any]:
    """All that a reviewer needs to decide."""
    return submission(view.submission) | {
        "contributor": view.contributor,
        "masked": view.masked,
        "speaks_of": list(view.speaks_of.names),
        "speaks_of_own": view.speaks_of.own,
        "findings": findings(view.personal, Stage.REVIEW),
        "coding": [_facet(one) for one in view.coding],
        "claim": claim(view.claim),
        "quorum": {"needed": view.quorum.needed, "cast": view.quorum.cast, "own": view.quorum.own},
        "history": steps(view.steps),
        "decisions": decisions(view.decisions),
        "appeal": None if view.appeal is None else {"at": moment(view.appeal.at), "text": view.appeal.text},
    }


def _facet(one: FacetCoding) -> dict[str, Any]:
    return {
        "facet": one.facet,
        "submitted": list(one.submitted),
        "codes": list(one.codes),
        "standing": one.standing.value,
        "confidence": one.confidence,
        "note": one.note,
    }


def findings(found: Personal, stage: Stage) -> list[dict[str, Any]]:
    """Personal details: what, where, and what this side chose."""
    return [
        {
            "thing": one.detail.thing,
            "kind": one.detail.kind.value,
            "certain": one.detail.certain,
            "text": one.detail.text,
            "choice": one.organization if stage is Stage.ORGANIZATION else one.reviewer,
            "decided": one.verdict.decided,
            "spots": [
                {"pointer": spot.pointer, "start": spot.start, "end": spot.end} for spot in one.detail.spots
            ],
        }
        for one in found.decided
        if stage is Stage.ORGANIZATION or one.verdict.reviewers_read
    ]


def claim(view: ClaimView | None) -> dict[str, Any] | None:
    """A claim without the reviewer's name."""
    return None if view is None else {"until": moment(view.until), "mine": view.mine}


def steps(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Steps with roles instead of names."""
    return [
        {
            "at": moment(entry.at),
            "action": entry.action,
            "old": entry.old,
            "new": entry.new,
            "reason": entry.reason,
            "by": entry.actor_role,
        }
        for entry in entries
    ]


def decisions(views: Iterable[DecisionView]) -> list[dict[str, Any]]:
    """Decisions with their notes."""
    return [
        {
            "version": view.version,
            "decision": view.decision,
            "reason": view.reason_code,
            "node": view.other_node,
            "note": view.note,
            "at": moment(view.at),
        }
        for view in views
    ]


def risk(found: Assessment) -> dict[str, Any]:
    """How many look alike, and what could be done."""
    smallest, decision = found.smallest, found.decision
    return {
        "threshold": found.threshold,
        "told": found.told.to_json(),
        "wish": found.wish.to_json() if found.wish else None,
        "levels": found.levels.to_json(),
        "changes": list(found.changes),
        "alike": alike(found.alike),
        "smallest": smallest
        and {
            "levels": smallest.levels.to_json(),
            "alike": alike(smallest.alike),
            "steps": [{"step": step.code, "alike": alike(step.alike)} for step in smallest.steps],
        },
        "first_of_its_kind": found.first_of_its_kind,
        "still_told": list(found.still_told),
        "decision": decision
        and {
            "levels": decision.levels.to_json(),
            "alike": alike(decision.alike),
            "threshold": decision.threshold,
            "reason": decision.reason,
            "at": moment(decision.at),
        },
    }


def alike(counted: Alike) -> dict[str, Any]:
    """Counts; of what is not public one bit at most."""
    waiting = None if counted.crowded is None else (ENOUGH if counted.crowded else FEWER)
    return {"public": counted.public, "waiting": waiting, "enough": counted.reached}
