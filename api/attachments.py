"""Files of reports, for programs: organizations attach them, reviewers read them, nobody publishes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, request

from api import uploads
from api.node import the_node
from api.reply import PRIVATE, expected_lock, moment, reply
from api.schemas.attachments import Attachment, Attachments, Described
from api.section import PREFIX, Section, Speaks
from registry.identity.rules import Actor
from registry.intake.attachments.rules import DESCRIPTION_MAX, FILE_MAX, described
from registry.intake.attachments.views import Attached, AttachmentView, Content

READ, WRITE = ("submissions:read",), ("submissions:write",)
BOTH = READ + WRITE
REVIEW = ("reviews:read",)
OWN, OTHERS = "/submissions/<key:submission>/attachments", "/reviews/<key:submission>/attachments"
ONE = "/<key:attachment>"
BYTES = "application/octet-stream"
SEALED_OFF = "default-src 'none'; sandbox"
"""A browser that shows the file after all lets nothing in it run, load or open."""
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            uploads.FORM: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "maxLength": FILE_MAX,
                            "description": "A picture (JPEG, PNG, WebP, GIF) that does not move, a text in"
                            " UTF-8, or a PDF. Of its name only the ending is looked at.",
                        },
                        "description": {
                            "type": "string",
                            "minLength": 1,
                            "maxLength": DESCRIPTION_MAX,
                            "description": "What it shows, for those who cannot or should not look at it.",
                        },
                    },
                    "required": ["file", "description"],
                    "additionalProperties": False,
                }
            }
        },
    }
}

section = Section("attachments", "Files of reports: private evidence for reviewers, never published.")


@section.post(
    OWN,
    Speaks(
        "Attach a file to a report",
        answer=Attachment,
        status=201,
        scopes=BOTH,
        conditional=True,
        problems=(413, 415, 422),
        kind="upload",
        extra=FORM,
    ),
)
def add(actor: Actor, submission: str) -> Response:
    """Pictures are drawn anew: what a file says beside what can be seen is gone, and its name is not kept.

    One file at a time, while the report may be edited. ETag and If-Match are those of the report. A PDF
    is kept as it is, with whatever it says of its author. What else is refused says what to do instead.
    """
    lock, own = expected_lock(), the_node().private.attachments.own
    own.prepare(actor, submission, expected=lock)
    uploads.admit()
    upload = uploads.received("description")
    text = described(request.form.get("description", ""))
    added = own.add(actor, submission, upload, text, expected=lock)
    response = reply(shape(added.item), 201, lock=added.attached.lock)
    response.headers["Location"] = f"{PREFIX}/submissions/{submission}/attachments/{added.item.id}"
    return response


@section.get(OWN, Speaks("List a report's files", answer=Attachments, scopes=READ))
def list_own(actor: Actor, submission: str) -> Response:
    """Oldest first; the ETag is the report's."""
    return _listed(the_node().private.attachments.own.of(actor, submission))


@section.get(OWN + ONE, Speaks("Download a file of a report", scopes=READ, media=BYTES))
def download_own(actor: Actor, submission: str, attachment: str) -> Response:
    """The file as it is kept."""
    return handed_out(the_node().private.attachments.own.content(actor, submission, attachment))


@section.patch(
    OWN + ONE,
    Speaks("Say what a file shows", answer=Attachments, scopes=BOTH, body=Described, conditional=True),
)
def describe(actor: Actor, body: dict[str, Any], submission: str, attachment: str) -> Response:
    """Possible while the report may be edited."""
    text, lock = body["description"], expected_lock()
    own = the_node().private.attachments.own
    return _listed(own.describe(actor, submission, attachment, text, expected=lock))


@section.delete(
    OWN + ONE, Speaks("Remove a file of a report", answer=Attachments, scopes=BOTH, conditional=True)
)
def remove(actor: Actor, submission: str, attachment: str) -> Response:
    """For good; possible while the report may be edited. Answers with the files that are left."""
    own = the_node().private.attachments.own
    return _listed(own.remove(actor, submission, attachment, expected=expected_lock()))


@section.get(OTHERS, Speaks("List the files of a report under review", answer=Attachments, scopes=REVIEW))
def list_others(actor: Actor, submission: str) -> Response:
    """Those that were there when the report was sent last."""
    return reply(_items(the_node().private.reviewing.evidence.of(actor, submission)))


@section.get(OTHERS + ONE, Speaks("Download a file of a report under review", scopes=REVIEW, media=BYTES))
def download_others(actor: Actor, submission: str, attachment: str) -> Response:
    """Texts and PDFs come from strangers: open them where nothing can be harmed."""
    return handed_out(the_node().private.reviewing.evidence.content(actor, submission, attachment))


def handed_out(content: Content) -> Response:
    """A file that no browser shows: bytes to be saved, and nothing else."""
    response = Response(content.data, mimetype=BYTES)
    response.headers["Content-Disposition"] = f'attachment; filename="{content.item.name}"'
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SEALED_OFF
    return response


def shape(item: AttachmentView) -> dict[str, Any]:
    """A file as the schema documents it."""
    return {
        "id": item.id,
        "name": item.name,
        "media": item.media.value,
        "size": item.size,
        "width": item.width,
        "height": item.height,
        "description": item.description,
        "created": moment(item.created_at),
    }


def _listed(attached: Attached) -> Response:
    return reply(_items(attached.items), lock=attached.lock)


def _items(found: Iterable[AttachmentView]) -> dict[str, Any]:
    return {"items": [shape(item) for item in found], "next": None}
