"""Signing in, in one step or two, and out."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, CommonsError, Invalid, NotAllowed, TooManyTries
from registry.identity.factors.pending import SecondStepNeeded, SecondStepOver
from registry.identity.factors.second_step import Through, Waiting
from registry.identity.rules import Actor, Permission, Role
from registry.identity.sessions import SignInRefused
from registry.identity.starting import SignedIn
from registry.identity.throttling import SignInThrottle
from web.pages import compress, devices, people
from web.pages.chrome import here
from web.pages.messages import gettext, ngettext
from web.pages.waiting import slow_down
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
CODE = "/signin/code"


@blueprint.get("/signin")
def form() -> str | Response:
    """The form; somebody who is signed in already is sent on."""
    the_node().require_private()
    if people.current_actor() is not None:
        return redirect(onward(), 303)
    compress.tells_nobody_anything()
    return _page()


@blueprint.post("/signin")
def sign_in() -> Response | tuple[str, int, dict[str, str]]:
    """The first step; the answer to a wrong e-mail and to a wrong password is the same."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    account, place, mark = email.strip().casefold(), request.remote_addr or "", devices.mark_of(email)
    device, throttle = devices.known_for(mark), the_throttle()
    try:
        throttle.first_step(account, place, device)
        done = the_node().private.sessions.sign_in(email, password, device=devices.word())
    except SecondStepNeeded as needed:
        throttle.passed(account, place, device)
        people.wait(needed.pending, mark)
        return redirect(here(CODE) + carried(), 303)
    except SignInRefused as refused:
        throttle.failed(place, device)
        return _page(email, say(refused)), 422, {}
    except NotAllowed as refused:
        return _page(email, say(refused)), 422, {}
    except TooManyTries as slow:
        return _page(email, slow_down(slow)), 429, {"Retry-After": str(slow.facts["retry_after"])}
    throttle.passed(account, place, device)
    return enter(done, mark)


@blueprint.get("/signin/code")
def code_form() -> str | Response:
    """The second step, for somebody whose first one went well."""
    try:
        return _code_page(the_node().private.factors.second_step.waiting(people.waiting_secret()))
    except SecondStepOver as over:
        return _again(over)


@blueprint.post("/signin/code")
def show_code() -> Response | tuple[str, int, dict[str, str]]:
    """A code of the app, or a recovery code; after five wrong ones the first step must be repeated."""
    steps, secret, mark = (
        the_node().private.factors.second_step,
        people.waiting_secret(),
        people.waiting_mark(),
    )
    throttle, device = the_throttle(), devices.known_for(mark)
    try:
        waiting = steps.waiting(secret)
    except SecondStepOver as over:
        return _again(over)
    try:
        throttle.second_step(waiting.person_id, device)
        through = steps.by_code(secret, request.form.get("code", ""), device=devices.word())
    except Invalid as wrong:
        return _code_page(waiting, say(wrong.problems[0])), 422, {}
    except NotAllowed as refused:
        return _code_page(waiting, say(refused)), 422, {}
    except TooManyTries as slow:
        return _code_page(waiting, slow_down(slow)), 429, {"Retry-After": str(slow.facts["retry_after"])}
    except SecondStepOver as over:
        return _again(over)
    throttle.second_passed(waiting.person_id, device)
    return _through(through, mark)


@blueprint.post("/signout")
def sign_out() -> Response:
    """End the session."""
    people.end()
    flash(gettext("You have signed out."))
    return redirect(here("/"), 303)


def the_throttle() -> SignInThrottle:
    """The counting of tries at this node."""
    node = the_node()
    return SignInThrottle(node.private.limiter, node.settings.limits_percent)


def careful() -> Actor:
    """The person who is about to show that it is still them, counted: nobody may guess here without end."""
    actor = people.require_actor()
    the_throttle().change(actor.id)
    return actor


def enter(done: SignedIn, mark: str) -> Response:
    """Begin the session in this browser, and lead on to where the person wanted to go."""
    people.remember(done)
    devices.keep(mark)
    return redirect(onward(), 303)


def onward() -> str:
    """Where to go after signing in: the page that was asked for, or the one where the work is."""
    actor = people.current_actor()
    if actor is not None and actor.lacks_factor and not _wanted():
        return here("/account/factors")
    reviews = actor is not None and actor.holds(Permission.READ_REVIEWS)
    reports = actor is not None and actor.holds(Permission.READ_SUBMISSIONS)
    home = "/mine" if reports else "/review" if reviews else "/account"
    return _wanted() or here(home)


def _through(through: Through, mark: str) -> Response:
    answer = enter(through.signed_in, mark)
    if through.codes_left is not None:
        flash(
            ngettext(
                "You used a recovery code. One is left. Make new ones on the page “Second factors”.",
                "You used a recovery code. %(num)s are left.",
                through.codes_left,
            )
        )
    return answer


def _again(over: CommonsError) -> Response:
    people.stop_waiting()
    flash(say(over))
    return redirect(here("/signin") + carried(), 303)


def _page(email: str = "", error: str | None = None) -> str:
    return render_template("signin/form.html", email=email, error=error, next=_wanted())


def _code_page(waiting: Waiting, error: str | None = None) -> str:
    return render_template("signin/code.html", held=waiting.held, error=error, next=_wanted())


def _wanted() -> str:
    return people.safe_next(request.values.get("next"), "")


def carried() -> str:
    """The address to go on to, as the query of the next page."""
    return f"?{urlencode({'next': _wanted()})}" if _wanted() else ""
