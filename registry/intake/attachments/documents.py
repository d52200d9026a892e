"""PDFs as sealed evidence: looked at from outside, never opened, kept byte for byte. Pure.

Nothing is unpacked, so nothing can blow up. What is refused is what would harm a reviewer who opens the
file, as far as it stands there in the open: programs, commands to start programs, files within, and a
second file behind the same bytes. Words inside packed parts are not seen; reviewers are told so.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from typing import Final

_HEADER = re.compile(rb"%PDF-[12]\.[0-9]\b")
_END: Final = b"%%EOF"
END_WITHIN: Final = 1_024
"""Bytes at the end of a PDF in which its end is marked (ISO 32000-1, annex H.3 note 18)."""
_NAMES = ("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "GoToE", "ImportData")
"""What runs programs, opens files, or is one."""


def _spelled(name: str) -> bytes:
    """A pattern of the name, each letter as itself or as its number (ISO 32000-1 section 7.3.5)."""
    return b"".join(b"(?:%c|(?i:#%02x))" % (ord(letter), ord(letter)) for letter in name)


_ACTIVE = re.compile(rb"/(?:" + b"|".join(_spelled(name) for name in _NAMES) + rb")(?![A-Za-z0-9])")


class Fault(StrEnum):
    """Why a PDF is not taken."""

    CUT = "cut"
    DOUBLE = "double"
    ACTIVE = "active"


def fault(raw: bytes) -> Fault | None:
    """What is wrong with a PDF; None where nothing is, as far as can be seen from outside."""
    if not _HEADER.match(raw) or _END not in raw[-END_WITHIN:]:
        return Fault.CUT
    if zipfile.is_zipfile(io.BytesIO(raw)):
        return Fault.DOUBLE
    return Fault.ACTIVE if _ACTIVE.search(raw) else None
