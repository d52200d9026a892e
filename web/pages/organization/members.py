"""The people of an organization: who they are, what they may do, whom to invite, and who leaves."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, TooManyTries
from registry.identity.rules import Actor, Permission, Role
from registry.identity.tenants.rules import assignable
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.language import LANGUAGES, language
from web.pages.listing import Order, part_of
from web.pages.messages import gettext
from web.pages.signin import ROLES
from web.pages.typed import Typed
from web.pages.waiting import seconds_of

blueprint = Blueprint("members", __name__)

DUTIES: dict[Role, str] = {
    Role.MEMBER: N_("They write and send reports for your organization."),
    Role.ORG_ADMIN: N_("They also look after your organization’s people and programs."),
    Role.REVIEWER: N_("They examine reports of other organizations before they are published."),
}
"""Role → what it lets somebody else do, in words for who gives it."""

INVITATIONS = Limit("invite", 60, 3600)
TO_ONE_MAILBOX = Limit("invite-mailbox", 5, 24 * 3600)
"""Bounds of what an organization can make the node send."""
ORDERS = {
    "name": Order(N_("By name"), lambda one: (one.name.casefold(), one.id)),
    "roles": Order(
        N_("By role"),
        lambda one: (-max(list(Role).index(role) for role in one.roles), one.name.casefold(), one.id),
    ),
}
"""Ways to sort the people."""
HOME = "/organization/people"


@blueprint.get("/organization/people")
def all_people() -> str:
    """Everybody with a role, the invitations that wait, and a form to invite."""
    return _list(_administrator(), Typed())


@blueprint.post("/organization/people")
def invite() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Invite somebody by mail."""
    actor, side = _administrator(), the_node().private
    given = typed.read("email", "language", lists=("roles",))
    email, limiter = given.values["email"], side.limiter
    spoken = given.values["language"] if given.values["language"] in LANGUAGES else language()
    try:
        with (
            limiter.taken(TO_ONE_MAILBOX, actor.organization_id, email.strip().casefold()),
            limiter.taken(INVITATIONS, actor.organization_id),
        ):
            side.tenants.invitations.invite(actor, email, given.chosen["roles"], spoken)
    except TooManyTries as slow:
        return _list(actor, given.wrong(slow)), 429, {"Retry-After": str(seconds_of(slow))}
    except (Invalid, Conflict) as error:
        return _list(actor, given.wrong(error)), 422
    flash(gettext("The invitation is on its way."))
    return redirect(here(HOME), 303)


@blueprint.post("/organization/invitations/<key:key>/again")
def send_again(key: str) -> Response:
    """Send a new link; the earlier one stops working."""
    actor, side = _administrator(), the_node().private
    with (
        side.limiter.taken(TO_ONE_MAILBOX, actor.organization_id, key),
        side.limiter.taken(INVITATIONS, actor.organization_id),
    ):
        side.tenants.invitations.send_again(actor, key)
    flash(gettext("The invitation is on its way again. The earlier link no longer works."))
    return redirect(here(HOME), 303)


@blueprint.post("/organization/invitations/<key:key>/revoke")
def revoke(key: str) -> Response:
    """Take an invitation back."""
    the_node().private.tenants.invitations.revoke(_administrator(), key)
    flash(gettext("The invitation is taken back."))
    return redirect(here(HOME), 303)


@blueprint.get("/organization/people/<key:key>")
def one_person(key: str) -> str:
    """One person and their roles."""
    return _person(_administrator(), key, Typed())


@blueprint.post("/organization/people/<key:key>")
def change_roles(key: str) -> Response | tuple[str, int]:
    """Give a person these roles and no other."""
    actor, given = _administrator(), typed.read(lists=("roles",))
    try:
        the_node().private.tenants.members.change_roles(actor, key, given.chosen["roles"])
    except (Invalid, Conflict) as error:
        return _person(actor, key, given.wrong(error)), 422
    flash(gettext("The roles are changed."))
    return redirect(here(HOME), 303)


@blueprint.get("/organization/people/<key:key>/leave")
def leaving(key: str) -> str:
    """What the person has open, and who could take it."""
    return _leaving(_administrator(), key, Typed())


@blueprint.post("/organization/people/<key:key>/leave")
def leave(key: str) -> Response | tuple[str, int]:
    """Hand over what is open and end the person's access."""
    actor, given = _administrator(), typed.read("colleague")
    try:
        the_node().private.custody.handing_over.hand_over(actor, key, given.values["colleague"] or None)
    except (Invalid, Conflict) as error:
        return _leaving(actor, key, given.wrong(error)), 422
    flash(gettext("The person no longer belongs to your organization."))
    return redirect(here("/account" if key == actor.id else HOME), 303)


def _administrator() -> Actor:
    return people.require_actor(Permission.MANAGE_MEMBERS)


def _role_options(actor: Actor) -> list[tuple[str, str, str]]:
    organization = the_node().private.tenants.members.organization(actor)
    return [
        (role.value, gettext(ROLES[role][0]), gettext(DUTIES[role]))
        for role in assignable(may_review=organization.may_review)
    ]


def _list(actor: Actor, given: Typed) -> str:
    tenants = the_node().private.tenants
    return render_template(
        "organization/people.html",
        people=part_of(tenants.members.all(actor), ORDERS, lambda one: (one.name, one.email)),
        invitations=tenants.invitations.waiting(actor),
        role_names={role: name for role, (name, _) in ROLES.items()},
        role_options=_role_options(actor),
        chosen=given.chosen.get("roles", [Role.MEMBER.value]),
        languages=list(LANGUAGES.items()),
        spoken=given.values.get("language") or language(),
        now=the_node().clock(),
        given=given,
    )


def _person(actor: Actor, key: str, given: Typed) -> str:
    person = the_node().private.tenants.members.one(actor, key)
    return render_template(
        "organization/person.html",
        person=person,
        steward=Role.STEWARD in person.roles,
        role_options=_role_options(actor),
        chosen=given.chosen.get("roles", [role.value for role in person.roles]),
        given=given,
        oneself=person.id == actor.id,
    )


def _leaving(actor: Actor, key: str, given: Typed) -> str:
    leaving = the_node().private.custody.handing_over.leaving(actor, key)
    options = [("", gettext("Nobody yet"))] + [(one.id, one.name) for one in leaving.colleagues]
    return render_template("organization/leave.html", leaving=leaving, options=options, given=given)
