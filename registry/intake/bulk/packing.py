"""What is inside a spreadsheet file: looked at before it is unpacked, and packed anew uncompressed.

A spreadsheet is a ZIP file of XML parts. What its directory declares is summed up before a byte is
unpacked, unpacking stops at what was declared, and only the parts that hold cells go on: no macro, no
picture, no link to another file, and no document type, through which XML refers to itself.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from registry.errors import N_, Malformed, TooLarge
from registry.intake.bulk.limits import PARTS_MAX, UNPACKED_MAX

NOT_SPREADSHEET = N_("This is a ZIP file, but no spreadsheet. Save the file as “Excel workbook (.xlsx)”.")
DAMAGED = N_("This spreadsheet is damaged. Open it, save it again, and send that.")
LOCKED = N_("This spreadsheet is protected by a password. Save it without one, and send that.")
TOO_LARGE = N_("This spreadsheet is too large once unpacked. The limit is %(limit)s bytes.")
TOO_MANY_PARTS = N_("This spreadsheet has too many parts. The limit is %(limit)s.")
WORKBOOK = "xl/workbook.xml"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/worksheets/[^/]+\.xml"
)
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def repacked(raw: bytes) -> bytes:
    """The same spreadsheet, its parts with cells only, not compressed; raises ``Malformed``, ``TooLarge``."""
    if raw.count(_DIRECTORY_ENTRY) > PARTS_MAX:
        raise TooLarge(TOO_MANY_PARTS, limit=PARTS_MAX)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return _anew(packed, _chosen(packed))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Malformed(DAMAGED) from error


def _chosen(packed: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts that are needed, by what the directory declares of all of them."""
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > UNPACKED_MAX:
        raise TooLarge(TOO_LARGE, limit=UNPACKED_MAX)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Malformed(LOCKED)
    names = [part.filename for part in parts]
    if WORKBOOK not in names:
        raise Malformed(NOT_SPREADSHEET)
    chosen = [part for part in parts if _NEEDED.fullmatch(part.filename)]
    if len(set(names)) != len(names) or any(part.compress_type not in _METHODS for part in chosen):
        raise Malformed(DAMAGED)
    return chosen


def _anew(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as plain:
        for part in parts:
            with packed.open(part) as stream:
                content = stream.read(part.file_size + 1)
            if len(content) != part.file_size or _DOCTYPE.search(content) or content[:2] in _UTF16:
                raise Malformed(DAMAGED)
            plain.writestr(part.filename, content)
    return out.getvalue()
