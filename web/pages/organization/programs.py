"""The programs of an organization: register one, read its secret once, renew it, switch it off."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid, Problem
from registry.identity.oauth.registering import NewClient
from registry.identity.oauth.rules import DEVICE_GRANT, Way
from registry.identity.rules import OPENS_NOTHING, Actor, Permission
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.oauth.offers import SCOPE_WORDS
from web.pages.typed import Typed

blueprint = Blueprint("programs", __name__)

CHANGES = Limit("programs", 60, 3600)
HOME = "/organization/programs"
UNOFFERED = frozenset({"cases:read", "cases:write", "node:admin"})
"""Scopes whose names are reserved: programs can do nothing with them yet, and much some day."""
NOTHING_YET = N_("Programs can do nothing with this yet.")
WITH_PEOPLE = ("authorization_code", "refresh_token")

KINDS: dict[str, tuple[str, str]] = {
    "service": (
        N_("A server or script that runs by itself"),
        N_("It acts for your organization, with a secret that it keeps."),
    ),
    "signing": (
        N_("A server that signs with a key of its own"),
        N_("Safer: we only know its public key, and no secret travels."),
    ),
    "web": (
        N_("A web application that people sign in to"),
        N_("It acts for the person who lets it, and keeps a secret on its server."),
    ),
    "app": (
        N_("An app or command-line program"),
        N_("It acts for the person who lets it, and can keep no secret."),
    ),
}
"""Kind of program → its name, and what that means."""


@blueprint.get("/organization/programs")
def all_programs() -> str:
    """Every program, and a form to register one."""
    return _list(_administrator(), Typed())


@blueprint.post("/organization/programs")
def register() -> Response | str | tuple[str, int]:
    """Register a program and show its secrets, this once."""
    actor, side = _administrator(), the_node().private
    side.limiter.take(CHANGES, actor.organization_id)
    given = typed.read("name", "kind", "redirect_uris", "jwks", lists=("scopes", "bearer"))
    try:
        made = side.tenants.programs.register(
            actor, given.values["name"], given.chosen["scopes"], _way(given)
        )
    except (Invalid, Conflict) as error:
        return _list(actor, given.wrong(error)), 422
    return _secrets(actor, made)


@blueprint.get("/organization/programs/<key:key>")
def one_program(key: str) -> str:
    """One program and what can be done with it."""
    return _program(_administrator(), key)


@blueprint.post("/organization/programs/<key:key>/renew")
def renew(key: str) -> str | tuple[str, int]:
    """Give new secrets and show them, this once."""
    actor, side = _administrator(), the_node().private
    side.limiter.take(CHANGES, actor.organization_id)
    try:
        return _secrets(actor, side.tenants.programs.renew(actor, key, bearer=_asks_bearer()))
    except Conflict as conflict:
        return _program(actor, key, conflict), 422


@blueprint.post("/organization/programs/<key:key>/off")
def switch_off(key: str) -> Response:
    """Stop a program at once."""
    the_node().private.tenants.programs.switch_off(_administrator(), key)
    flash(gettext("The program is switched off. Nothing it holds works any more."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/programs/<key:key>/on")
def switch_on(key: str) -> Response | tuple[str, int]:
    """Let a program act again."""
    actor = _administrator()
    try:
        the_node().private.tenants.programs.switch_on(actor, key)
    except Conflict as conflict:
        return _program(actor, key, conflict), 422
    flash(gettext("The program is switched on."))
    return redirect(here(f"{HOME}/{key}"), 303)


def _administrator() -> Actor:
    return people.require_actor(Permission.MANAGE_CLIENTS)


def _way(given: Typed) -> Way:
    """How a program of the chosen kind gets in; raises ``Invalid``."""
    bearer = _asks_bearer()
    kind, uris = given.values["kind"], tuple(given.values["redirect_uris"].split())
    if kind == "service":
        return Way(bearer=bearer)
    if kind == "signing":
        return Way("private_key_jwt", jwks=_key_set(given.values["jwks"]), bearer=bearer)
    if kind == "web":
        return Way(grant_types=WITH_PEOPLE, redirect_uris=uris, bearer=bearer)
    if kind == "app":
        by_code = WITH_PEOPLE if uris else ("refresh_token",)
        return Way("none", (*by_code, DEVICE_GRANT), uris, bearer=bearer)
    raise Invalid([Problem("/kind", N_("Choose what kind of program it is."))])


def _asks_bearer() -> bool:
    """Whether the box for a long-lived token is ticked."""
    return request.form.get("bearer") == "yes"


def _key_set(text: str) -> dict[str, Any]:
    try:
        keys = json.loads(text)
    except (ValueError, RecursionError):
        keys = None
    if not isinstance(keys, dict):
        raise Invalid([Problem("/jwks", N_('Paste a key set in JSON: {"keys": […]}.'))])
    return keys


def _program(actor: Actor, key: str, conflict: Conflict | None = None) -> str:
    return render_template(
        "organization/program.html",
        program=the_node().private.tenants.programs.one(actor, key),
        words=SCOPE_WORDS,
        given=Typed().wrong(conflict) if conflict else Typed(),
    )


def _secrets(actor: Actor, made: NewClient) -> str:
    program = the_node().private.tenants.programs.one(actor, made.id)
    return render_template("organization/secrets.html", program=program, made=made)


def _choice(scope: str) -> tuple[str, str, str | None]:
    """A scope to tick, with a word where ticking it opens nothing yet."""
    return scope, gettext(SCOPE_WORDS[scope]), gettext(NOTHING_YET) if scope in OPENS_NOTHING else None


def _list(actor: Actor, given: Typed) -> str:
    programs = the_node().private.tenants.programs
    return render_template(
        "organization/programs.html",
        programs=programs.all(actor),
        kinds=[(kind, gettext(name), gettext(means)) for kind, (name, means) in KINDS.items()],
        scopes=[_choice(scope) for scope in programs.offered(actor) if scope not in UNOFFERED],
        words=SCOPE_WORDS,
        given=given,
    )
