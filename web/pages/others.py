"""Reports that others ask this organization to publish: the list, one report, taking it over, refusing."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.identities.rules import OFFER_LABELS, Identity
from web.pages import naming_view, people, preview, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("others", __name__)


@blueprint.get("/others")
def listing() -> str:
    """What is asked and what was taken over, newest first."""
    actor = people.require_actor(Permission.READ_OFFERS)
    cursor = request.args.get("cursor")
    page = the_node().private.identities.others.page(actor, cursor=cursor)
    following = here("/others") + "?" + urlencode({"cursor": page.next}) if page.next else None
    return render_template(
        "others/list.html",
        page=page,
        labels=OFFER_LABELS,
        next_url=following,
        first_url=here("/others") if cursor else None,
    )


@blueprint.get("/others/<key:key>")
def item(key: str) -> str:
    """The report as the public would read it, and the two answers."""
    return _page(people.require_actor(Permission.READ_OFFERS), key, Typed())


@blueprint.post("/others/<key:key>/take")
def take(key: str) -> Response | tuple[str, int]:
    """Take it over under the chosen identity."""
    actor = people.require_actor(Permission.DECIDE_OFFERS)
    given = typed.read("identity")
    others, version = the_node().private.identities.others, people.lock_seen()
    try:
        others.take(actor, key, given.values["identity"], version=version)
    except Invalid as invalid:
        return _page(actor, key, given.wrong(invalid)), 422
    except (Conflict, Stale) as conflict:
        return _page(actor, key, given.wrong(conflict)), 409
    flash(gettext("You have taken this report over. Reviewers of other organizations examine it next."))
    return redirect(here(f"/others/{key}"), 303)


@blueprint.post("/others/<key:key>/refuse")
def refuse(key: str) -> Response | tuple[str, int]:
    """Refuse with a reason."""
    actor = people.require_actor(Permission.DECIDE_OFFERS)
    given = typed.read("reason")
    try:
        the_node().private.identities.others.refuse(actor, key, given.values["reason"])
    except Invalid as invalid:
        return _page(actor, key, given.wrong(invalid)), 422
    except Conflict as conflict:
        return _page(actor, key, given.wrong(conflict)), 409
    flash(gettext("You have refused. The organization that asked reads your reason."))
    return redirect(here("/others"), 303)


def _page(actor: Actor, key: str, given: Typed) -> str:
    view = the_node().private.identities.others.read(actor, key)
    chosen = given.values.get("identity") or (view.lends or Identity.DESCRIPTOR).value
    return render_template(
        "others/item.html",
        key=key,
        view=view,
        given=given,
        chosen=chosen,
        labels=OFFER_LABELS,
        options=naming_view.lent_options(view.name, view.descriptor),
        may_decide=view.decidable and actor.holds(Permission.DECIDE_OFFERS),
        **preview.reading(view.account, ""),
    )
