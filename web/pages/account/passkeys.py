"""My passkeys: adding, naming and removing. Adding needs a script; the page says what to do without."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound, Problem
from registry.identity.factors.ceremony import PasskeyRefused
from registry.identity.factors.challenges import ChallengeOver
from registry.identity.factors.passkeys import Passkeys, PasskeyView
from registry.identity.oneself import NotFresh
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.passkey_signin import answer
from web.pages.signin import careful
from web.pages.typed import Typed
from web.pages.words import say

blueprint = Blueprint("passkeys", __name__)

HOME = "/account/passkeys"
NEW = f"{HOME}/new"
Answer = Response | tuple[str, int]


@blueprint.get("/account/passkeys")
def mine() -> str:
    """What I have, and how to add one."""
    return _list(people.require_actor(), Typed())


@blueprint.post("/account/passkeys")
def begin() -> Answer:
    """First step of adding one: the password shows that it is still the same person."""
    actor, given = careful(), typed.read("password")
    try:
        _own().prepare(actor, people.session_secret(), given.values["password"])
    except (Invalid, Conflict, NotFresh) as error:
        return _list(actor, given.wrong(error)), 422
    return redirect(here(NEW), 303)


@blueprint.get("/account/passkeys/new")
def asking() -> str | Response:
    """Second step: the device is asked; only within five minutes of the first."""
    actor = people.require_actor()
    try:
        options = _own().options(actor, people.session_secret())
    except ChallengeOver as over:
        return _back(over)
    return render_template("account/passkey_new.html", options=options, party=_own().party)


@blueprint.post("/account/passkeys/new")
def add() -> Answer:
    """Keep what the device made; roles that rested awake in this session."""
    actor = careful()
    try:
        risen = _own().add(actor, people.session_secret(), request.form.get("name", ""), answer())
    except (PasskeyRefused, Conflict) as error:
        return _back(error)
    except Invalid as error:
        return _back(error.problems[0])
    people.risen(risen.secret)
    flash(gettext("The passkey is added. From now on signing in asks for it, or for another second factor."))
    if risen.codes:
        return render_template("account/codes.html", codes=risen.codes, added=False), 200
    return redirect(here(HOME), 303)


@blueprint.get("/account/passkeys/<key:mark>")
def one(mark: str) -> str:
    """One passkey: its name, and removing it."""
    return _one(people.require_actor(), mark, Typed())


@blueprint.post("/account/passkeys/<key:mark>/name")
def rename(mark: str) -> Answer:
    """Give it another name."""
    actor, given = people.require_actor(), typed.read("name")
    try:
        _own().rename(actor, mark, given.values["name"])
    except Invalid as error:
        return _one(actor, mark, given.wrong(error)), 422
    flash(gettext("The name is changed."))
    return redirect(here(HOME), 303)


@blueprint.post("/account/passkeys/<key:mark>/remove")
def remove(mark: str) -> Answer:
    """Forget it."""
    actor, given = careful(), typed.read("password")
    try:
        _own().remove(actor, people.session_secret(), mark, given.values["password"])
    except (Invalid, Conflict, NotAllowed) as error:
        return _one(actor, mark, given.wrong(error)), 422
    flash(gettext("The passkey is removed. Delete it on your device too."))
    return redirect(here(HOME), 303)


def _own() -> Passkeys:
    return the_node().private.factors.passkeys


def _list(actor: Actor, given: Typed) -> str:
    standing = the_node().private.factors.own.standing(actor, people.session_secret())
    return render_template(
        "account/passkeys.html",
        passkeys=_own().all(actor),
        party=_own().party,
        standing=standing,
        given=given,
    )


def _one(actor: Actor, mark: str, given: Typed) -> str:
    standing = the_node().private.factors.own.standing(actor, people.session_secret())
    return render_template("account/passkey.html", passkey=_find(actor, mark), standing=standing, given=given)


def _find(actor: Actor, mark: str) -> PasskeyView:
    for passkey in _own().all(actor):
        if passkey.mark == mark:
            return passkey
    raise NotFound


def _back(error: CommonsError | Problem) -> Response:
    flash(say(error))
    return redirect(here(HOME), 303)
