"""The steward's queue of organizations: who asks to join, who is here, and decisions with their reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, Stale
from registry.identity.rules import Actor, OrganizationState, Permission
from registry.identity.tenants.rules import Action, Review, possible
from registry.identity.tenants.views import OrganizationFile, OrganizationView
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.listing import Order, part_of
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("steward", __name__)

HOME = "/steward/organizations"
STATES: dict[OrganizationState, tuple[str, str]] = {
    OrganizationState.APPLIED: (N_("Waiting"), "warn"),
    OrganizationState.ACTIVE: (N_("Approved"), "ok"),
    OrganizationState.SUSPENDED: (N_("Suspended"), "bad"),
    OrganizationState.DECLINED: (N_("Not approved"), ""),
}
"""State → its name, and the look of its badge."""
UNCONFIRMED = "unconfirmed"
"""The tab of applications that wait for their applicant rather than for the steward."""
TABS = {**{state.value: words for state, (words, _) in STATES.items()}, UNCONFIRMED: N_("Not confirmed")}
"""Tab → its name."""
ORDERS = {
    "oldest": Order(N_("Oldest first"), lambda one: (one.created_at, one.name)),
    "newest": Order(N_("Newest first"), lambda one: (one.created_at, one.name), backwards=True),
    "name": Order(N_("By name"), lambda one: (one.name.casefold(), one.id)),
}
"""Ways to sort organizations."""

RULINGS: dict[str, str] = {
    Action.APPROVE: N_("Approved"),
    Action.DECLINE: N_("Not approved"),
    Action.SUSPEND: N_("Suspended"),
    Action.RESUME: N_("Suspension ended"),
    Review.ALLOW: N_("May review"),
    Review.STOP: N_("May not review any more"),
}
"""Decision → words of the list of decisions."""

Act = tuple[str, str, str, str]
"""A decision that can be taken now: its code, the words of its button, what it does, the button's look."""


@blueprint.get("/steward/organizations")
def queue() -> str:
    """Organizations in one state; applications that nobody confirmed stand apart."""
    actor, tab = _steward(), _tab()
    standing = the_node().private.tenants.standing
    counts = {state.value: count for state, count in standing.counts(actor).items()}
    waiting = len(standing.unconfirmed(actor))
    counts |= {UNCONFIRMED: waiting, OrganizationState.APPLIED.value: counts["applied"] - waiting}
    return render_template(
        "steward/organizations.html",
        organizations=part_of(
            _lines(actor, tab), ORDERS, lambda one: (one.name, one.descriptor), {"state": tab}
        ),
        tabs=[
            (f"{here(HOME)}?state={each}", gettext(words), counts[each], each == tab)
            for each, words in TABS.items()
        ],
        tab=tab,
        now=the_node().clock(),
    )


@blueprint.get("/steward/organizations/<key:key>")
def one(key: str) -> str:
    """One organization and what can be decided about it."""
    return _page(_steward(), key, Typed())


@blueprint.post("/steward/organizations/<key:key>")
def decide(key: str) -> Response | tuple[str, int]:
    """Take a decision; its reason is kept, and told to the applicant where there is one."""
    actor, given = _steward(), typed.read("reason", "decision", "seen")
    act, seen = _acts().get(given.values["decision"]), given.values["seen"]
    if act is None or seen not in {state.value for state in OrganizationState}:
        unknown = gettext("Nothing was decided: choose one of the decisions on this page.")
        return _page(actor, key, replace(given, conflict=unknown)), 422
    try:
        act(actor, key, given.values["reason"], seen=OrganizationState(seen))
    except (Invalid, Conflict, Stale) as error:
        return _page(actor, key, given.wrong(error)), 422
    flash(gettext("The decision is recorded."))
    return redirect(here(f"{HOME}/{key}"), 303)


def _steward() -> Actor:
    return people.require_actor(Permission.DECIDE_APPLICATIONS)


def _acts() -> dict[str, Callable[..., None]]:
    side = the_node().private
    standing, suspension = side.tenants.standing, side.custody.suspension
    return {
        Action.APPROVE: standing.approve,
        Action.DECLINE: standing.decline,
        Action.SUSPEND: suspension.suspend,
        Action.RESUME: suspension.resume,
        Review.ALLOW: standing.allow_review,
        Review.STOP: suspension.stop_review,
    }


def _tab() -> str:
    """The tab asked for; the first one otherwise."""
    raw = request.args.get("state", "")
    return raw if raw in TABS else next(iter(TABS))


def _lines(actor: Actor, tab: str) -> list[OrganizationView]:
    """The organizations of a tab."""
    standing = the_node().private.tenants.standing
    if tab not in (UNCONFIRMED, OrganizationState.APPLIED):
        return standing.all(actor, OrganizationState(tab))
    waiting = standing.unconfirmed(actor)
    applied = standing.all(actor, OrganizationState.APPLIED)
    return [one for one in applied if (one.id in waiting) == (tab == UNCONFIRMED)]


def _page(actor: Actor, key: str, given: Typed) -> str:
    file = the_node().private.tenants.standing.read(actor, key)
    organization = file.organization
    return render_template(
        "steward/organization.html",
        file=file,
        organization=organization,
        state=STATES[organization.state],
        rulings=[(gettext(RULINGS[one.action]), one) for one in file.rulings],
        acts=_possible(file),
        kin=the_node().private.tenants.kin.parent(actor, key),
        given=given,
    )


def _possible(file: OrganizationFile) -> list[Act]:
    """What the steward can decide in the state that the organization is in."""
    can = {action.value for action in possible(file.organization.state)}
    confirmed = file.application is None or file.application.confirmed
    if not confirmed:
        can -= {Action.APPROVE.value}
    acts = [act for act in _standing_acts(confirmed=confirmed) if act[0] in can]
    if file.organization.state is OrganizationState.ACTIVE:
        acts.insert(0, _stop_review() if file.organization.may_review else _allow_review())
    return acts


def _standing_acts(*, confirmed: bool) -> list[Act]:
    told = gettext("The applicant gets mail with your reason. After ninety days everything is deleted.")
    untold = gettext("Nobody gets mail, since the address was not confirmed. Everything is deleted in time.")
    return [
        (
            Action.APPROVE.value,
            gettext("Approve"),
            gettext("The organization may report from now on. The applicant gets mail with your reason."),
            "",
        ),
        (
            Action.DECLINE.value,
            gettext("Do not approve"),
            told if confirmed else untold,
            "danger",
        ),
        (
            Action.SUSPEND.value,
            gettext("Suspend"),
            gettext("Everything stops at once: sessions, programs, what people let them do, and reviews."),
            "danger",
        ),
        (
            Action.RESUME.value,
            gettext("End the suspension"),
            gettext("Its people can sign in again. Programs have to ask for new tokens."),
            "",
        ),
    ]


def _allow_review() -> Act:
    says = gettext("Its administrators can make reviewers, who examine reports of other organizations.")
    return (Review.ALLOW.value, gettext("Let it review"), says, "alt")


def _stop_review() -> Act:
    says = gettext("Its reviewers lose that role, and the reports they hold go back into the queue.")
    return (Review.STOP.value, gettext("Let it review no more"), says, "danger")
