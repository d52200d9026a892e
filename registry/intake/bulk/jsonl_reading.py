"""Lines of JSON: each an account as the API takes it, or an object whose names are columns.

A line that cannot be read is a fault of that line, and the rest goes on; a file of which no line can be
read is none. Each line is bounded like a body of the API.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from registry.account.check import KEYS
from registry.errors import N_, Malformed, TooLarge
from registry.formulas import guard
from registry.intake.bulk.cells import join
from registry.intake.bulk.columns import ERRORS, REFERENCE
from registry.intake.bulk.csv_reading import TOO_MANY, bounded, check_header
from registry.intake.bulk.limits import COLUMNS_MAX, LINE_MAX, NUMBERS_MAX, ROWS_MAX
from registry.intake.bulk.table import Format, Line, Note, Table
from registry.strict_json import parse

EMPTY = N_("The file is empty. Each line should be a report as a JSON object.")
LONG_LINE = N_("This line has more than %(limit)s bytes.")
NO_OBJECT = N_("Each line should be a JSON object with named fields.")
ACCOUNT = frozenset({*KEYS, REFERENCE})
_BOM = b"\xef\xbb\xbf"


def read(raw: bytes) -> Table:
    """The lines in some bytes; raises ``Malformed`` where none can be read, and ``TooLarge``."""
    lines = tuple(bounded(_lines(raw.removeprefix(_BOM))))
    if not lines:
        raise Malformed(EMPTY)
    if all(line.fault for line in lines) and lines[0].fault is not None:
        raise Malformed(lines[0].fault.message, **lines[0].fault.facts)
    header = _header(lines)
    return Table(
        Format.JSONL,
        header,
        tuple(_under(header, line) for line in lines),
        encoding="utf-8",
    )


def _lines(raw: bytes) -> Iterator[Line]:
    for number, content in enumerate(io.BytesIO(raw), start=1):
        if number > NUMBERS_MAX:
            raise TooLarge(TOO_MANY, limit=ROWS_MAX)
        if content.strip():
            yield _line(number, content)


def _line(number: int, content: bytes) -> Line:
    if len(content) > LINE_MAX:
        return Line(number, fault=Note(LONG_LINE, {"limit": LINE_MAX}))
    try:
        value = parse(content)
    except Malformed as error:
        return Line(number, fault=Note(error.message, error.facts))
    if not isinstance(value, dict):
        return Line(number, fault=Note(NO_OBJECT))
    value.pop(ERRORS, None)  # we added it to a checked copy
    reference = value.pop(REFERENCE, None)
    return Line(number, whole=value, reference="" if reference is None else str(reference))


def _header(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Names of the columns of all lines that are rows rather than accounts."""
    names: dict[str, None] = {}
    rows = [line for line in lines if line.whole is not None and not _is_account(line.whole)]
    for line in rows:
        names |= dict.fromkeys(line.whole or ())
        if len(names) > COLUMNS_MAX:
            break
    referred = (REFERENCE,) if any(line.reference for line in rows) else ()
    return check_header((*referred, *names)) if names else ()


def _under(header: tuple[str, ...], line: Line) -> Line:
    """A row of columns with its cells under the header; accounts and faults as they are."""
    if line.whole is None or _is_account(line.whole):
        return line
    values = {REFERENCE: line.reference} | dict(line.whole)
    return Line(line.number, tuple(guard(_cell(values.get(name))) for name in header))


def _is_account(value: Mapping[str, Any]) -> bool:
    """Whether its names are those of an account, or it holds objects, as only accounts do."""
    return set(value) <= ACCOUNT or any(isinstance(part, dict) for part in value.values())


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return join(str(entry) for entry in value)
    return str(value)
