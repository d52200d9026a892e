"""Saying what is wrong with a public record, without an account."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from api import flagging
from api.node import the_node
from registry.errors import Invalid, Problem
from registry.review.aftercare.flagging import CONCERNS, TEXT_MAX, URGENT
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import duration, say

blueprint = Blueprint("flagging", __name__)


@blueprint.get("/records/<record:record>/flag")
def form(record: str) -> str:
    """Ask what is wrong."""
    return _page(record)


@blueprint.post("/records/<record:record>/flag")
def flag(record: str) -> Response | tuple[str, int]:
    """Keep it; whoever fills the field that people do not see is thanked alike."""
    reason, sent = request.form.get("reason", ""), here(f"/records/{record}/flag/sent")
    if request.form.get("website"):
        return redirect(sent, 303)
    try:
        flagging.take(record, reason, request.form.get("text", "").replace("\r\n", "\n"))
    except Invalid as invalid:
        return _page(record, invalid.problems), 422
    return redirect(sent, 303)


@blueprint.get("/records/<record:record>/flag/sent")
def sent(record: str) -> str:
    """What happens next; the same for everybody."""
    node = the_node()
    node.require_private()
    return render_template("flag/sent.html", record=node.records.read(record), **_times())


def _page(record: str, problems: tuple[Problem, ...] = ()) -> str:
    node = the_node()
    node.require_private()
    return render_template(
        "flag/form.html",
        record=node.records.read(record),
        reasons=[(code, gettext(concern.words)) for code, concern in CONCERNS.items()],
        errors={problem.pointer[1:]: say(problem) for problem in problems},
        typed=request.form,
        limit=TEXT_MAX,
        **_times(),
    )


def _times() -> dict[str, str]:
    return {"urgent": duration(CONCERNS[URGENT].hours), "usual": duration(CONCERNS["other"].hours)}
