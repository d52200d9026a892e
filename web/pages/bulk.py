"""Many reports in one file: templates, a check, and storing what was checked. The file is never kept."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, render_template, request

from api import limits, problems
from api.bulk import COPY_NAME, as_file, checked_copy
from api.files import in_form
from api.node import the_node
from registry.errors import CommonsError, Invalid, Malformed, TooLarge
from registry.identity.rules import Actor, Permission
from registry.intake.bulk.limits import FILE_MAX, ROWS_MAX
from registry.intake.bulk.report import Report
from registry.intake.bulk.service import Received, Wish
from registry.intake.bulk.table import Format
from web.pages import bulk_view, people
from web.pages.chrome import here
from web.pages.language import language, site_path
from web.pages.words import say

blueprint = Blueprint("bulk", __name__)

CHECK, DRAFT, SUBMIT, COPY = "check", "draft", "submit", "copy"
"""What can be done with a file."""
MEGABYTE: Final = 1_000_000


@blueprint.get("/report/bulk")
def form() -> str:
    """How it goes, the templates, and the form."""
    people.require_actor(Permission.WRITE_SUBMISSIONS)
    return _form_page()


@blueprint.post("/report/bulk")
def answer() -> str | Response | tuple[str, int]:
    """Check the file that came, and do with it what was chosen."""
    actor = people.require_actor(Permission.WRITE_SUBMISSIONS)
    then = request.form.get("then", CHECK)
    try:
        received = _received(actor)
        found = the_node().private.bulk.check(actor, received, language=language())
    except (Malformed, TooLarge, Invalid) as error:
        return _form_page(error), problems.from_error(error).status_code
    if request.form.get("do") == COPY:
        return as_file(checked_copy(found, received, language()), COPY_NAME, found.table.format)
    return _result(actor, received, found, then)


def _result(actor: Actor, received: Received, found: Report, then: str) -> str | tuple[str, int]:
    submit, only_good = then == SUBMIT, "only-good-rows" in request.form
    asked = then in (DRAFT, SUBMIT)
    if asked:
        wish = Wish(submit=submit, only_good=only_good)
        found = the_node().private.bulk.store(actor, received, found, wish)
    page = render_template(
        "bulk/result.html",
        found=found,
        view=bulk_view.of(found),
        refused=asked and not found.stored,
        submitted=submit,
        **_common(then if asked else DRAFT),
    )
    return (page, 422) if asked and not found.stored else page


def _received(actor: Actor) -> Received:
    received = the_node().private.bulk.read(actor, in_form())
    limits.take_rows(actor, len(received.table.lines))
    return received


def _form_page(error: CommonsError | None = None) -> str:
    listed = error.problems if isinstance(error, Invalid) else [error] if error is not None else []
    errors = [("file", say(one)) for one in listed]
    return render_template("bulk/form.html", errors=errors, **_common(CHECK))


def _common(then: str) -> dict[str, object]:
    """What both pages show: the form with a choice made, and where the templates are."""
    base = site_path("/api/v1/submissions/bulk/template")
    return {
        "then": then,
        "action": here("/report/bulk"),
        "templates": {form.value: f"{base}.{form.value}?lang={language()}" for form in Format},
        "megabytes": FILE_MAX // MEGABYTE,
        "rows_max": ROWS_MAX,
    }
