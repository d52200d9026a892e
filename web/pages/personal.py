"""Personal details of a report, before it is sent: what was found, and what should happen to each."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import CommonsError, Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import CHOICES
from registry.intake.rules import EDITABLE
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.personal_view import PREFIX, read_choices, rows_of
from web.pages.report_steps import STEPS
from web.pages.words import say

blueprint = Blueprint("personal", __name__)


@blueprint.get("/report/<key:key>/privacy")
def details(key: str) -> str | Response:
    """Every detail with its surroundings and a choice; certain ones are set to be hidden."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    if the_node().private.intake.read(actor, key).summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    return _page(actor, key)


@blueprint.post("/report/<key:key>/privacy")
def choose(key: str) -> Response | tuple[str, int]:
    """Keep the choices and go on to the answers."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    try:
        the_node().private.personal.choose(
            actor, key, read_choices(request.form), expected=people.lock_seen()
        )
    except Invalid:
        return _page(actor, key, gettext("The report has changed meanwhile. Look at the details again.")), 422
    except (Stale, Conflict) as conflict:
        return _page(actor, key, conflict), 409
    flash(gettext("Your choices are saved."))
    return redirect(here(f"/report/{key}/check"), 303)


def _page(actor: Actor, key: str, problem: CommonsError | str | None = None) -> str:
    side = the_node().private
    view, found = side.intake.read(actor, key), side.personal.found(actor, key)
    return render_template(
        "report/privacy.html",
        view=view,
        rows=rows_of(found),
        choices=CHOICES,
        prefix=PREFIX,
        last=STEPS[-1],
        conflict=say(problem) if isinstance(problem, CommonsError) else problem,
    )
