"""Second factors: one-time codes of an app, and recovery codes on paper."""

from __future__ import annotations

import segno
from flask import Blueprint, flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid
from registry.identity.factors.own import OwnFactors, Risen
from registry.identity.factors.recovery import in_groups
from registry.identity.factors.totp import NotBegun
from registry.identity.rules import Actor
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.signin import careful
from web.pages.typed import Typed

blueprint = Blueprint("factors", __name__)

HOME = "/account/factors"
APP = f"{HOME}/app"
QUIET_MODULES = 4
"""Blank border of a QR code (ISO/IEC 18004, section 9.1)."""
Answer = Response | tuple[str, int]


@blueprint.get("/account/factors")
def overview() -> str:
    """What I have, what I need, and what can be done."""
    return _overview(people.require_actor(), Typed())


@blueprint.post("/account/factors/app/begin")
def begin_app() -> Answer:
    """Begin to set up one-time codes; the password shows that it is still the same person."""
    actor, given = careful(), typed.read("password")
    try:
        _own().prepare(actor, people.session_secret(), given.values["password"])
    except (Invalid, Conflict) as error:
        return _overview(actor, given.wrong(error), wrong_in="app"), 422
    return redirect(here(APP), 303)


@blueprint.get("/account/factors/app")
def app_page() -> str | Response:
    """The secret for the app, as a picture and for typing; only while the set-up is open."""
    actor = people.require_actor()
    try:
        return _app_page(actor, Typed())
    except NotBegun:
        return redirect(here(HOME), 303)


@blueprint.post("/account/factors/app")
def confirm_app() -> Answer:
    """A first code ends the set-up; roles that rested awake in this session."""
    actor, given = careful(), typed.read("code")
    try:
        risen = _own().confirm(actor, people.session_secret(), given.values["code"])
    except Invalid as error:
        return _app_page(actor, given.wrong(error)), 422
    except NotBegun:
        return redirect(here(HOME), 303)
    return _confirmed(risen)


@blueprint.get("/account/factors/app/remove")
def removal() -> str:
    """What taking the codes away means."""
    people.require_actor()
    return _removal(Typed())


@blueprint.post("/account/factors/app/remove")
def remove_app() -> Answer:
    """Take one-time codes away, showing one more of them."""
    actor, given = careful(), typed.read("code")
    try:
        _own().remove(actor, people.session_secret(), given.values["code"])
    except (Invalid, Conflict) as error:
        return _removal(given.wrong(error)), 422
    flash(gettext("One-time codes are removed."))
    return redirect(here(HOME), 303)


@blueprint.post("/account/factors/recovery")
def new_codes() -> Answer | str:
    """New recovery codes, shown this once; the old ones are dead."""
    actor, given = careful(), typed.read("password")
    try:
        codes = _own().new_codes(actor, people.session_secret(), given.values["password"])
    except (Invalid, Conflict) as error:
        return _overview(actor, given.wrong(error), wrong_in="recovery"), 422
    return render_template("account/codes.html", codes=codes, added=False)


def _own() -> OwnFactors:
    return the_node().private.factors.own


def _confirmed(risen: Risen) -> Answer:
    people.risen(risen.secret)
    if risen.codes:
        return render_template("account/codes.html", codes=risen.codes, added=True), 200
    flash(gettext("One-time codes are set up. From now on signing in asks for one."))
    return redirect(here(HOME), 303)


def _overview(actor: Actor, given: Typed, wrong_in: str = "") -> str:
    standing = _own().standing(actor, people.session_secret())
    return render_template(
        "account/factors.html", standing=standing, given=given, wrong_in=wrong_in, rests=actor.lacks_factor
    )


def _app_page(actor: Actor, given: Typed) -> str:
    shown = _own().setting_up(actor, people.session_secret())
    return render_template(
        "account/app.html",
        picture=picture(shown.uri),
        secret=in_groups(shown.secret),
        uri=shown.uri,
        given=given,
    )


def _removal(given: Typed) -> str:
    return render_template("account/remove_app.html", given=given)


def picture(text: str) -> Markup:
    """A QR code as an SVG element: dark on light in every colour scheme, without a style attribute."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(
        border=QUIET_MODULES, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff"
    )
    return Markup(svg)  # noqa: S704 - drawn by us from a text of ours; no character of it gets into the markup
