"""How a report names its organization: the choice, and asking another organization to publish it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import CommonsError, Conflict, Invalid, Problem, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.identities.rules import Identity, OfferState, Wish
from registry.intake.identities.views import NamingView
from registry.intake.rules import EDITABLE
from web.pages import naming_view, people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed
from web.pages.words import say

blueprint = Blueprint("naming", __name__)

LISTED, ANOTHER = "publisher", "another"
"""Controls of the organization that is asked: one of the list, or one by its name."""


@blueprint.get("/report/<key:key>/identity")
def choices(key: str) -> str | Response:
    """What the public and reviewers will read of the organization, in each case."""
    actor = people.require_actor(Permission.NAME_SUBMISSIONS)
    view = the_node().private.identities.naming.of(actor, key)
    return _page(key, view) if view.choosable else redirect(here(f"/mine/{key}"), 303)


@blueprint.post("/report/<key:key>/identity")
def choose(key: str) -> Response | tuple[str, int]:
    """Keep the choice, or go on to the organization that is to publish."""
    actor = people.require_actor(Permission.NAME_SUBMISSIONS)
    naming, given = the_node().private.identities.naming, typed.read("identity")
    view = naming.of(actor, key)
    if given.values["identity"] not in list(Identity):
        nothing = Invalid([Problem("/identity", gettext("Choose one."))])
        return _page(key, view, given.wrong(nothing)), 422
    wish = Wish(Identity(given.values["identity"]))
    if wish.identity is Identity.DELEGATED:
        return redirect(here(f"/report/{key}/publisher"), 303)
    try:
        naming.choose(actor, key, wish, expected=people.lock_seen())
    except (Invalid, Stale, Conflict) as error:
        return _refused(key, naming.of(actor, key), given, error)
    return _led_back(key, view)


@blueprint.get("/report/<key:key>/publisher")
def publisher(key: str) -> str | Response:
    """Which organization is to publish, what it may know, and a word to its people."""
    actor = people.require_actor(Permission.NAME_SUBMISSIONS)
    view = the_node().private.identities.naming.of(actor, key)
    return (
        _ask_page(actor, key, view, _asked(view)) if view.choosable else redirect(here(f"/mine/{key}"), 303)
    )


@blueprint.post("/report/<key:key>/publisher")
def ask(key: str) -> Response | tuple[str, int]:
    """Ask it."""
    actor = people.require_actor(Permission.NAME_SUBMISSIONS)
    naming, given = the_node().private.identities.naming, typed.read(LISTED, ANOTHER, "tell", "message")
    wish = Wish(
        Identity.DELEGATED,
        publisher=given.values[LISTED] or given.values[ANOTHER],
        tell=given.values["tell"] == "yes",
        message=given.values["message"],
    )
    view = naming.of(actor, key)
    try:
        naming.choose(actor, key, wish, expected=people.lock_seen())
    except Invalid as invalid:
        return _ask_page(actor, key, view, _at_its_control(given, invalid)), 422
    except (Stale, Conflict) as conflict:
        now = naming.of(actor, key)
        if not now.choosable:
            return _led(f"/mine/{key}", say(conflict))
        return _ask_page(actor, key, now, given.wrong(conflict)), 409
    return _led_back(key, view)


def _page(key: str, view: NamingView, given: Typed | None = None) -> str:
    given = given or Typed({"identity": view.identity.value})
    return render_template(
        "report/identity.html",
        key=key,
        view=view,
        options=naming_view.options(view.name, view.descriptor, delegation=True),
        back=_back(key, view),
        given=given,
    )


def _ask_page(actor: Actor, key: str, view: NamingView, given: Typed) -> str:
    listed = the_node().private.identities.naming.publishers(actor)
    return render_template(
        "report/publisher.html", key=key, view=view, publishers=listed, given=given, request=request
    )


def _refused(key: str, view: NamingView, given: Typed, error: CommonsError) -> Response | tuple[str, int]:
    if not view.choosable:
        return _led(f"/mine/{key}", say(error))
    return _page(key, view, given.wrong(error)), 422 if isinstance(error, Invalid) else 409


def _asked(view: NamingView) -> Typed:
    """What was asked last, unless it was refused: then another organization has to be named."""
    offer = view.offer
    if offer is None or offer.state is OfferState.REFUSED:
        return Typed({LISTED: "", ANOTHER: "", "tell": "", "message": offer.message if offer else ""})
    tell = "yes" if offer.told else ""
    return Typed({LISTED: offer.publisher, ANOTHER: offer.publisher, "tell": tell, "message": offer.message})


def _at_its_control(given: Typed, invalid: Invalid) -> Typed:
    """What is wrong with the organization stands where its name was typed."""
    wrong = given.wrong(invalid)
    if given.values[LISTED] or LISTED not in wrong.errors:
        return wrong
    errors = {ANOTHER if name == LISTED else name: sentence for name, sentence in wrong.errors.items()}
    return Typed(given.values, given.chosen, errors)


def _back(key: str, view: NamingView) -> str:
    return here(f"/report/{key}/check" if view.state in EDITABLE else f"/mine/{key}")


def _led_back(key: str, view: NamingView) -> Response:
    to = f"/report/{key}/check" if view.state in EDITABLE else f"/mine/{key}"
    return _led(to, gettext("Your choice is saved."))


def _led(to: str, says: str) -> Response:
    flash(says)
    return redirect(here(to), 303)
