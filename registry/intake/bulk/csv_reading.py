"""Tables as texts: which encoding and which delimiter, decided by rules that are told, then RFC 4180.

Excel writes its "CSV" in the encoding of its country and with semicolons where a comma separates
decimals, and as "Unicode text" in UTF-16 with tabs. Nothing in a cell is ever evaluated.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from registry.errors import N_, Malformed, TooLarge
from registry.intake.bulk.headers import recognised
from registry.intake.bulk.limits import COLUMNS_MAX, HEADER_MAX, NUMBERS_MAX, ROWS_MAX
from registry.intake.bulk.table import Format, Line, Note, Table
from taxonomy import Taxonomy

DELIMITERS = (",", ";", "\t", "|")
CELL_READ_MAX = 5_000_000
"""Characters of a cell before it is measured: a lost quotation mark makes the rest of a file one cell."""
GUESSED = N_("Read as Windows-1252. If letters look wrong, save the file as “CSV UTF-8” and send that.")
NOT_TEXT = N_("This is no text in UTF-8, UTF-16 or Windows-1252. Save the file as “CSV UTF-8” and send that.")
BROKEN_UTF8 = N_("This is not UTF-8: byte %(position)s. Save the file as “CSV UTF-8” and send that.")
BROKEN_QUOTES = N_("This is not CSV from row %(row)s on: a quotation mark is missing or stands alone.")
NO_HEADER = N_("The file is empty. Its first row should name the columns.")
TOO_WIDE = N_("There are more than %(limit)s columns.")
TOO_MANY = N_("There are more than %(limit)s rows. Send the file in parts.")
LONG_HEADER = N_(
    "The name of a column has more than %(limit)s characters. The first row should name the columns."
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4_000
"""Bytes by which UTF-16 without a mark is told: in Latin letters every other byte is zero."""


def read(raw: bytes, taxonomy: Taxonomy) -> Table:
    """The table in some bytes; raises ``Malformed`` and ``TooLarge``."""
    text, encoding, notes = decode(raw)
    declared, text = _declared(text)
    delimiter = declared or _delimiter(text, taxonomy)
    records = _records(text, delimiter)
    header = _header(records)
    return Table(
        Format.CSV,
        header,
        tuple(_lines(records)),
        encoding=encoding,
        delimiter=delimiter,
        notes=notes,
    )


def decode(raw: bytes) -> tuple[str, str, tuple[Note, ...]]:
    """Text, name of its encoding, and what to tell about it; raises ``Malformed``."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(raw, encoding), encoding.removesuffix("-sig"), ()
    sample = raw[:_LOOKED_AT]
    if sample.count(0) > len(sample) // 4:
        little = sample[1::2].count(0) >= sample[::2].count(0)
        return _decoded(raw, "utf-16-le" if little else "utf-16-be"), "utf-16", ()
    try:
        return raw.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError as error:
        if _MULTIBYTE.search(raw):
            raise Malformed(BROKEN_UTF8, position=error.start) from error
    return _decoded(raw, "cp1252"), "windows-1252", (Note(GUESSED),)


def bounded(lines: Iterator[Line]) -> Iterator[Line]:
    """The same lines; raises ``TooLarge`` instead of one too many."""
    for count, line in enumerate(lines):
        if count >= ROWS_MAX:
            raise TooLarge(TOO_MANY, limit=ROWS_MAX)
        yield line


def check_header(header: tuple[str, ...]) -> tuple[str, ...]:
    """The names of columns within bounds; raises ``Malformed`` and ``TooLarge``."""
    if not any(name.strip() for name in header):
        raise Malformed(NO_HEADER)
    if len(header) > COLUMNS_MAX:
        raise TooLarge(TOO_WIDE, limit=COLUMNS_MAX)
    if any(len(name) > HEADER_MAX for name in header):
        raise Malformed(LONG_HEADER, limit=HEADER_MAX)
    return header


def trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without the empty cells at the end, which spreadsheets add."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        if encoding:
            return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-8"):
            raise Malformed(BROKEN_UTF8, position=error.start) from error
    raise Malformed(NOT_TEXT)


def _declared(text: str) -> tuple[str, str]:
    """The delimiter that a first line ``sep=;`` names, and the text after it."""
    match = re.match(r"sep=(.)\r?\n", text)
    return (match[1], text[match.end() :]) if match and match[1] in DELIMITERS else ("", text)


def _delimiter(text: str, taxonomy: Taxonomy) -> str:
    """The one by which the first row has most names that are known, then most names at all."""
    first = text.lstrip("\r\n")[: HEADER_MAX * COLUMNS_MAX]

    def score(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(first, newline=""), delimiter=delimiter)
        try:
            header = next(reader, [])[: COLUMNS_MAX + 1]
        except csv.Error:
            return 0, 0
        return recognised(header, taxonomy), len(header)

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Row number and cells of each row that is not empty."""
    csv.field_size_limit(CELL_READ_MAX)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        if number > NUMBERS_MAX:
            raise TooLarge(TOO_MANY, limit=ROWS_MAX)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Malformed(BROKEN_QUOTES, row=number) from error
        if cells is None:
            return
        if len(cells) > COLUMNS_MAX * 10:
            raise TooLarge(TOO_WIDE, limit=COLUMNS_MAX)
        kept = trimmed(tuple(cells))
        if kept:
            yield number, kept


def _header(records: Iterator[tuple[int, tuple[str, ...]]]) -> tuple[str, ...]:
    _, cells = next(records, (0, ()))
    return check_header(cells)


def _lines(records: Iterator[tuple[int, tuple[str, ...]]]) -> Iterator[Line]:
    return bounded(Line(number, cells) for number, cells in records)
