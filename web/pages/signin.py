"""Signing in and out, and the page about oneself."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, NotAllowed
from registry.identity.rules import Actor, Permission, Role
from registry.identity.sessions import SignInRefused
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("signin", __name__)

ROLES: dict[Role, tuple[str, str]] = {
    Role.MEMBER: (N_("Member"), N_("You write and send reports for your organization.")),
    Role.ORG_ADMIN: (N_("Administrator"), N_("You also look after your organization’s people and programs.")),
    Role.REVIEWER: (
        N_("Reviewer"),
        N_("You examine reports of other organizations before they are published."),
    ),
    Role.STEWARD: (N_("Steward"), N_("You look after this node.")),
}
"""Role → its name, and what it lets a person do."""


@blueprint.get("/signin")
def form() -> str | Response:
    """The form; somebody who is signed in already is sent on."""
    the_node().private  # noqa: B018 - raises where nobody can sign in
    if people.current_actor() is not None:
        return redirect(_onward(), 303)
    return _page()


@blueprint.post("/signin")
def sign_in() -> tuple[str, int] | Response:
    """Start a session and go on; the answer to a wrong e-mail and to a wrong password is the same."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        people.remember(the_node().private.sessions.sign_in(email, password))
    except (SignInRefused, NotAllowed) as refused:
        return _page(email, say(refused)), 422
    return redirect(_onward(), 303)


@blueprint.post("/signout")
def sign_out() -> Response:
    """End the session."""
    people.end()
    flash(gettext("You have signed out."))
    return redirect(here("/"), 303)


@blueprint.get("/account")
def account() -> str:
    """Who I am here, and what I may do."""
    actor = people.require_actor()
    roles = [ROLES[role] for role in Role if role in actor.roles]
    return render_template("signin/account.html", actor=actor, roles=roles, **may(actor))


def may(actor: Actor) -> dict[str, bool]:
    """What the account page offers."""
    return {
        "may_report": actor.holds(Permission.WRITE_SUBMISSIONS),
        "may_review": actor.holds(Permission.READ_REVIEWS),
        "may_publish": actor.holds(Permission.RELEASE_BATCH),
        "may_manage": actor.holds(Permission.MANAGE_ORGANIZATION),
        "may_decide": actor.holds(Permission.DECIDE_APPLICATIONS),
    }


def _page(email: str = "", error: str | None = None) -> str:
    return render_template("signin/form.html", email=email, error=error, next=_wanted())


def _wanted() -> str:
    return people.safe_next(request.values.get("next"), "")


def _onward() -> str:
    actor = people.current_actor()
    reviews = actor is not None and actor.holds(Permission.READ_REVIEWS)
    reports = actor is not None and actor.holds(Permission.READ_SUBMISSIONS)
    home = "/mine" if reports else "/review" if reviews else "/account"
    return _wanted() or here(home)
