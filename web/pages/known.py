"""Is it one of these? What may tell of the same event already, shown while somebody writes.

After the first page of a report comes a page that asks, when there is something to ask about; with
scripts the same list grows below the fields. What is typed is sent to this node only, in the body of a
request, and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from flask import Blueprint, flash, redirect, render_template, request, session
from werkzeug.wrappers import Response

from api.limits import take
from api.node import the_node
from api.resembling import KnownEvents, known_events
from registry.account import TITLE_MAX, Account
from registry.errors import CommonsError, Conflict, Invalid, Stale, Unavailable
from registry.identity.rules import Actor, Permission
from registry.intake.rules import EDITABLE
from registry.intake.views import SubmissionView
from registry.record.ids import is_record_id
from web.pages import headers, people, relation_view, statement
from web.pages.chrome import here
from web.pages.language import language
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("known", __name__)

ASKED = "known"
"""Key of the cookie that says for which draft and which records somebody said: none of these."""
TYPED_MAX = 8_000
"""Characters of a text that are looked at while it is typed."""
_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """What is shown for one draft: the events, and a mark of the list, to know it again."""

    events: KnownEvents
    mark: str


def first(key: str, onward: str) -> str:
    """Where a draft goes on: to ``onward``, by way of the question when there is something to ask."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    offer = _offer(actor, view)
    if view.summary.about is not None or not offer.events or session.get(ASKED) == offer.mark:
        return onward
    return page_of(key, onward)


def page_of(key: str, onward: str) -> str:
    """Address of the question for a draft, which then goes on to ``onward``."""
    return here(f"/report/{key}/similar") + f"?next={quote(onward, safe='/')}"


@blueprint.app_context_processor
def helpers() -> dict[str, object]:
    """For templates: letting the page's script ask, and the way to the question."""
    return {"may_ask": headers.may_ask, "known_page": page_of}


@blueprint.get("/report/<key:key>/similar")
def question(key: str) -> str | Response:
    """The list with what can be done; goes on at once when there is nothing to ask."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE or statement.is_statement(view):
        return redirect(here(f"/mine/{key}"), 303)
    offer = _offer(actor, view)
    if not offer.events and view.summary.about is None:
        return redirect(_onward(key), 303)
    return _page(view, offer)


@blueprint.post("/report/<key:key>/similar")
def answer(key: str) -> Response | tuple[str, int]:
    """Attach the report, take it off, say "seen here too" instead, or go on."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    view = the_node().private.intake.read(actor, key)
    act, _, record = request.form.get("choice", "").partition(" ")
    if act == "here" and is_record_id(record):
        return redirect(statement.instead_of(actor, view, record), 303)
    try:
        _act(actor, key, act, record)
    except (Invalid, Stale, Conflict) as error:
        return _refused(actor, key, error)
    if act == "none":
        session[ASKED] = _offer(actor, view).mark
    return redirect(_onward(key), 303)


@blueprint.post("/report/similar")
def live() -> str:
    """The list for what is typed at this moment, as a piece of a page."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    take("typing", actor)
    key = request.form.get("key", "")[:_KEY_LENGTH]
    stored = the_node().private.intake.read(actor, key).account if key else Account()
    events = _known(actor, _typed(request.form, stored), but=key or None)
    return render_template("report/_known_list.html", events=events)


def _act(actor: Actor, key: str, act: str, record: str) -> None:
    same_event, lock = the_node().private.same_event, people.lock_seen()
    if act == "same":
        same_event.attach(actor, key, record, expected=lock)
        flash(gettext("Your report is attached to this record: %(record)s.", record=record))
    elif act == "alone":
        same_event.detach(actor, key, expected=lock)
        flash(gettext("Your report stands alone."))


def _refused(actor: Actor, key: str, error: CommonsError) -> Response | tuple[str, int]:
    view = the_node().private.intake.read(actor, key)
    if view.summary.state not in EDITABLE:
        flash(say(error))
        return redirect(here(f"/mine/{key}"), 303)
    said = say(error.problems[0]) if isinstance(error, Invalid) else say(error)
    status = 422 if isinstance(error, Invalid) else 409
    return _page(view, _offer(actor, view), said), status


def _page(view: SubmissionView, offer: Offer, conflict: str | None = None) -> str:
    return render_template(
        "report/similar.html",
        view=view,
        events=offer.events,
        relation=relation_view.beside(view),
        onward=_onward(view.summary.id),
        conflict=conflict,
    )


def _offer(actor: Actor, view: SubmissionView) -> Offer:
    key = view.summary.id
    events = _known(actor, view.account, but=key)
    about = view.summary.about
    if about is not None:
        others = tuple(one for one in events.records if one.id != about.record)
        events = replace(events, records=others)
    ids = [key, *(one.id for one in events.records), *(one.id for one in events.own)]
    return Offer(events, hashlib.sha256(" ".join(ids).encode()).hexdigest()[:16])


def _known(actor: Actor, account: Account, *, but: str | None) -> KnownEvents:
    """What resembles it; nothing while the index cannot be read: a report is not held up by that."""
    try:
        return known_events(the_node(), actor, account, but=but)
    except Unavailable:
        return KnownEvents()


def _typed(form: Mapping[str, str], stored: Account) -> Account:
    """The account as stored, with what stands in the fields now."""
    spoken = form.get("language", stored.language if stored.title or stored.text else language())
    return replace(
        stored,
        title=form.get("title", stored.title)[:TITLE_MAX],
        text=form.get("text", stored.text)[:TYPED_MAX],
        language=spoken[:35],
    )


def _onward(key: str) -> str:
    """Where to go on: the address that the page was opened with, if it is of this report."""
    target = people.safe_next(request.args.get("next"), "")
    return target if f"/report/{key}/" in target else here(f"/report/{key}/check")
