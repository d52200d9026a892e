"""The report form: a start page, then one question a page, each saved on the server as soon as it is sent."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from api.node import the_node
from registry.account import check
from registry.clock import today
from registry.errors import Conflict, NotFound, Problem, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.rules import EDITABLE, State
from web.pages import compress, known, people, report_helped, report_ways, statement
from web.pages.chrome import here
from web.pages.forms import Step, field_of, put
from web.pages.forms_filling import fill_step
from web.pages.forms_reading import read_step
from web.pages.language import language
from web.pages.messages import gettext
from web.pages.report_page import RETURNING, Draft, render_step, returning
from web.pages.report_steps import ASKED_OF_ALL, BY_SLUG, CORE
from web.pages.report_tongue import tongue_of

blueprint = Blueprint("report", __name__)

BEGUN = "begun"
"""Key of the cookie that says which draft a start page led to: going back finds it again."""
FIRST_LOCK = 1
"""The lock of a draft that nobody has touched since it was made."""
_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@blueprint.get("/report")
def start() -> str:
    """Why, for whom, how long it takes, who sees what; open to everybody."""
    the_node().require_private()
    actor = people.current_actor()
    compress.repeats_nothing_but({})
    return render_template(
        "report/start.html",
        needed=ASKED_OF_ALL,
        once=secrets.token_urlsafe(16),
        guests=actor is None and the_node().private.nameless.taken,
        refused=actor is not None and not actor.holds(Permission.WRITE_SUBMISSIONS),
    )


@blueprint.get("/report/safety")
def safety() -> str:
    """How to stay safe while writing, and what leaving does not do."""
    the_node().require_private()
    return render_template("report/safety.html")


@blueprint.get("/report/new")
def begin() -> str | Response:
    """The first page of a new report, or the draft that this start led to before."""
    people.require_actor(Permission.WRITE_SUBMISSIONS)
    once = request.args.get("once", "")
    if not _ONCE.fullmatch(once):
        carried = {"once": secrets.token_urlsafe(16), **report_helped.carried()}
        return redirect(here(f"/report/new?{urlencode(carried)}"), 303)
    key = _begun(once)
    if key is not None:
        return redirect(here(f"/report/{key}/{CORE[0].slug}"), 303)
    compress.repeats_nothing_but(report_helped.carried())  # in another language, it is another beginning
    return render_step(CORE[0], Draft(), MultiDict())


@blueprint.post("/report/new")
def begin_with() -> Response | tuple[str, int]:
    """Keep the first page's answers as a new draft."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    once = request.args.get("once", "")
    key = _begun(once)
    draft = _draft(actor, key) if key is not None else Draft()
    return _keep(actor, CORE[0], draft)


@blueprint.get("/report/<key:key>")
def resume(key: str) -> Response:
    """Go on with a draft where it stopped: at the first question that needs an answer, or at the answers."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    if statement.is_statement(view):
        return redirect(statement.check_page(key), 303)
    step = report_ways.first_open(view.account.to_json())
    return redirect(here(f"/report/{key}/{step.slug if step is not None else report_ways.CHECK}"), 303)


@blueprint.get("/report/<key:key>/<slug>")
def step_page(key: str, slug: str) -> str | Response:
    """A question with the answer given so far, or the one that the short questions came to."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    step, view = _step(slug), the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    if statement.is_statement(view):
        return redirect(statement.home(key), 303)
    back = {"back": RETURNING} if returning() else {}
    compress.repeats_nothing_but(back | report_helped.carried())
    draft = Draft(key, view.summary.lock, view.account.to_json())
    values = fill_step(step, draft.account)
    suggested = report_helped.suggest(step, values)
    return render_step(step, draft, values, suggested=suggested)


@blueprint.post("/report/<key:key>/<slug>")
def keep_step(key: str, slug: str) -> Response | tuple[str, int]:
    """Keep a page's answers as a new version, then go on, or say what needs attention."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    return _keep(actor, _step(slug), _draft(actor, key))


def _keep(actor: Actor, step: Step, draft: Draft) -> Response | tuple[str, int]:
    typed, later = request.form, request.form.get("then") == "later"
    read = read_step(step, typed, the_node().taxonomy)
    whole = put(draft.account, read.answers)
    problems = _problems(step, whole, read.problems, complete=not later)
    if problems:
        seen = Draft(draft.key, people.lock_seen() or 0, draft.account)
        return render_step(step, seen, typed, problems), 422
    try:
        key = _save(actor, draft, whole)
    except (Stale, Conflict) as conflict:
        draft = replace(draft, closed=_is_closed(actor, draft))
        return render_step(step, draft, typed, conflict=conflict), 409
    return redirect(_onward(step, key, whole, later=later), 303)


def _problems(step: Step, whole: dict[str, Any], unread: list[Problem], *, complete: bool) -> list[Problem]:
    """What keeps this page from being stored, each field's first problem only."""
    node = the_node()
    day = today(node.clock)
    wrong = check(whole, node.taxonomy, day, complete=False)
    found = check(whole, node.taxonomy, day, complete=True) if complete else wrong
    kept: dict[str, Problem] = {}
    for problem in [*unread, *found]:
        asked = field_of(step.fields, problem)
        if asked is not None:
            kept.setdefault(asked.name, problem)
        elif problem in wrong:
            kept.setdefault(problem.pointer, problem)
    return list(kept.values())


def _save(actor: Actor, draft: Draft, whole: dict[str, Any]) -> str | None:
    """Store the account unless nothing changed; returns the draft's key, or None without answers."""
    intake = the_node().private.intake
    if draft.key is not None:
        if whole != draft.account:
            # A page from before the draft existed (lock 0) has seen what its first version holds.
            intake.revise(actor, draft.key, whole, expected=people.lock_seen() or FIRST_LOCK)
        return draft.key
    if not whole:
        return None
    once = request.args.get("once", "")
    key = f"form:{once}" if _ONCE.fullmatch(once) else None
    whole = put(whole, {"/language": tongue_of(str(whole.get("text", "")), language())})
    whole = put(whole, report_helped.answers())
    made = intake.create(actor, whole, channel="form", idempotency_key=key)
    session[BEGUN] = [once, made.view.summary.id]
    return made.view.summary.id


def _onward(step: Step, key: str | None, account: dict[str, Any], *, later: bool) -> str:
    if later or key is None:
        kept = gettext("Your report is saved. You can go on with it at any time.")
        flash(kept if key else gettext("Nothing was written, so nothing was saved."))
        return here("/mine")
    to = report_helped.onward(step, key, back=returning())
    if to is not None:
        return to
    main = report_ways.main_of(step, account, the_node().taxonomy)
    if returning() and main is not None:
        return here(f"/report/{key}/{main}?back={RETURNING}")
    if returning():
        return here(f"/report/{key}/{report_ways.CHECK}") + f"#{step.row}"
    onward = here(f"/report/{key}/{report_ways.onward(step, account, the_node().taxonomy)}")
    return known.first(key, onward) if step is CORE[0] else onward


def _draft(actor: Actor, key: str) -> Draft:
    view = the_node().private.intake.read(actor, key)
    return Draft(key, view.summary.lock, view.account.to_json())


def _is_closed(actor: Actor, draft: Draft) -> bool:
    """Whether it was sent, or taken back, in another window."""
    if draft.key is None:
        return False
    return the_node().private.intake.read(actor, draft.key).summary.state not in EDITABLE


def _step(slug: str) -> Step:
    if slug not in BY_SLUG:
        raise NotFound
    return BY_SLUG[slug]


def _begun(once: str) -> str | None:
    """The draft that this start led to, while it is still a draft."""
    kept = session.get(BEGUN)
    if not (isinstance(kept, list) and once and kept[0] == once):
        return None
    actor = people.require_actor()
    try:
        view = the_node().private.intake.read(actor, kept[1])
    except NotFound:
        return None
    return kept[1] if view.summary.state is State.DRAFT else None
