"""Statements on a public record: short forms in place of a whole report (``statement_forms``)."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from api.node import the_node
from registry.account.statement import STATEMENT_MAX, check_statement
from registry.clock import today
from registry.errors import N_, CommonsError, Conflict, Gone, Invalid, NotFound, Problem, Stale
from registry.identity.rules import Actor, Permission
from registry.intake.personal.rules import CHOICES
from registry.intake.rules import EDITABLE
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from registry.intake.views import SubmissionView
from registry.record.types import PublicRecord
from web.pages import forms_choices, forms_place, people, personal_view
from web.pages.chrome import here
from web.pages.forms import field_of, put
from web.pages.forms_filling import fill_step
from web.pages.forms_reading import Typed, read_step
from web.pages.language import language
from web.pages.messages import gettext
from web.pages.statement_forms import BY_WORD, FORMS
from web.pages.words import say, say_refusal

blueprint = Blueprint("statement", __name__)

WORDS = ",".join(BY_WORD)
CHANGED = N_("This was changed in another window. What you typed is still here: save again.")
_CARRIED = ("language", "happened", "countries")
_ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which form is shown: what it says of which record, the statement if it is stored, as seen when."""

    says: Kind
    record: str
    key: str | None = None
    lock: int = 0
    once: str = ""


def is_statement(view: SubmissionView) -> bool:
    """Whether it is a statement, which has its own short form."""
    return view.summary.kind.is_statement


def home(key: str) -> str:
    """Address of the form of a statement."""
    return here(f"/report/{key}/statement")


def check_page(key: str) -> str:
    """Address of the page on which a statement is checked and sent."""
    return here(f"/report/{key}/statement/check")


def instead_of(actor: Actor, draft: SubmissionView, record: str) -> str:
    """Begin "seen here too" with what a draft says already; returns the address of its form.

    The draft stays as it is. Doing it twice leads to the same statement. Raises ``Invalid``.
    """
    said = draft.account.to_json()
    raw: dict[str, Any] = {name: said[name] for name in _CARRIED if name in said}
    raw["text"] = said.get("text", "")[:STATEMENT_MAX]
    key = f"seen:{draft.summary.id}:{record}"
    try:
        made = _begin(actor, raw, Telling(Kind.STATEMENT, record), key)
        flash(gettext("What you wrote is taken over. Your unfinished report stays under “My reports”."))
        return home(made)
    except Conflict:  # the draft says something else by now than when the statement was begun
        return here(f"/report/seen/{record}")


@blueprint.get(f"/report/<any({WORDS}):word>/<record:record>")
def new(word: str, record: str) -> str | tuple[str, int]:
    """The empty form about a record."""
    people.require_actor(Permission.WRITE_SUBMISSIONS)
    values: Typed = MultiDict({"language": language()})
    return _form(values, Sheet(BY_WORD[word], record, once=secrets.token_urlsafe(16)))


@blueprint.post(f"/report/<any({WORDS}):word>/<record:record>")
def keep_new(word: str, record: str) -> Response | tuple[str, int]:
    """Keep the answers as a new statement; the same page sent twice makes one."""
    actor, once = people.require_actor(Permission.WRITE_SUBMISSIONS), request.form.get("once", "")
    sheet = Sheet(BY_WORD[word], record, once=once)
    whole, problems = _read(sheet.says, {})
    if problems:
        return _form(request.form, sheet, problems), 422
    key = f"{word}:{once}" if _ONCE.fullmatch(once) else None
    try:
        return _onward(_begin(actor, whole, Telling(sheet.says, record), key))
    except (Invalid, Conflict) as error:
        return _form(request.form, sheet, conflict=_sentence(error)), 422


@blueprint.get("/report/<key:key>/statement")
def form(key: str) -> str | Response:
    """The form with the answers given so far."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if not is_statement(view) or view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    values = fill_step(FORMS[view.summary.kind].step, view.account.to_json())
    return _form(values, _sheet(view, view.summary.lock))


@blueprint.post("/report/<key:key>/statement")
def keep(key: str) -> Response | tuple[str, int]:
    """Keep the answers, then go on to the personal details."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    view = intake.read(actor, key)
    if not is_statement(view):
        raise NotFound
    held = view.account.to_json()
    whole, problems = _read(view.summary.kind, held)
    if problems:
        return _form(request.form, _sheet(view, people.lock_seen()), problems), 422
    try:
        if whole != held:
            intake.revise(actor, key, whole, expected=people.lock_seen())
    except (Stale, Conflict) as error:
        return _form(request.form, _sheet(view, view.summary.lock), conflict=say_refusal(error, CHANGED)), 409
    return _onward(key)


@blueprint.get("/report/<key:key>/statement/check")
def check(key: str) -> str | Response:
    """The answers once more, before they are sent."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if not is_statement(view) or view.summary.state not in EDITABLE:
        return redirect(here(f"/mine/{key}"), 303)
    return _check_page(actor, view)


@blueprint.post("/report/<key:key>/statement/send")
def send(key: str) -> Response | tuple[str, int]:
    """Send the statement to review."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    intake = the_node().private.intake
    try:
        intake.submit(actor, key, expected=people.lock_seen())
    except (Invalid, Stale, Conflict) as error:
        view = intake.read(actor, key)
        if not is_statement(view) or view.summary.state not in EDITABLE:
            return redirect(here(f"/mine/{key}"), 303)
        return _check_page(actor, view, error), 422 if isinstance(error, Invalid) else 409
    return redirect(here(f"/report/{key}/sent"), 303)


def _sheet(view: SubmissionView, lock: int | None) -> Sheet:
    return Sheet(view.summary.kind, _record(view), view.summary.id, lock or 0)


def _begin(actor: Actor, raw: dict[str, Any], telling: Telling, key: str | None) -> str:
    made = the_node().private.intake.create(
        actor, raw, channel="form", idempotency_key=key, telling_of=telling
    )
    return made.view.summary.id


def _read(says: Kind, held: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """The account with what was typed, and what keeps it from being stored: each field's first problem."""
    node, step = the_node(), FORMS[says].step
    read = read_step(step, request.form, node.taxonomy)
    whole = put(held, read.answers)
    later = request.form.get("then") == "later"
    found = check_statement(whole, node.taxonomy, today(node.clock), says.value, complete=not later)
    kept: dict[str, Problem] = {}
    for problem in (*read.problems, *found):
        asked = field_of(step.fields, problem)
        kept.setdefault(asked.name if asked else problem.pointer, problem)
    return whole, list(kept.values())


def _onward(key: str) -> Response:
    if request.form.get("then") == "later":
        flash(gettext("Your statement is saved. You can go on with it at any time."))
        return redirect(here("/mine"), 303)
    return redirect(here(f"/report/{key}/privacy"), 303)


def _form(
    values: Typed, sheet: Sheet, problems: list[Problem] | None = None, *, conflict: str | None = None
) -> str:
    form = FORMS[sheet.says]
    fields = form.step.fields
    beside = {asked.name: say(problem) for problem in problems or () if (asked := field_of(fields, problem))}
    anchors = {asked.name: asked.anchor for asked in fields}
    return render_template(
        "report/statement.html",
        form=form,
        values=values,
        errors=beside,
        complaints=[(anchors[name], said) for name, said in beside.items()],
        conflict=conflict,
        record=_target(sheet.record),
        record_id=sheet.record,
        sheet=sheet,
        choices=forms_choices,
        place=forms_place,
    )


def _check_page(actor: Actor, view: SubmissionView, error: CommonsError | None = None) -> str:
    node, account, says = the_node(), view.account, view.summary.kind
    day = today(node.clock)
    missing = check_statement(account.to_json(), node.taxonomy, day, says.value, complete=True)
    return render_template(
        "report/statement_check.html",
        form=FORMS[says],
        view=view,
        account=account,
        record=_target(_record(view)),
        record_id=_record(view),
        details=personal_view.groups_of(node.private.personal.found(actor, view.summary.id), {}),
        left_open=personal_view.LEFT_OPEN,
        choices=CHOICES,
        missing=[say(problem) for problem in missing],
        conflict=say(error) if error is not None else None,
    )


def _record(view: SubmissionView) -> str:
    if view.summary.about is None:
        raise NotFound
    return view.summary.about.record


def _target(record: str) -> PublicRecord | None:
    """The record, or None where it is gone: the page says so."""
    try:
        return the_node().records.read(record)
    except (NotFound, Gone):
        return None


def _sentence(error: CommonsError) -> str:
    return say(error.problems[0]) if isinstance(error, Invalid) else say(error)
