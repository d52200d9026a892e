"""Reviewers say how this node reads fields of records of others; what their owners changed is read again."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from web.pages import curating_view, forms_choices, people, record_view
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("curating", __name__)

AFTER_MAX: Final = 200
"""Characters of an identifier that is asked for."""
Answer = Response | tuple[str, int]


@blueprint.get("/review/readings")
def listing() -> str:
    """Records whose owners say something else since they were read here; ``after`` is the last one seen."""
    actor = people.require_actor(Permission.CURATE_RECORDS)
    after = request.args.get("after", "")[:AFTER_MAX]
    found = the_node().private.curating.outdated(actor, after)
    return render_template(
        "curate/list.html",
        lines=found.lines,
        named=curating_view.name,
        next_url=here(f"/review/readings?after={quote(found.next)}") if found.next else None,
        first_url=here("/review/readings") if after else None,
    )


@blueprint.get("/review/records/<record>/reading")
def form(record: str) -> str:
    """A record and how this node reads it; ``field`` is the one that is open."""
    return _page(people.require_actor(Permission.CURATE_RECORDS), record, request.args.get("field", ""))


@blueprint.post("/review/records/<record>/reading")
def read(record: str) -> Answer:
    """Keep a reading, or take it back."""
    actor, sent = people.require_actor(Permission.CURATE_RECORDS), request.form
    desk, edition = the_node().private.curating, people.read_lock(sent.get("edition", ""))
    given = curating_view.reading(sent)
    try:
        if sent.get("act") == "withdraw":
            desk.withdraw(actor, record, given.field, edition=edition)
            said = gettext("The reading is taken back.")
        else:
            revision = people.read_lock(sent.get("revision", ""))
            desk.say(actor, record, given, revision=revision, edition=edition)
            said = gettext("It stands beside the record from now on.")
    except Invalid as invalid:
        return _page(actor, record, given.field, curating_view.errors(invalid.problems), sent), 422
    except (Conflict, Stale) as conflict:
        return _page(actor, record, given.field, {"": say(conflict)}, sent), 409
    flash(said)
    return redirect(here(f"/review/records/{record}/reading"), 303)


def _page(
    actor: Actor,
    record_id: str,
    field: str,
    errors: dict[str, str] | None = None,
    typed: MultiDict[str, str] | None = None,
) -> str:
    node = the_node()
    record = node.private.curating.open(actor, record_id)
    rows = curating_view.rows(record, node.curations.beside(record))
    row = next((one for one in rows if one.field == field), None)
    return render_template(
        "curate/form.html",
        **record_view.body(record, node.taxonomy),
        rows=rows,
        opened=None if row is None else curating_view.opened(record, row, typed),
        errors=errors or {},
        choices=forms_choices,
        hints={field: gettext(words) for field, words in curating_view.HINTS.items()},
    )
