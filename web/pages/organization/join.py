"""Applying for an organization. Whatever a stranger types, the answer never tells who is known here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid, TooManyTries
from registry.identity.rules import Actor
from registry.identity.tenants.applications import Applicant, Wish
from registry.identity.tenants.proofs import LinkDead
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.language import language
from web.pages.messages import gettext
from web.pages.typed import Typed
from web.pages.waiting import seconds_of

blueprint = Blueprint("join", __name__)

TRIES_AT_ONE_PLACE = Limit("join-tries", 60, 3600)
FROM_ONE_PLACE = Limit("join-place", 10, 3600)
TO_ONE_MAILBOX = Limit("join-mailbox", 3, 24 * 3600)
BY_ONE_PERSON = Limit("join-person", 5, 24 * 3600)
IN_ALL = Limit("join-all", 200, 3600)
OF_ONE_LINK = Limit("join-confirm", 10, 3600)
"""Bounds of what strangers can make the node keep and send; tries are also those that come to nothing."""


@blueprint.get("/join")
def form() -> str:
    """What an organization is asked when it applies."""
    the_node().require_private()
    return _form(people.current_actor(), Typed())


@blueprint.post("/join")
def apply() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Keep the application; the next page is the same whether anything was kept or not."""
    side, actor = the_node().private, people.current_actor()
    given = typed.read("name", "descriptor", "website", "purpose", "person", "email", "password")
    values = given.values
    wish = Wish(
        values["name"], values["descriptor"], values["website"].strip(), values["purpose"], language()
    )
    try:
        if actor is not None:
            with side.limiter.taken(BY_ONE_PERSON, actor.id):
                side.tenants.applications.apply_as(actor, wish)
            flash(gettext("Your application has arrived. You will get mail when it is decided."))
            return redirect(here("/account"), 303)
        _apply(wish, Applicant(values["person"], values["email"], values["password"]))
    except TooManyTries as slow:
        return _form(actor, given.wrong(slow)), 429, {"Retry-After": str(seconds_of(slow))}
    except Invalid as invalid:
        return _form(actor, given.wrong(invalid)), 422
    return redirect(here("/join/sent"), 303)


@blueprint.get("/join/sent")
def sent() -> str:
    """What happens next."""
    the_node().require_private()
    return render_template("organization/join_sent.html")


@blueprint.get("/join/confirm")
def confirming() -> str:
    """Where the mailed link leads: ask for the password of the application."""
    key = request.args.get("key", "")
    the_node().private.tenants.applications.opened(key)
    return render_template("organization/confirm.html", key=key, given=Typed())


@blueprint.post("/join/confirm")
def confirm() -> Response | tuple[str, int]:
    """Take the address as the applicant's."""
    side, key = the_node().private, request.form.get("key", "")
    side.limiter.take(OF_ONE_LINK, key)
    try:
        side.tenants.applications.confirm(key, request.form.get("password", ""))
    except Invalid as invalid:
        return render_template("organization/confirm.html", key=key, given=Typed().wrong(invalid)), 422
    flash(gettext("Your address is confirmed. You will get mail when the steward has decided."))
    return redirect(here("/"), 303)


@blueprint.errorhandler(LinkDead)
def link_dead(_error: LinkDead) -> tuple[str, int]:
    """What may have happened to a link, and what to do."""
    return render_template("organization/link_dead.html", invited=False), 404


def _apply(wish: Wish, applicant: Applicant) -> None:
    """Keep a stranger's application if there were not too many; raises ``TooManyTries`` or ``Invalid``.

    The narrow bounds come first, so that whoever runs into them does not use up what is there for all;
    and only what is kept counts for the mailbox, which a stranger may have typed.
    """
    side, place = the_node().private, request.remote_addr or ""
    side.limiter.take(TRIES_AT_ONE_PLACE, place)
    mailbox = applicant.email.strip().casefold()
    with (
        side.limiter.taken(FROM_ONE_PLACE, place),
        side.limiter.taken(TO_ONE_MAILBOX, mailbox),
        side.limiter.taken(IN_ALL, "all"),
    ):
        side.tenants.applications.apply(wish, applicant)


def _form(actor: Actor | None, given: Typed) -> str:
    return render_template("organization/join.html", actor=actor, given=given)
