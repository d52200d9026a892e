"""Personal details of a report, before it is sent: what was found, and what should happen to each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import CommonsError, Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import CHOICES, Choice
from registry.intake.rules import EDITABLE
from web.pages import compress, people, report_ways
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.personal_view import PREFIX, groups_of, read_choices
from web.pages.report_steps import CORE
from web.pages.words import say

blueprint = Blueprint("personal", __name__)

NOTHING: Mapping[str, str] = MappingProxyType({})
"""No choices were typed."""


@blueprint.get("/report/<key:key>/privacy")
def details(key: str) -> str | Response:
    """Every detail with its surroundings and a choice; certain ones are set to be hidden."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    if the_node().private.intake.read(actor, key).summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    compress.repeats_nothing_but({})
    return _page(actor, key)


@blueprint.post("/report/<key:key>/privacy")
def choose(key: str) -> Response | tuple[str, int]:
    """Keep the choices and go on to the answers."""
    actor, typed = people.require_actor(Permission.WRITE_SUBMISSIONS), read_choices(request.form)
    saved = gettext("Your choices are saved.")
    return _keep(actor, key, typed) or _led(f"/report/{key}/{_next(actor, key)}", saved)


@blueprint.post("/report/<key:key>/privacy/hide")
def hide_all(key: str) -> Response | tuple[str, int]:
    """Hide everything, and show it again: each can still be changed."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    found = the_node().private.personal.found(actor, key)
    all_hidden = {one.detail.thing: Choice.HIDE.value for one in found.decided}
    hidden = gettext("All details are hidden. You can still change each of them.")
    return _keep(actor, key, all_hidden) or _led(f"/report/{key}/privacy", hidden)


def _keep(actor: Actor, key: str, choices: Mapping[str, str]) -> Response | tuple[str, int] | None:
    """What stands in the way, as a page on which nothing that was chosen is lost; None when it is kept."""
    try:
        the_node().private.personal.choose(actor, key, choices, expected=people.lock_seen())
    except Invalid:
        changed = gettext("The report has changed meanwhile. Look at the details again.")
        return _page(actor, key, changed, choices), 422
    except (Stale, Conflict) as conflict:
        return _refused(actor, key, conflict, choices)
    return None


def _next(actor: Actor, key: str) -> str:
    account = the_node().private.intake.read(actor, key).account.to_json()
    return report_ways.beyond(report_ways.PRIVACY, account, the_node().taxonomy)


def _led(to: str, says: str) -> Response:
    flash(says)
    return redirect(here(to), 303)


def _refused(
    actor: Actor, key: str, conflict: CommonsError, typed: Mapping[str, str]
) -> Response | tuple[str, int]:
    if the_node().private.intake.read(actor, key).summary.state not in EDITABLE:
        return _led(f"/mine/{key}", say(conflict))
    if isinstance(conflict, Stale):
        changed = gettext(
            "The report was changed in another window. Your choices are still here: save again."
        )
        return _page(actor, key, changed, typed), 409
    return _page(actor, key, say(conflict), typed), 409


def _page(actor: Actor, key: str, problem: str | None = None, typed: Mapping[str, str] = NOTHING) -> str:
    side = the_node().private
    view, found = side.intake.read(actor, key), side.personal.found(actor, key)
    return render_template(
        "report/privacy.html",
        view=view,
        groups=groups_of(found, typed),
        count=len(found.decided),
        choices=CHOICES,
        prefix=PREFIX,
        last=CORE[-1],
        onward=_next(actor, key),
        conflict=problem,
    )
