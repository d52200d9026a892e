"""Checking the answers, sending the report, and what the sender keeps."""

from __future__ import annotations

import json

from flask import Blueprint, redirect, render_template, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api.node import the_node
from registry.account import check, parse
from registry.clock import today
from registry.errors import N_, CommonsError, Conflict, Invalid, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.identities.rules import WaitsFor
from registry.intake.labels import Label, labelled
from registry.intake.personal.rules import CHOICES
from registry.intake.rules import EDITABLE, State
from registry.intake.views import SubmissionView
from web.pages import (
    compress,
    exactness_view,
    label_words,
    people,
    personal_view,
    releasing,
    report_summary,
    report_ways,
    statement,
    states,
)
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.report_page import in_order, place_of
from web.pages.still_told import still_told
from web.pages.words import day, say_refusal

blueprint = Blueprint("sending", __name__)

CHANGED = N_(
    "The report was changed in another window. These are its answers now: look at them, then send it."
)


@blueprint.get("/report/<key:key>/check")
def answers(key: str) -> str | Response:
    """Every answer with a link to change it, and what is still needed."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    if statement.is_statement(view):
        return redirect(statement.check_page(key), 303)
    compress.repeats_nothing_but({})
    return _page(actor, view)


@blueprint.post("/report/<key:key>/send")
def send(key: str) -> Response | tuple[str, int]:
    """Send the report to review; what is missing is listed with links to its questions."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    try:
        intake.submit(actor, key, expected=_without_leftovers(actor, key))
    except Invalid as invalid:
        return _page(actor, intake.read(actor, key), invalid), 422
    except (Stale, Conflict) as conflict:
        view = intake.read(actor, key)
        if view.summary.state not in EDITABLE:
            return redirect(here(f"/mine/{key}"), 303)
        return _page(actor, view, conflict), 409
    return redirect(here(f"/report/{key}/sent"), 303)


@blueprint.get("/report/<key:key>/sent")
def sent(key: str) -> str | Response:
    """The confirmation: reference, receipt code, what happens next. It may be opened again later."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    intake = the_node().private.intake
    view = intake.read(actor, key)
    if view.summary.state is State.DRAFT:
        return redirect(here(f"/report/{key}/check"), 303)
    if view.summary.state in (State.WITHDRAWN, State.REVISING):
        return redirect(here(f"/mine/{key}"), 303)  # it is not with reviewers
    compress.repeats_nothing_but({})
    return render_template(
        "report/sent.html",
        view=view,
        receipt=intake.receipt(actor, key),
        held_back=releasing.held_back_words(),
        naming=the_node().private.identities.naming.of(actor, key),
        minutes=max(1, the_node().settings.publication_every // 60),
        sections=report_summary.sections(view.account.to_json(), key, editable=False),
    )


@blueprint.get("/report/<key:key>/copy.txt")
def copy(key: str) -> FlaskResponse:
    """The answers as a text file to keep."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    waits = the_node().private.identities.naming.of(actor, key).waits_for
    text = f"{_title_block(view, waits)}\n{report_summary.as_text(view.account.to_json(), key)}"
    headers = {"Content-Disposition": 'attachment; filename="report.txt"'}
    return FlaskResponse(text, mimetype="text/plain", headers=headers)


@blueprint.get("/mine/<key:key>/along.jsonl")
def along(key: str) -> FlaskResponse:
    """The report as a file of one line that another node takes in: by its bulk page or its API."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    line = json.dumps(labelled(view.account.to_json(), view.summary.label), ensure_ascii=False) + "\n"
    headers = {"Content-Disposition": 'attachment; filename="report.jsonl"'}
    return FlaskResponse(line, mimetype="application/x-ndjson", headers=headers)


def _title_block(view: SubmissionView, waits: WaitsFor | None) -> str:
    """What a copy says of itself: the site, the reference, and where the report stands since when."""
    summary, node = view.summary, the_node()
    facts: tuple[tuple[str, str], ...] = (
        (gettext("Site"), f"{node.settings.node_name}, {request.url_root}"),
        (gettext("Reference"), summary.id),
        (gettext("State"), states.state_words(summary.state, waits)),
        (gettext("Last changed"), day(summary.updated_at)),
    )
    facts += ((gettext("With whom it is shared"), "TLP:GREEN"),) if summary.label is Label.GREEN else ()
    return "\n".join(f"{name}: {value}" for name, value in facts) + "\n"


def _without_leftovers(actor: Actor, key: str) -> int | None:
    """Take answers that do not apply any more out of what is sent; returns the lock to send with.

    The version before keeps them. Raises ``Stale``, ``Conflict``, and ``Invalid`` if anything is missing.
    """
    node, expected = the_node(), people.lock_seen()
    account = node.private.intake.read(actor, key).account.to_json()
    sent = report_ways.as_sent(account, node.taxonomy)
    if sent == account:
        return expected
    parse(sent, node.taxonomy, today(node.clock), complete=True)
    return node.private.intake.revise(actor, key, sent, expected=expected).summary.lock


def _page(actor: Actor, view: SubmissionView, error: CommonsError | None = None) -> str:
    node, summary, account = the_node(), view.summary, view.account.to_json()
    exactness = node.private.exactness.look(actor, summary.id)
    missing = in_order(check(account, node.taxonomy, today(node.clock), complete=True))
    core, *themes = report_summary.sections(account, summary.id, editable=True)
    return render_template(
        "report/check.html",
        view=view,
        core=core,
        themes=themes,
        left_out=report_summary.left_out(account),
        next_question=report_ways.first_open(account),
        details=personal_view.groups_of(node.private.personal.found(actor, summary.id), {}),
        left_open=personal_view.LEFT_OPEN,
        choices=CHOICES,
        exactness=exactness,
        exact_changes=exactness_view.changes(exactness),
        standing=still_told(account, summary.id, exactness.still_told),
        naming=node.private.identities.naming.of(actor, summary.id),
        missing=[place_of(problem, summary.id) for problem in missing],
        tried=isinstance(error, Invalid),
        conflict=say_refusal(error, CHANGED)
        if error is not None and not isinstance(error, Invalid)
        else None,
        again=summary.state is not State.DRAFT,
        revision=label_words.revision(summary.label, under_way=summary.in_revision),
    )
