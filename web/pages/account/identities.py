"""Signing in through one's organization: connecting it to the account, and taking it away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.oneself import NotFresh
from registry.identity.providers.attempts import Wish
from registry.identity.providers.rules import ProviderTrouble
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.provider_signin import TROUBLES, leave_for
from web.pages.signin import careful
from web.pages.typed import Typed

blueprint = Blueprint("identities", __name__)

HOME = "/account/identities"


@blueprint.get("/account/identities")
def all_identities() -> str:
    """What is connected, and what the organization offers."""
    return _page(people.require_actor(), Typed())


@blueprint.post("/account/identities/<key:key>/connect")
def connect(key: str) -> tuple[str, int]:
    """Begin to connect a provider of one's organization, after showing that it is oneself."""
    actor, own, given = careful(), the_node().private.providers.own, typed.read("password")
    provider = next((one for one in own.all(actor) if one.id == key and one.linked_at is None), None)
    if provider is None:
        return _page(actor, Typed(conflict=gettext("This cannot be connected any more."))), 409
    try:
        own.prove(actor, people.session_secret(), given.values["password"])
        go = leave_for(key, Wish(here(HOME), person_id=actor.id))
    except (Invalid, NotFresh) as error:
        return _page(actor, given.wrong(error), wrong_in=key), 422
    except ProviderTrouble as trouble:
        words = TROUBLES[trouble.trouble]
        return _page(actor, Typed(conflict=gettext(words.happened))), words.status
    return render_template("account/identity_go.html", provider=provider, go=go), 200


@blueprint.post("/account/identities/<key:key>/disconnect")
def disconnect(key: str) -> Response | tuple[str, int]:
    """Take a way in away."""
    actor, given = careful(), typed.read("password")
    own, secret = the_node().private.providers.own, people.session_secret()
    try:
        own.disconnect(actor, key, secret, given.values["password"])
    except (Invalid, NotFresh, Conflict) as error:
        return _page(actor, given.wrong(error), wrong_in=key), 422
    flash(gettext("Disconnected. Sessions that began through it have ended."))
    return redirect(here(HOME), 303)


def _page(actor: Actor, given: Typed, *, wrong_in: str = "") -> str:
    side = the_node().private
    return render_template(
        "account/identities.html",
        providers=side.providers.own.all(actor),
        has_password=side.factors.own.standing(actor, people.session_secret()).has_password,
        given=Typed(given.values, {}, {}, given.conflict) if given.conflict else given,
        wrong_in=wrong_in,
    )
