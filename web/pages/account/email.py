"""My address: showing that it is mine, and changing it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid, TooManyTries
from registry.identity.oneself import NotFresh
from registry.identity.rules import Actor
from registry.identity.selfcare.mailbox import Mailbox
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.signin import careful
from web.pages.typed import Typed
from web.pages.waiting import seconds_of

blueprint = Blueprint("email", __name__)

HOME = "/account/email"
BY_ONE_PERSON = Limit("address-person", 5, 24 * 3600)
TO_ONE_MAILBOX = Limit("address-mailbox", 3, 24 * 3600)
OF_ONE_LINK = Limit("address-link", 10, 3600)
"""Bounds of what one person can make the node send, and of passwords tried at one link."""


@blueprint.get("/account/email")
def mine() -> str:
    """My address, and the form for another one."""
    return _page(people.require_actor(), Typed())


@blueprint.post("/account/email")
def wish() -> Response | tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Wish for another address; the answer is the same whether it belongs to somebody here or not."""
    actor, given = careful(), typed.read("email", "password")
    limiter, email = the_node().private.limiter, given.values["email"]
    try:
        with (
            limiter.taken(BY_ONE_PERSON, actor.id),
            limiter.taken(TO_ONE_MAILBOX, email.strip().casefold()),
        ):
            _mailbox().wish(actor, people.session_secret(), email, given.values["password"])
    except TooManyTries as slow:
        return _page(actor, given.wrong(slow)), 429, {"Retry-After": str(seconds_of(slow))}
    except (Invalid, NotFresh) as error:
        return _page(actor, given.wrong(error)), 422
    flash(gettext("We have sent a link to the new address. It counts once you have opened the link."))
    return redirect(here(HOME), 303)


@blueprint.post("/account/email/keep")
def keep() -> Response:
    """Keep the old address after all."""
    _mailbox().give_up(people.require_actor())
    flash(gettext("Your address stays as it is."))
    return redirect(here(HOME), 303)


@blueprint.post("/account/email/proof")
def send_proof() -> Response:
    """Have a link sent to an address that is not confirmed yet."""
    actor = people.require_actor()
    the_node().private.limiter.take(BY_ONE_PERSON, actor.id)
    _mailbox().send_proof(actor)
    flash(gettext("We have sent a link to your address."))
    return redirect(here(HOME), 303)


@blueprint.get("/account/email/confirm")
def opened() -> str:
    """Where the mailed link leads."""
    return _confirming(request.args.get("key", ""), Typed())


@blueprint.post("/account/email/confirm")
def confirm() -> Response | tuple[str, int]:
    """Let the address count, for somebody signed in as its person or knowing the password."""
    side, key, given = the_node().private, request.form.get("key", ""), typed.read("password")
    side.limiter.take(OF_ONE_LINK, key)
    actor = people.current_actor()
    try:
        _mailbox().confirm(actor, key, given.values["password"])
    except Invalid as invalid:
        return _confirming(key, Typed().wrong(invalid)), 422
    flash(gettext("The address is confirmed. Use it to sign in from now on."))
    return redirect(here("/account"), 303)


def _mailbox() -> Mailbox:
    return the_node().private.selfcare.mailbox


def _page(actor: Actor, given: Typed) -> str:
    return render_template("account/email.html", mine=_mailbox().mine(actor), given=given)


def _confirming(key: str, given: Typed) -> str:
    found, actor = _mailbox().opened(key), people.current_actor()
    return render_template(
        "account/email_confirm.html",
        key=key,
        given=given,
        email=found.email,
        known=actor is not None and actor.id == found.person_id,
        has_password=found.has_password,
    )
