"""Sign-in through the organization's own provider: register it, test it, switch it, remove it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import N_, Conflict, Invalid
from registry.identity.providers.providers_admin import Examined, NewProvider, ProvidersAdmin
from registry.identity.providers.rules import ProviderTrouble, Trouble
from registry.identity.rules import Actor, Permission
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("provider", __name__)

HOME = "/organization/provider"
CHANGES = Limit("providers", 60, 3600)
TESTS = Limit("provider-tests", 20, 600)
FOUND: dict[Trouble, str] = {
    Trouble.DOWN: N_("It did not answer within five seconds, or has no certificate that is trusted."),
    Trouble.UNFIT: N_(
        "It answered, but not with a description of exactly this issuer, with https addresses that the"
        " internet can reach, with the code flow, and with keys for signing."
    ),
}
"""What a test found to be wrong."""


@blueprint.get("/organization/provider")
def all_providers() -> str:
    """Every provider, and a form to register one."""
    return _list(_administrator(), Typed())


@blueprint.post("/organization/provider")
def register() -> Response | tuple[str, int]:
    """Register a provider."""
    actor = _changing()
    given = typed.read("name", "issuer", "client", "secret", "who")
    values = given.values
    new = NewProvider(
        values["name"], values["issuer"], values["client"], values["secret"], values["who"] == "everybody"
    )
    try:
        key = _admin().register(actor, new)
    except (Invalid, Conflict) as error:
        return _list(actor, given.wrong(error)), 422
    flash(gettext("Registered. Test it before you hand out its link."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.get("/organization/provider/<key:key>")
def one_provider(key: str) -> str:
    """One provider, its link, and what can be done with it."""
    return _one(_administrator(), key, Typed())


@blueprint.post("/organization/provider/<key:key>/test")
def test(key: str) -> str:
    """Ask it now what it says of itself."""
    actor = _administrator()
    the_node().private.limiter.take(TESTS, actor.organization_id)
    try:
        return _one(actor, key, Typed(), examined=_admin().test(actor, key))
    except ProviderTrouble as trouble:
        return _one(actor, key, Typed(), wrong=gettext(FOUND[trouble.trouble]))


@blueprint.post("/organization/provider/<key:key>/secret")
def renew(key: str) -> Response | tuple[str, int]:
    """Use another secret from now on."""
    actor, given = _changing(), typed.read("secret")
    try:
        _admin().renew(actor, key, given.values["secret"])
    except Invalid as error:
        return _one(actor, key, given.wrong(error)), 422
    flash(gettext("The new secret is used from now on."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/provider/<key:key>/off")
def switch_off(key: str) -> Response:
    """Let nobody in through it any more."""
    _admin().switch(_changing(), key, active=False)
    flash(gettext("Switched off. Sessions that began through it have ended."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/provider/<key:key>/on")
def switch_on(key: str) -> Response:
    """Let people in through it again."""
    _admin().switch(_changing(), key, active=True)
    flash(gettext("Switched on."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/provider/<key:key>/everybody")
def admit_everybody(key: str) -> Response:
    """Make everybody whom it vouches for a member."""
    _admin().admit(_changing(), key, everybody=True)
    flash(gettext("Everybody whom it vouches for can join now."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/provider/<key:key>/known")
def admit_known(key: str) -> Response:
    """Let in only those who were invited, or connected it themselves."""
    _admin().admit(_changing(), key, everybody=False)
    flash(gettext("Only people who are known here can sign in now."))
    return redirect(here(f"{HOME}/{key}"), 303)


@blueprint.post("/organization/provider/<key:key>/remove")
def remove(key: str) -> Response:
    """Forget it with everybody's connections."""
    _admin().remove(_changing(), key)
    flash(gettext("Removed. Sessions that began through it have ended."))
    return redirect(here(HOME), 303)


def _administrator() -> Actor:
    return people.require_actor(Permission.MANAGE_ORGANIZATION)


def _changing() -> Actor:
    actor = _administrator()
    the_node().private.limiter.take(CHANGES, actor.organization_id)
    return actor


def _admin() -> ProvidersAdmin:
    return the_node().private.providers.admin


def _list(actor: Actor, given: Typed) -> str:
    return render_template(
        "organization/providers.html",
        providers=_admin().all(actor),
        redirect_uri=the_node().private.providers.sign_ins.redirect_uri(actor.organization_id),
        given=given,
    )


def _one(
    actor: Actor, key: str, given: Typed, *, examined: Examined | None = None, wrong: str | None = None
) -> str:
    node = the_node()
    return render_template(
        "organization/provider.html",
        provider=_admin().one(actor, key),
        link=f"{node.settings.base_url.rstrip('/')}/signin/with/{key}",
        redirect_uri=node.private.providers.sign_ins.redirect_uri(actor.organization_id),
        examined=examined,
        wrong=wrong,
        given=given,
    )
