"""The file as it came, with a column that says of each row what needs attention.

What was read is written: dates in ISO form, formulas as what they had computed, cells without looks.
A cell that a spreadsheet would evaluate is written so that it is not, and read back as it was.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping

from registry.formulas import guard, unguard
from registry.intake.bulk import workbooks
from registry.intake.bulk.columns import ERRORS, REFERENCE
from registry.intake.bulk.csv_writing import TEXT, to_csv
from registry.intake.bulk.headers import Use
from registry.intake.bulk.report import Report
from registry.intake.bulk.table import Format, Line

TEXT_MAX = 32_000
"""Characters that a cell of a spreadsheet can hold, nearly."""
AS_SENT = "as-sent"
"""Where a line that is no JSON is kept."""


def copy(report: Report, raw: bytes, title: str, told: Mapping[int, str]) -> bytes:
    """A copy in the format of the original; ``told`` maps numbers of rows to sentences."""
    if report.table.format is Format.JSONL:
        return _lines(report, raw, told)
    rows = _rows(report, f"{title} [{ERRORS}]", told)
    if report.table.format is Format.XLSX:
        return _spreadsheet(rows)
    return to_csv(rows, report.table.delimiter)


def _rows(report: Report, title: str, told: Mapping[int, str]) -> Iterator[list[str]]:
    kept = [place for place, meaning in enumerate(report.meanings) if meaning.use is not Use.OURS]
    yield [title, *(report.table.header[place] for place in kept)]
    for line in report.table.lines:
        cells = [unguard(line.cells[place]) if place < len(line.cells) else "" for place in kept]
        beyond = [unguard(cell) for cell in line.cells[len(report.table.header) :]]
        yield [told.get(line.number, ""), *cells, *beyond]


def _spreadsheet(rows: Iterable[list[str]]) -> bytes:
    out = io.BytesIO()
    with workbooks.started(out) as book:
        sheet, plain = book.add_worksheet(), book.add_format({"num_format": TEXT, "valign": "top"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 60, plain)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, place, guard(cell)[:TEXT_MAX], plain)
    return out.getvalue()


def _lines(report: Report, raw: bytes, told: Mapping[int, str]) -> bytes:
    sent = raw.split(b"\n")
    return "".join(
        json.dumps(_object(report, line, sent, told), ensure_ascii=False) + "\n"
        for line in report.table.lines
    ).encode("utf-8")


def _object(report: Report, line: Line, sent: list[bytes], told: Mapping[int, str]) -> dict[str, object]:
    wrong: dict[str, object] = {ERRORS: told[line.number]} if told.get(line.number) else {}
    if line.fault is not None:
        return wrong | {AS_SENT: sent[line.number - 1].decode("utf-8", "replace")}
    if line.whole is not None:
        reference = {REFERENCE: line.reference} if line.reference else {}
        return wrong | reference | dict(line.whole)
    cells = zip(report.table.header, line.cells, strict=False)
    return wrong | {name: unguard(cell) for name, cell in cells if cell}
