"""Files that come in: which addresses take more than the usual body, and what a file may come as.

Files are held in memory, within their bounds, and never in a temporary file: what people wrote would
otherwise lie on a disk in plain words.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, request
from werkzeug.exceptions import RequestEntityTooLarge

from api.problems import WrongMedia
from registry.errors import N_, Malformed
from registry.intake.bulk.limits import FILE_MAX

ENVELOPE: Final = 20_000
"""Bytes around a file in a form."""
ROOM: dict[str, int] = {
    "api_bulk.post_bulk": FILE_MAX + ENVELOPE,
    "api_bulk.post_copy": FILE_MAX + ENVELOPE,
    "bulk.answer": 3 * FILE_MAX,  # a page says in words what is too large
}
"""Endpoint → bytes of a body, where the setting ``body_limit`` is too small."""
FORM: Final = "multipart/form-data"
FIELD: Final = "file"
"""The field of a form that holds the file."""
ONE_FILE = N_("Send one file, in the field “file”.")
NOT_SAID = N_("Say what the file is, in Content-Type: %(known)s.")
COMPRESSED = N_("Send the file as it is, not compressed.")


def register(app: Flask) -> None:
    """Make room for files before anything reads a body."""
    app.before_request(make_room)


def make_room() -> None:
    """Let the body be as large as its address takes."""
    room = ROOM.get(request.endpoint or "")
    if room is not None and (request.max_content_length or 0) < room:
        request.max_content_length = room


def the_file(media: tuple[str, ...]) -> bytes:
    """The bytes of the one file that came, in a form or as the body itself.

    Raises ``Malformed`` where there is none or several, and Werkzeug's 413 and 415.
    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise WrongMedia(COMPRESSED)
    if request.mimetype == FORM:
        return in_form()
    if request.mimetype not in media:
        raise WrongMedia(NOT_SAID % {"known": ", ".join((FORM, *media))})
    raw = request.get_data(cache=False)
    # A body that does not say its length (chunked) is cut where the limit is, without a word.
    if request.content_length is None and len(raw) == request.max_content_length:
        raise RequestEntityTooLarge
    return raw


def in_form() -> bytes:
    """The one file of a form; raises ``Malformed``."""
    files = request.files.getlist(FIELD)
    if len(files) != 1 or len(request.files) != 1:
        raise Malformed(ONE_FILE)
    content: bytes = files[0].read()
    return content
