"""Files of reports for programs: templates, checking a file, a checked copy, and storing it."""

from __future__ import annotations

from typing import Any

from flask import Response

from api import bulk_shapes, limits
from api.files import FIELD, FORM, the_file
from api.node import the_node
from api.reply import STEADY, document, reply
from api.schemas.bulk import BulkQuery, BulkReport
from api.schemas.vocabulary import LanguageQuery
from api.section import Section, Speaks
from api.submissions import IDEMPOTENCY_KEY, WRITE, idempotency_key
from api.wording import speaking
from registry.errors import N_, Invalid
from registry.identity.rules import Actor
from registry.intake.bulk.copying import copy as copied
from registry.intake.bulk.headers import shown
from registry.intake.bulk.limits import FILE_MAX
from registry.intake.bulk.report import Report
from registry.intake.bulk.service import Received, Wish
from registry.intake.bulk.table import MEDIA, Format
from registry.intake.bulk.template import template

ANY = "application/octet-stream"
TAKEN = (*MEDIA.values(), ANY, "application/x-ndjson", "text/tab-separated-values", "text/plain")
"""Media types of a body that is the file itself; what it is, is told by what it holds."""
_BYTES = {"type": "string", "format": "binary", "maxLength": FILE_MAX}
_FORM = {"type": "object", "properties": {FIELD: _BYTES}, "required": [FIELD]}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "CSV, XLSX, or a JSON object on each line; as the body or in the field “file”.",
        "content": {ANY: {"schema": _BYTES}, FORM: {"schema": _FORM}}
        | {media: {"schema": _BYTES} for media in MEDIA.values()},
    }
}
COPY_NAME = "checked"

section = Section("bulk", "Many reports at once: templates, a check of a whole file, storing it.")


class RowsWrong(Invalid):
    """Rows of a file that keep all of it from being stored."""

    message = N_("Nothing was stored: some rows need attention. Mend them, or send only-good-rows=true.")


@section.post(
    "/submissions/bulk",
    Speaks(
        "Check a file of reports, and store it if told to",
        answer=BulkReport,
        scopes=WRITE,
        query=BulkQuery,
        problems=(409, 413, 415, 422),
        headers=(IDEMPOTENCY_KEY,),
        extra=BODY,
    ),
)
def bulk(actor: Actor, query: dict[str, Any]) -> Response:
    """Every row is checked like a report that comes alone, and its faults are told by row and column.

    Nothing is stored unless ``store=true``. ``as=draft`` keeps rows for a person to complete,
    ``as=submit`` sends them to review and takes complete ones only. Where a row cannot be stored,
    nothing is (422), unless ``only-good-rows=true``. All happens in one transaction.

    A row that was stored before is told as ``known`` and not stored again: by its ``reference``, or
    without one by what it says. The same file with the same ``Idempotency-Key`` gets the same answer.

    ``personal`` warns of personal details row by row. Certain ones are hidden from reviewers and the
    public all the same; see ``/findings`` of each report. Files of 200,000 characters and more are looked
    through in part, ``unscanned`` counts the rest.
    """
    side = the_node().private
    with speaking(query["lang"]):
        key, received = idempotency_key(), _received(actor)
        found = side.bulk.check(actor, received, language=query["lang"])
        if query["store"] == "true":
            wish = Wish(query["wanted"] == "submit", query["only_good"] == "true", key)
            found = side.bulk.store(actor, received, found, wish)
            if not found.stored:
                raise RowsWrong(bulk_shapes.refusals(found.refused(submit=wish.submit)))
        return reply(bulk_shapes.report(found))


@section.post(
    "/submissions/bulk/copy",
    Speaks(
        "Check a file of reports, and get it back with a column that says what is wrong",
        scopes=WRITE,
        query=LanguageQuery,
        media=ANY,
        problems=(413, 415, 422),
        extra=BODY,
    ),
)
def copy(actor: Actor, query: dict[str, Any]) -> Response:
    """In the format of the original; nothing is stored. It can be mended and sent as it is."""
    with speaking(query["lang"]):
        received = _received(actor)
        found = the_node().private.bulk.check(actor, received, language=query["lang"], scanned=0)
        return as_file(checked_copy(found, received, query["lang"]), COPY_NAME, found.table.format, media=ANY)


@section.get(
    "/submissions/bulk/template.csv",
    Speaks("An empty table as CSV", query=LanguageQuery, media=MEDIA[Format.CSV]),
)
def template_csv(query: dict[str, Any]) -> Response:
    """One column for each field of an account."""
    return _template(Format.CSV, query["lang"])


@section.get(
    "/submissions/bulk/template.xlsx",
    Speaks("An empty table as a spreadsheet", query=LanguageQuery, media=MEDIA[Format.XLSX]),
)
def template_xlsx(query: dict[str, Any]) -> Response:
    """With lists to choose from, and a second sheet that explains every column and code."""
    return _template(Format.XLSX, query["lang"])


@section.get(
    "/submissions/bulk/template.jsonl",
    Speaks("An example with a JSON object on each line", query=LanguageQuery, media=MEDIA[Format.JSONL]),
)
def template_jsonl(query: dict[str, Any]) -> Response:
    """A report that can be sent, and one that can be kept as a draft."""
    return _template(Format.JSONL, query["lang"])


def checked_copy(found: Report, received: Received, language: str) -> bytes:
    """The file with its column of sentences, in the language being spoken."""
    title = shown("errors", the_node().taxonomy, language)
    told = {row.number: bulk_shapes.sentences(row) for row in found.rows}
    return copied(found, received.raw, title, told)


def as_file(content: bytes, name: str, form: Format, *, media: str | None = None) -> Response:
    """A file to keep."""
    response = Response(content, mimetype=media or MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.value}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _received(actor: Actor) -> Received:
    """The file that came, counted by its rows."""
    received = the_node().private.bulk.read(actor, the_file(TAKEN))
    limits.take_rows(actor, len(received.table.lines))
    return received


def _template(form: Format, language: str) -> Response:
    the_node().require_private()
    response = document(template(the_node().taxonomy, form, language), MEDIA[form], STEADY)
    response.headers["Content-Disposition"] = f'attachment; filename="reports-{language}.{form.value}"'
    return response
