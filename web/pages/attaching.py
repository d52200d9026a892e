"""Files of one's own report: add one at a time, say what it shows, look at it, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, flash, redirect, render_template, request
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api import limits, uploads
from api.node import the_node
from registry.errors import CommonsError, Conflict, Invalid, NotSignedIn, Stale, TooLarge, Unavailable
from registry.identity.rules import Actor, Permission
from registry.intake.attachments.rules import (
    DESCRIPTION_MAX,
    ENDINGS,
    FILE_MAX,
    FILES_MAX,
    MEGABYTE,
    REPORT_MAX,
    DayIsFull,
    Kind,
    described,
)
from registry.intake.attachments.views import AttachmentView
from web.pages import attached_view, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("attaching", __name__)

FIELDS: Final = ("description", "lock", "csrf_token")
ACCEPT: Final = ",".join(f".{ending}" for kind in Kind for ending in ENDINGS[kind])


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed and what is wrong with it: of the new file, or of the file ``of``."""

    description: str = ""
    of: str = ""
    file_error: str | None = None
    description_error: str | None = None
    conflict: str | None = None

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the control's id and the sentence."""
        place = f"description-{self.of}" if self.of else "description"
        lines = (("file", self.file_error), (place, self.description_error), ("", self.conflict))
        return [(name, error) for name, error in lines if error is not None]


def register(app: Flask) -> None:
    """Look at the size of what is sent before anything else reads it."""

    @app.before_request
    def admit() -> Response | None:
        if request.endpoint != f"{blueprint.name}.add":
            return None
        if people.current_actor() is None:
            if not uploads.is_small():
                uploads.throw_away()
                raise NotSignedIn
            return None
        try:
            uploads.admit()
        except TooLarge as large:
            key = str((request.view_args or {})["key"])
            page, status = _refused(people.require_actor(Permission.WRITE_SUBMISSIONS), key, large, "")
            return FlaskResponse(page, status)
        return None


@blueprint.get("/report/<key:key>/attachments")
def files(key: str) -> str | Response:
    """The files with a form for one more."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    if not the_node().private.attachments.own.of(actor, key).editable:
        return redirect(here(f"/mine/{key}"), 303)
    return _page(actor, key, Typed())


@blueprint.post("/report/<key:key>/attachments")
def add(key: str) -> Response | tuple[str, int]:
    """Keep a file. It is kept even if nobody has said well what it shows: that can be mended alone."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    limits.take("upload", actor)
    text, wrong = request.form.get("description", ""), None
    try:
        described(text)
    except Invalid as invalid:
        wrong = invalid
    own, lock = the_node().private.attachments.own, people.lock_seen()
    try:
        own.prepare(actor, key, expected=lock)
        upload = uploads.received(*FIELDS)
        added = own.add(actor, key, upload, "" if wrong else text, expected=lock)
    except (Invalid, DayIsFull, Stale, Conflict, Unavailable) as refusal:
        return _refused(actor, key, refusal, text)
    if wrong is not None:
        return _undescribed(actor, key, added.item, text, wrong)
    flash(gettext("The file is attached."))
    return redirect(here(f"/report/{key}/attachments") + "#files", 303)


@blueprint.post("/report/<key:key>/attachments/<key:attachment>/describe")
def describe(key: str, attachment: str) -> Response | tuple[str, int]:
    """Say what a file shows."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    own, text = the_node().private.attachments.own, request.form.get("description", "")
    try:
        own.describe(actor, key, attachment, text, expected=people.lock_seen())
    except Invalid as invalid:
        typed = Typed(text, attachment, description_error=say(invalid.problems[0]))
        return _page(actor, key, typed), 422
    except (Stale, Conflict) as conflict:
        return _closed(actor, key) or (
            _page(actor, key, Typed(text, attachment, conflict=say(conflict))),
            409,
        )
    flash(gettext("The description is saved."))
    return redirect(here(f"/report/{key}/attachments") + "#files", 303)


@blueprint.post("/report/<key:key>/attachments/<key:attachment>/remove")
def remove(key: str, attachment: str) -> Response | tuple[str, int]:
    """Remove a file for good."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    own = the_node().private.attachments.own
    try:
        own.remove(actor, key, attachment, expected=people.lock_seen())
    except (Stale, Conflict) as conflict:
        return _closed(actor, key) or (_page(actor, key, Typed(conflict=say(conflict))), 409)
    flash(gettext("The file is removed."))
    return redirect(here(f"/report/{key}/attachments") + "#files", 303)


@blueprint.get("/report/<key:key>/attachments/<key:attachment>")
def one(key: str, attachment: str) -> FlaskResponse:
    """The file itself, as reviewers get it."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    return attached_view.served(the_node().private.attachments.own.content(actor, key, attachment))


def _refused(actor: Actor, key: str, refusal: CommonsError, text: str) -> tuple[str, int]:
    """The page with what is wrong with the new file; words are kept, the file has to be chosen again."""
    if isinstance(refusal, Invalid):
        typed = Typed(text, file_error=say(refusal.problems[0]))
        return _page(actor, key, typed), 413 if isinstance(refusal, TooLarge) else 422
    statuses: dict[type[CommonsError], int] = {DayIsFull: 429, Unavailable: 503}
    status = next((number for kind, number in statuses.items() if isinstance(refusal, kind)), 409)
    return _page(actor, key, Typed(text, conflict=say(refusal))), status


def _undescribed(actor: Actor, key: str, item: AttachmentView, text: str, wrong: Invalid) -> tuple[str, int]:
    error = gettext("The file is attached. %(problem)s", problem=say(wrong.problems[0]))
    return _page(actor, key, Typed(text, item.id, description_error=error)), 422


def _closed(actor: Actor, key: str) -> Response | None:
    """The way on where the report was sent meanwhile."""
    if the_node().private.attachments.own.of(actor, key).editable:
        return None
    return redirect(here(f"/mine/{key}"), 303)


def _page(actor: Actor, key: str, typed: Typed) -> str:
    found = the_node().private.attachments.own.of(actor, key)
    return render_template(
        "report/attachments.html",
        key=key,
        found=found,
        shown=attached_view.shown(found.items, f"/report/{key}/attachments"),
        typed=typed,
        accept=ACCEPT,
        full=len(found.items) >= FILES_MAX,
        files_max=FILES_MAX,
        file_max=attached_view.file_size(FILE_MAX),
        report_max=attached_view.file_size(REPORT_MAX),
        description_max=DESCRIPTION_MAX,
        megabytes=FILE_MAX // MEGABYTE,
    )
