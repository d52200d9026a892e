"""Bodies that hold a file: how large they may be, and how what is too large is refused.

Only the addresses that take files read more than the limit of all others. A body that says it is too
large is read and thrown away before it is refused, within bounds: a browser that is still sending when
the answer comes shows a broken connection instead of the answer.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Final

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api.parser import pointer
from registry.errors import N_, Invalid, Problem
from registry.intake.attachments.rules import FILE_MAX, NOT_CHOSEN, refused, too_large
from registry.intake.attachments.service import Upload

BODY_MAX: Final = FILE_MAX + 100_000
"""Bytes of a body: a file, and what the form says about it."""
THROWN_AWAY_MAX: Final = 60_000_000
"""Bytes of a body that are read only to be thrown away."""
SECONDS: Final = 30.0
PIECE: Final = 65_536
FORM: Final = "multipart/form-data"
FILE: Final = "file"


def admit() -> None:
    """Let this request hold a file; raises ``FileTooLarge`` where it says that it holds more."""
    length = request.content_length
    if length is not None and length > BODY_MAX:
        throw_away()
        raise too_large()
    request.max_content_length = BODY_MAX


def is_small() -> bool:
    """Whether the request says that it is no larger than what every address takes."""
    limit = request.max_content_length
    return limit is None or (request.content_length or 0) <= limit


def throw_away() -> None:
    """Read what the client still sends, for a while, and keep nothing of it."""
    request.max_content_length = THROWN_AWAY_MAX
    until = time.monotonic() + SECONDS
    with suppress(RequestEntityTooLarge, OSError):
        while time.monotonic() < until and request.stream.read(PIECE):
            continue


def received(*fields: str) -> Upload:
    """The one file of the form, whose other fields are ``fields``.

    Raises ``Invalid``, ``FileTooLarge``, and Werkzeug's 415 for what is no form with a file.
    """
    if request.mimetype != FORM:
        raise UnsupportedMediaType
    try:
        files, typed = request.files, request.form
    except RequestEntityTooLarge as error:
        raise too_large() from error
    unknown = [name for name in (*files, *typed) if name not in (FILE, *fields)]
    if unknown:
        message = N_("There is no such field.")
        raise Invalid([Problem(pointer(name), message) for name in unknown])
    given = files.getlist(FILE)
    if len(given) != 1 or FILE in typed:
        raise refused(NOT_CHOSEN)
    return Upload(given[0].filename or "", given[0].stream.read(FILE_MAX + 1))
