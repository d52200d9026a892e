"""A file that somebody sent, read by what it holds rather than by what it is called."""

from __future__ import annotations

from registry.errors import N_, Malformed, TooLarge
from registry.intake.bulk import csv_reading, jsonl_reading, xlsx_reading
from registry.intake.bulk.limits import FILE_MAX
from registry.intake.bulk.table import Table
from taxonomy import Taxonomy

TOO_LARGE = N_("This file is too large. The limit is %(limit)s bytes; send it in parts.")
EMPTY = N_("The file is empty.")
OLD_OFFICE = N_(
    "This is an older or a protected Office file. Save it as “Excel workbook (.xlsx)” without password."
)
OTHER = N_("This is no table. Send CSV, XLSX, or a JSON object on each line.")
ARRAY = N_("This is one JSON list. Write each report as an object on a line of its own, without the list.")
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"{\\rtf",
    b"<",
)
_BLANK = b" \t\r\n"


def read(raw: bytes, taxonomy: Taxonomy) -> Table:
    """The table in a file; raises ``Malformed`` for what is none, ``TooLarge`` for what is beyond bounds."""
    if len(raw) > FILE_MAX:
        raise TooLarge(TOO_LARGE, limit=FILE_MAX)
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip(_BLANK)
    if not raw.strip():
        raise Malformed(EMPTY)
    if raw.startswith(b"PK"):
        return xlsx_reading.read(raw, taxonomy)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise Malformed(OLD_OFFICE)
    if start.startswith(_OTHERS):
        raise Malformed(OTHER)
    if start.startswith(b"["):
        raise Malformed(ARRAY)
    if start.startswith(b"{"):
        return jsonl_reading.read(raw)
    return csv_reading.read(raw, taxonomy)
