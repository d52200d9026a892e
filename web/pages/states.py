"""A report's state and steps in words, for those who wrote it, review it, or hold its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from api.node import the_node
from registry.audit import Entry
from registry.errors import N_
from registry.identity.rules import GUEST
from registry.intake.following.adding import HOLDER
from registry.intake.identities.rules import WaitsFor
from registry.intake.rules import STATE_LABELS, State
from registry.intake.similar.rules import Kind
from web.pages.messages import gettext
from web.pages.words import LASTING, duration

KINDS = {
    State.DRAFT: "",
    State.SUBMITTED: "own",
    State.IN_REVIEW: "own",
    State.CHANGES_REQUESTED: "warn",
    State.ACCEPTED: "ok",
    State.SCHEDULED: "ok",
    State.PUBLISHED: "ok",
    State.REVISING: "own",
    State.DECLINED: "bad",
    State.APPEALED: "own",
    State.WITHDRAWN: "",
}
"""State → look of its badge."""

MEANING = {
    State.DRAFT: N_("Only your organization sees it. Send it when it is ready."),
    State.SUBMITTED: N_("It waits for a reviewer of another organization."),
    State.IN_REVIEW: N_("A reviewer is reading it."),
    State.CHANGES_REQUESTED: N_("The reviewer asks you to change something. Change it, then send it again."),
    State.ACCEPTED: N_("It will be published with the next batch. You can still take it back."),
    State.SCHEDULED: N_("It is on its way to the public registry."),
    State.PUBLISHED: N_("Everybody can read it."),
    State.REVISING: N_("You are working on a new version. Send it to review when it is ready."),
    State.DECLINED: N_("It will not be published. The reason is below."),
    State.APPEALED: N_("It was declined, and reviewers who had no part in that look at it again."),
    State.WITHDRAWN: N_("You took it back. It will not be published."),
}
"""State → what it means for the organization that wrote the report."""
GUEST_MEANING = MEANING | {
    State.DRAFT: N_("Only you, and whoever has your code, see it. Send it when it is ready."),
    State.SUBMITTED: N_("It waits for a reviewer."),
}
"""The same for somebody without an account, who has no organization."""

PUBLIC_MEANING = {
    State.DRAFT: N_("The report has not been sent yet."),
    State.SUBMITTED: N_("The report has arrived and waits for a reviewer."),
    State.IN_REVIEW: N_("A reviewer is reading the report."),
    State.CHANGES_REQUESTED: N_("The reviewer asked for something to be changed."),
    State.ACCEPTED: N_("The report was accepted and will be published with the next batch."),
    State.SCHEDULED: N_("The report is on its way to the public registry."),
    State.PUBLISHED: N_("The report is published."),
    State.REVISING: N_("Whoever sent the report is working on a new version."),
    State.DECLINED: N_("The report was declined. The reason is below."),
    State.APPEALED: N_("The report was declined. Reviewers who had no part in that look at it again."),
    State.WITHDRAWN: N_("Whoever sent the report took it back."),
}
"""State → what the holder of a receipt reads."""

REVISION = N_("This is a new version of a report that is public. The public record stays as it is meanwhile.")
"""Said of every report that is public while another version of it is on its way."""

_Held = tuple[State, WaitsFor]
HELD_LABELS: dict[_Held, str] = {
    (State.SUBMITTED, WaitsFor.PUBLISHER): N_("Waiting for its publisher"),
    (State.SUBMITTED, WaitsFor.ORGANIZATION): N_("Waiting for a publisher"),
    (State.ACCEPTED, WaitsFor.PUBLISHER): N_("Accepted, waiting for its publisher"),
    (State.ACCEPTED, WaitsFor.ORGANIZATION): N_("Accepted, waiting for a publisher"),
}
"""What a report is called that waits because another organization is to publish it."""
HELD_MEANING: dict[_Held, str] = {
    (State.SUBMITTED, WaitsFor.PUBLISHER): N_(
        "It waits for the organization that you asked to publish it. Reviewers see it afterwards."
    ),
    (State.SUBMITTED, WaitsFor.ORGANIZATION): N_(
        "It waits for you: the organization that you asked will not publish it. Ask another one, or choose "
        "another way."
    ),
    (State.ACCEPTED, WaitsFor.PUBLISHER): N_(
        "Reviewers accepted it. It waits for the organization that you asked to publish it."
    ),
    (State.ACCEPTED, WaitsFor.ORGANIZATION): N_(
        "Reviewers accepted it. It waits for you: the organization that you asked will not publish it. Ask "
        "another one, or choose another way."
    ),
}
"""What that means for the organization that wrote the report."""
HELD_PUBLIC: dict[_Held, str] = {
    (State.SUBMITTED, WaitsFor.PUBLISHER): N_(
        "The report has arrived and waits for the organization that was asked to publish it. Reviewers see "
        "it afterwards."
    ),
    (State.SUBMITTED, WaitsFor.ORGANIZATION): N_(
        "The report has arrived and waits for whoever sent it: the organization that was asked will not "
        "publish it."
    ),
    (State.ACCEPTED, WaitsFor.PUBLISHER): N_(
        "The report was accepted and waits for the organization that was asked to publish it."
    ),
    (State.ACCEPTED, WaitsFor.ORGANIZATION): N_(
        "The report was accepted and waits for whoever sent it: the organization that was asked will not "
        "publish it."
    ),
}
"""What that means for the holder of a receipt."""

STEPS = {
    "create": N_("Draft begun"),
    "revise": N_("New version saved"),
    "decide-details": N_("Personal details decided"),
    "add": N_("Something added"),
    "read-additions": N_("A reviewer read what was added"),
    "ask": N_("A reviewer asked something"),
    "answer": N_("A question was answered"),
    "read-answers": N_("A reviewer read the answers"),
    "attach": N_("File attached"),
    "describe-attachment": N_("File described"),
    "detach": N_("File removed"),
    "classify": N_("A reviewer classified it"),
    "classify-again": N_("A second reviewer classified it, without knowing the first one’s codes"),
    "decide-exactness": N_("How exactly it is published was chosen"),
    "submit": N_("Sent to review"),
    "withdraw": N_("Taken back"),
    "claim": N_("A reviewer took it on"),
    "release": N_("Put back into the queue"),
    "unmask": N_("A reviewer asked who told it"),
    "recuse": N_("A reviewer stepped aside"),
    "give": N_("Given to a reviewer to look at"),
    "escalate": N_("The target was missed, and the steward told"),
    "request-changes": N_("Changes requested"),
    "vote": N_("A reviewer concluded; reviewers of other organizations have to agree"),
    "split": N_("Reviewers disagree; another one decides between them"),
    "accept": N_("Accepted"),
    "decline": N_("Declined"),
    "appeal": N_("Appeal against the decline"),
    "uphold": N_("The appeal was upheld: the report is in review again"),
    "reject-appeal": N_("The appeal was rejected: the decline stands"),
    "schedule": N_("Taken into a publication batch"),
    "publish": N_("Published"),
    "reopen": N_("Revision begun"),
    "ask-held": N_("Asked whether the fix held"),
    "answer-held": N_("Said whether the fix held"),
    "keep-published": N_("Revision taken back: the record stays as it is"),
    "decline-revision": N_("Revision declined: the record stays as it is"),
    "reject-revision-appeal": N_("The appeal was rejected: the record stays as it is"),
    "revision-falls-away": N_("Revision not published: the record was retracted or removed"),
    "notice-of-erasure": N_("Told that this draft will be deleted"),
    "erase": N_("Original deleted"),
    "relate": N_("Attached to a public record"),
    "unrelate": N_("Not attached to a record any more"),
    "confirm-relation": N_("The reviewer agrees that it belongs to the record"),
    "drop-relation": N_("The reviewer finds that it does not belong to the record"),
    "relation-gone": N_("The record that it belonged to was removed meanwhile"),
    "record-changed": N_("The record was changed; its page says why"),
    "share-with-all": N_("To be shared with everybody"),
    "share-with-partners": N_("To be shared with partners only"),
    "fall-away": N_("Not published: the record that it is about was removed"),
}
"""Action of the trail → words."""
DRAFTING = frozenset({"create", "revise", "attach", "describe-attachment", "detach", "relate", "unrelate"})
"""What only the organization that writes a report does to it."""
_CHOICES = frozenset({"decide-details", "decide-exactness", "classify"})
REPEATED = frozenset({"revise", "attach", "describe-attachment"}) | _CHOICES
"""Done many times one after another: each page of the form does it once more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A step as people read it: when, what, and who by role (never by name)."""

    at: datetime
    text: str
    who: str


def register(app: Flask) -> None:
    """Let templates speak of states."""
    app.jinja_env.globals.update(
        held_options=held_options,
        state_words=state_words,
        state_kind=KINDS.__getitem__,
        age=age,
        reason_options=reason_options,
    )


def held_options() -> list[tuple[str, str]]:
    """Answers to whether the fix held, and their words."""
    return [(one.value, gettext(words)) for one, words in LASTING.items()]


def state_words(state: State, waits: WaitsFor | None = None) -> str:
    """The state's name, or for whom a report waits that another organization is to publish."""
    held = HELD_LABELS.get((state, waits)) if waits else None
    return gettext(held or STATE_LABELS[state])


def meaning(state: State, waits: WaitsFor | None, *, guest: bool) -> str:
    """What the state means for whoever wrote the report."""
    held = HELD_MEANING.get((state, waits)) if waits else None
    return gettext(held or (GUEST_MEANING if guest else MEANING)[state])


def public_meaning(state: State, waits: WaitsFor | None) -> str:
    """What the state means for the holder of a receipt."""
    held = HELD_PUBLIC.get((state, waits)) if waits else None
    return gettext(held or PUBLIC_MEANING[state])


def waits_for_others(state: State, kind: Kind) -> str:
    """What an accepted statement waits for, where this node shows none before several say the same."""
    least = the_node().settings.seen_from
    if state is not State.ACCEPTED or kind is not Kind.STATEMENT or least <= 1:
        return ""
    return gettext(
        "Statements on a record are published once at least %(num)s organizations have seen it too, so that "
        "nobody can tell who did.",
        num=least,
    )


def age(since: datetime | None, now: datetime) -> str:
    """How long ago it was, in whole hours, days or weeks."""
    return "–" if since is None else duration(max(1, int((now - since).total_seconds() // 3600)))


def reason_options(reasons: Mapping[str, str]) -> list[tuple[str, str]]:
    """Reason codes and their words, for a select."""
    return [(code, gettext(text)) for code, text in reasons.items()]


def rows(trail: Iterable[Entry], owner_id: str, *, drafting: bool = True) -> list[Row]:
    """The trail in words; the organization that wrote the report is told apart by its id.

    Without ``drafting``, what the organization does before it sends the report is left out. The same
    step several times is one, the last: every page of the form saves a version.
    """
    found: list[Entry] = []
    for entry in trail:
        last = found[-1] if found else None
        if entry.action in REPEATED and last and _alike(entry, last):
            found.pop()
        found.append(entry)
    return [
        Row(entry.at, gettext(STEPS.get(entry.action, entry.action)), _who(entry, owner_id))
        for entry in found
        if drafting or not _is_drafting(entry, owner_id)
    ]


def _alike(one: Entry, other: Entry) -> bool:
    return (one.action, one.organization_id) == (other.action, other.organization_id)


def _is_drafting(entry: Entry, owner_id: str) -> bool:
    chosen = entry.action in _CHOICES and entry.organization_id == owner_id
    return chosen or entry.action in DRAFTING


def _who(entry: Entry, owner_id: str) -> str:
    if entry.actor_role == HOLDER.role:
        return gettext("Whoever holds the receipt code")
    if entry.organization_id is None:
        return gettext("The registry")
    if entry.actor_role == GUEST:
        return gettext("Who reported it")
    if entry.organization_id == owner_id:
        return gettext("The reporting organization")
    return gettext("Reviewer")
