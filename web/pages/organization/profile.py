"""An organization as its administrators see it: how the public knows it, what is kept, and closing it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, flash, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.limits import Limit
from web.pages import people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("organization", __name__)

EXPORTS = Limit("export", 10, 3600)
ERASURES = Limit("erase", 10, 3600)


@blueprint.get("/organization")
def overview() -> str:
    """The organization and the ways to what can be changed."""
    return _overview(people.require_actor(Permission.MANAGE_ORGANIZATION), Typed())


@blueprint.post("/organization")
def describe() -> AnyResponse | tuple[str, int]:
    """Change how the public knows the organization from now on."""
    actor = people.require_actor(Permission.MANAGE_ORGANIZATION)
    given = typed.read("descriptor", "seen")
    try:
        the_node().private.tenants.members.describe(
            actor, given.values["descriptor"], seen=given.values["seen"]
        )
    except (Invalid, Stale) as error:
        return _overview(actor, given.wrong(error)), 422
    flash(gettext("Records published from now on carry this description."))
    return redirect(here("/organization"), 303)


@blueprint.post("/organization/names")
def name() -> AnyResponse | tuple[str, int]:
    """Keep other names of the organization: its reviewers do not judge reports about them."""
    actor, given = people.require_actor(Permission.MANAGE_ORGANIZATION), typed.read("names")
    try:
        the_node().private.tenants.kin.name(actor, given.values["names"])
    except Invalid as error:
        return _overview(actor, given.wrong(error)), 422
    flash(gettext("The other names are saved."))
    return redirect(here("/organization"), 303)


@blueprint.post("/organization/export")
def export() -> Response:
    """Everything that is kept of the organization, as a ZIP file made while it is sent."""
    actor, side = people.require_actor(Permission.EXPORT_ORGANIZATION), the_node().private
    side.limiter.take(EXPORTS, actor.id)
    return download(side.custody.exports.organization(actor, actor.organization_id), "organization.zip")


@blueprint.get("/organization/close")
def closing() -> str:
    """What goes and what stays when the organization leaves the node."""
    return _closing(people.require_actor(Permission.MANAGE_ORGANIZATION), Typed())


@blueprint.post("/organization/close")
def close() -> AnyResponse | tuple[str, int]:
    """Erase the organization, whose name was typed to show the wish."""
    actor, side = people.require_actor(Permission.MANAGE_ORGANIZATION), the_node().private
    side.limiter.take(ERASURES, actor.id)
    given = typed.read("name", "proof")
    try:
        left = side.custody.erasure.erase_organization(
            actor, actor.organization_id, given.values["name"], given.values["proof"]
        )
    except (Invalid, Conflict) as error:
        return _closing(actor, given.wrong(error)), 422
    people.end()
    return render_template("organization/closed.html", left=left), 200


def download(pieces: Iterator[bytes], name: str) -> Response:
    """A file that the browser keeps, made while it is sent; no cache may keep it."""
    answer = Response(pieces, mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _overview(actor: Actor, given: Typed) -> str:
    organization = the_node().private.tenants.members.organization(actor)
    kept = "\n".join(the_node().private.tenants.kin.names(actor))
    return render_template(
        "organization/overview.html",
        organization=organization,
        names=given.values.get("names", kept),
        given=given,
    )


def _closing(actor: Actor, given: Typed) -> str:
    side = the_node().private
    return render_template(
        "organization/close.html",
        organization=side.tenants.members.organization(actor),
        left=side.custody.erasure.remains(actor, actor.organization_id),
        by_password=side.custody.erasure.wants_password(actor),
        given=given,
    )
