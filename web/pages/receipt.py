"""Following a report with its receipt code, without signing in."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from api import limits
from api.node import the_node
from registry.errors import NotFound
from web.pages import states
from web.pages.words import say

blueprint = Blueprint("receipt", __name__)

CODE_MAX = 60
"""Characters of a code that are looked at: sixteen digits and any blanks."""


@blueprint.get("/receipt")
def form() -> str:
    """Ask for the code. It is sent in the body, so that it stays out of histories and logs."""
    the_node().private  # noqa: B018 - raises where no reports are taken
    return render_template("receipt/form.html", error=None)


@blueprint.post("/receipt")
def status() -> str | tuple[str, int]:
    """Where the report stands; every wrong code gets the same answer."""
    the_node().private  # noqa: B018 - raises where no reports are taken
    limits.take("receipt")
    code = request.form.get("code", "")[:CODE_MAX]
    try:
        found = the_node().private.submissions.by_receipt(code)
    except NotFound as unknown:
        return render_template("receipt/form.html", error=say(unknown)), 422
    owner = next((entry.organization_id for entry in found.steps), None) or ""
    return render_template(
        "receipt/status.html",
        status=found,
        meaning=states.PUBLIC_MEANING[found.state],
        rows=states.rows(found.steps, owner, drafting=False),
    )
