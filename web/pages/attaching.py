"""Files of one's own report: add one at a time, say what it shows, look at it, remove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    NOT_CHOSEN,
    REPORT_MAX,
    DayIsFull,
    Kind,
    described,
    refused,
)
from registry.intake.attachments.service import Upload
from registry.intake.attachments.views import AttachmentView
from web.pages import attached_view, people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("attaching", __name__)

FIELDS: Final = ("description", "lock", "csrf_token")
OF: Final = "description-"
"""What the names of controls for the files that are there begin with; the file's id follows."""
KEPT_FORM: Final = "application/x-www-form-urlencoded"
"""How a form is sent that was kept while its person signed in again; it cannot hold a file."""
ACCEPT: Final = ",".join(f".{ending}" for kind in Kind for ending in ENDINGS[kind])


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of the new file and (``texts``: id → words) of those that are there.

    What is wrong is said of the new file, or of the file ``of``.
    """

    description: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    file_error: str | None = None
    description_error: str | None = None
    conflict: str | None = None

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the control's id and the sentence."""
        place = OF + self.of if self.of else "description"
        lines = (("file", self.file_error), (place, self.description_error), ("", self.conflict))
        return [(name, error) for name, error in lines if error is not None]


def register(app: Flask) -> None:
    """Look at the size of what is sent before anything else reads it."""

    @app.before_request
    def admit() -> Response | None:
        if request.endpoint != f"{blueprint.name}.add":
            return None
        if people.current_actor() is None and not people.session_secret():
            if not uploads.is_small():
                uploads.throw_away()
                raise NotSignedIn
            return None
        try:
            uploads.admit()
        except TooLarge as large:
            if people.current_actor() is None:
                raise NotSignedIn from large
            key = str((request.view_args or {})["key"])
            page, status = _refused(people.require_actor(Permission.WRITE_SUBMISSIONS), key, large, Typed())
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
def add(key: str) -> str | Response | tuple[str, int]:
    """Keep a file. It is kept even if nobody has said well what it shows: that can be mended alone."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    limits.take("upload", actor)
    typed, wrong = _typed(), None
    try:
        described(typed.description)
    except Invalid as invalid:
        wrong = invalid
    own, lock = the_node().private.attachments.own, people.lock_seen()
    try:
        own.prepare(actor, key, expected=lock)
        upload = _received(typed)
        added = own.add(actor, key, upload, "" if wrong else typed.description, expected=lock)
    except (Invalid, DayIsFull, Stale, Conflict, Unavailable) as refusal:
        return _refused(actor, key, refusal, typed)
    if wrong is not None:
        return _undescribed(actor, key, added.item, typed, wrong)
    return _shown_again(actor, key, gettext("The file is attached."), replace(typed, description=""))


@blueprint.post("/report/<key:key>/attachments/<key:attachment>/describe")
def describe(key: str, attachment: str) -> str | Response | tuple[str, int]:
    """Say what a file shows."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    own, typed = the_node().private.attachments.own, replace(_typed(), of=attachment)
    try:
        own.describe(actor, key, attachment, typed.texts.get(attachment, ""), expected=people.lock_seen())
    except Invalid as invalid:
        return _page(actor, key, replace(typed, description_error=say(invalid.problems[0]))), 422
    except (Stale, Conflict) as conflict:
        return _closed(actor, key) or (_page(actor, key, replace(typed, conflict=say(conflict))), 409)
    return _shown_again(actor, key, gettext("The description is saved."), _without(typed, attachment))


@blueprint.post("/report/<key:key>/attachments/<key:attachment>/remove")
def remove(key: str, attachment: str) -> str | Response | tuple[str, int]:
    """Remove a file for good."""
    actor, typed = people.require_actor(Permission.WRITE_SUBMISSIONS), _typed()
    own = the_node().private.attachments.own
    try:
        own.remove(actor, key, attachment, expected=people.lock_seen())
    except (Stale, Conflict) as conflict:
        return _closed(actor, key) or (_page(actor, key, replace(typed, conflict=say(conflict))), 409)
    return _shown_again(actor, key, gettext("The file is removed."), _without(typed, attachment))


@blueprint.get("/report/<key:key>/attachments/<key:attachment>")
def one(key: str, attachment: str) -> FlaskResponse:
    """The file itself, as reviewers get it."""
    actor = people.require_actor(Permission.READ_SUBMISSIONS)
    return attached_view.served(the_node().private.attachments.own.content(actor, key, attachment))


def _typed() -> Typed:
    """What the page's one form held of the new file and of every other, whichever button was pressed."""
    texts = {name.removeprefix(OF): text for name, text in request.form.items() if name.startswith(OF)}
    return Typed(request.form.get("description", ""), texts)


def _without(typed: Typed, attachment: str) -> Typed:
    """What was typed elsewhere than at this file."""
    texts = {one: text for one, text in typed.texts.items() if one != attachment}
    return Typed(typed.description, texts)


def _received(typed: Typed) -> Upload:
    """The file of the form; a form that comes again after signing in holds none any more."""
    if request.mimetype == KEPT_FORM:
        raise refused(NOT_CHOSEN)
    return uploads.received(*FIELDS, *(OF + one for one in typed.texts))


def _shown_again(actor: Actor, key: str, says: str, left: Typed) -> str | Response:
    """The page: at its own address, or at once where that would lose what was typed elsewhere."""
    flash(says)
    held = {one.id: one.description for one in the_node().private.attachments.own.of(actor, key).items}
    other = any(one in held and text.strip() != held[one] for one, text in left.texts.items())
    if other or left.description.strip():
        return _page(actor, key, left)
    return redirect(here(f"/report/{key}/attachments") + "#files", 303)


def _refused(actor: Actor, key: str, refusal: CommonsError, typed: Typed) -> tuple[str, int]:
    """The page with what is wrong with the new file; words are kept, the file has to be chosen again."""
    if isinstance(refusal, Invalid):
        wrong = replace(typed, file_error=say(refusal.problems[0]))
        return _page(actor, key, wrong), 413 if isinstance(refusal, TooLarge) else 422
    statuses: dict[type[CommonsError], int] = {DayIsFull: 429, Unavailable: 503}
    status = next((number for kind, number in statuses.items() if isinstance(refusal, kind)), 409)
    return _page(actor, key, replace(typed, conflict=say(refusal))), status


def _undescribed(
    actor: Actor, key: str, item: AttachmentView, typed: Typed, wrong: Invalid
) -> tuple[str, int]:
    error = gettext("The file is attached. %(problem)s", problem=say(wrong.problems[0]))
    texts = {**typed.texts, item.id: typed.description}
    return _page(actor, key, Typed("", texts, item.id, description_error=error)), 422


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
