"""Requests whose files stay in memory: what people attach never lies in a temporary file, open to be read."""

from __future__ import annotations

import io
from typing import IO

from flask import Request


class Bodies(Request):
    """Flask's request; files of a form are held in memory, which the limit on bodies bounds."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        """Where a file of the form is written to while it is read; nothing of it matters."""
        del total_content_length, content_type, filename, content_length
        return io.BytesIO()
