"""With whom a report is shared: the choice of whoever tells it, and a reviewer's narrowing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Permission
from registry.intake.labels import Label, for_all
from registry.intake.rules import EDITABLE
from registry.intake.views import SubmissionSummary
from web.pages import deciding, people, typed
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("labelling", __name__)


@blueprint.get("/report/<key:key>/label")
def choices(key: str) -> str | Response:
    """What each choice means."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    seen = the_node().private.intake.read(actor, key).summary
    if seen.state not in EDITABLE or seen.record_id is not None:
        return redirect(here(f"/mine/{key}"), 303)
    return _page(seen, Typed({"tlp": seen.label.value}))


@blueprint.post("/report/<key:key>/label")
def choose(key: str) -> Response | tuple[str, int]:
    """Keep the choice."""
    actor, given = people.require_actor(Permission.WRITE_SUBMISSIONS), typed.read("tlp")
    side = the_node().private
    try:
        side.labelling.choose(actor, key, given.values["tlp"], expected=people.lock_seen())
    except (Invalid, Stale, Conflict) as error:
        seen = side.intake.read(actor, key).summary
        return _page(seen, given.wrong(error)), 422 if isinstance(error, Invalid) else 409
    flash(gettext("Your choice is saved."))
    return redirect(here(f"/report/{key}/check"), 303)


@blueprint.post("/mine/<key:key>/tell-all")
def tell_all(key: str) -> Response:
    """Begin a new report for everybody with the words of one for partners; that one stays as it is."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    made = intake.create(actor, for_all(intake.read(actor, key).account.to_json()), channel="form")
    flash(
        gettext("This is a new report, for everybody. Read it, change what must not be public, then send it.")
    )
    return redirect(here(f"/report/{made.view.summary.id}/check"), 303)


@blueprint.post("/review/<key:key>/narrow")
def narrow(key: str) -> str | Response | tuple[str, int]:
    """Share a report under review with partners only."""
    narrowing = the_node().private.reviewing.narrowing
    return deciding.act_on(
        key,
        lambda actor, lock: narrowing.to_partners(actor, key, expected=lock),
        gettext("The report is shared with partners only from now on."),
        "#shared",
    )


def options() -> list[tuple[str, str, str]]:
    """Label, its words, and what it means."""
    return [
        (
            Label.CLEAR.value,
            gettext("With everybody (TLP:CLEAR)"),
            gettext("Anybody can read, search and copy it."),
        ),
        (
            Label.GREEN.value,
            gettext("With partners only (TLP:GREEN)"),
            gettext("Members here and at partner nodes read it. Nobody else learns that there is one."),
        ),
    ]


def _page(seen: SubmissionSummary, given: Typed) -> str:
    return render_template("report/label.html", summary=seen, options=options(), given=given, request=request)
