"""Spreadsheets of several programs, and files that try to harm who reads them."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from registry.errors import Malformed, TooLarge
from registry.intake.bulk.limits import ROWS_MAX, UNPACKED_MAX
from registry.intake.bulk.packing import repacked
from registry.intake.bulk.report import Fate
from tests.registry.intake.bulk.making import as_xlsx, as_zip, read, refusal, told_of

OPENPYXL = Path(__file__).with_name("files") / "openpyxl.xlsx"
"""Written by openpyxl 3.1.5: three rows, a sheet of notes and a hidden one."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
PARTS: dict[str, bytes | str] = {
    "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{TYPES}"/>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
    '<sheet name="Feuille 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
"""A workbook as small programs write it: no styles, no shared strings."""


def cell(text: str, place: str = "") -> str:
    """A cell whose text stands in it."""
    return f'<c{place and f" r={chr(34)}{place}{chr(34)}"} t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str, before: str = "") -> dict[str, bytes | str]:
    """A workbook with one sheet of these rows."""
    data = "".join(f"<row>{row}</row>" for row in rows)
    return PARTS | {
        "xl/worksheets/sheet1.xml": f'{before}<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData>'
        "</worksheet>"
    }


def test_cells_of_every_kind_become_texts() -> None:
    rows = [["Title", "Text", "When it began", "Detected", "foo"], ["a", 12.5, date(2026, 3, 15), 48, True]]
    table = read(as_xlsx(rows))
    assert (table.sheet, table.header) == ("Reports", tuple(rows[0]))
    assert table.lines[0].cells == ("a", "12.5", "2026-03-15", "48", "TRUE")


def test_a_formula_is_read_as_what_it_last_had_and_never_evaluated() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Title", "Text"])
        page.write_formula(1, 0, '=CONCAT("a","b")', None, "ab")
        page.write_formula(1, 1, "=1+1", None, 5)
        page.write_string(2, 0, "=1+1")
    assert [line.cells for line in read(out.getvalue()).lines] == [("ab", "5"), ("=1+1",)]


@pytest.mark.parametrize("left", ["<f>1+1</f>", "<f>1+1</f><v></v>", '<f t="shared" si="0"/><v/>'])
def test_a_formula_without_a_value_is_told_with_its_cell(left: str) -> None:
    header = cell("Title") + cell("Text")
    raw = as_zip(sheet(header, cell("a") + f"<c>{left}</c>", f"<c>{left}</c>", cell("b") + cell("c")))
    broken, alone, whole = read(raw).lines
    assert [str(line.fault).partition(":")[0] for line in (broken, alone)] == ["B2", "A3"]
    assert "a formula without a value" in str(broken.fault)
    assert (whole.number, whole.cells, whole.fault) == (4, ("b", "c"), None)
    report = told_of(raw)
    assert [row.fate for row in report.rows] == [Fate.WRONG, Fate.WRONG, Fate.INCOMPLETE]


def test_a_formula_whose_value_is_an_empty_text_is_empty() -> None:
    row = cell("a") + '<c t="str"><f>""</f><v></v></c>'
    (line,) = read(as_zip(sheet(cell("Title") + cell("Text"), row))).lines
    assert (line.cells, line.fault) == (("a",), None)


def test_a_header_that_is_a_formula_without_a_value_is_refused_with_its_cell() -> None:
    raw = as_zip(sheet(cell("Title") + '<c r="B1"><f>A1</f></c>', cell("a") + cell("b")))
    with pytest.raises(Malformed, match="formula without a value") as refused:
        read(raw)
    assert refused.value.facts == {"cell": "B1"}


def test_cells_that_show_an_error_are_told_to_be_empty() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Title", "Text"])
        page.write_row(1, 0, ["a"])
        page.write_formula(1, 1, "=NA()", None, "#N/A")
    table = read(out.getvalue())
    assert table.lines[0].cells == ("a",)
    assert ["#N/A" in str(note) for note in table.notes] == [True]


def test_a_spreadsheet_of_another_program() -> None:
    report = told_of(OPENPYXL.read_bytes(), "ar")
    first, second, third = report.rows
    assert [str(note) for note in report.table.notes] == ["Only the sheet “Incidents” was read."]
    assert first.account is not None
    assert first.account.entities.deployers == ("Aid office", "District")
    assert (first.account.countries, first.account.links) == (("KE",), ("https://example.org/a",))
    assert first.account.happened is not None
    assert first.account.happened.start == "2026-02-01"
    assert second.account is not None
    assert (second.account.title, second.account.countries) == ("مساعد طبي أخطأ", ("JO",))
    assert third.account is not None
    assert (third.account.title, third.account.text) == ("=1+1", "-2")
    assert third.account.happened is not None
    assert third.account.happened.start == "2025-06-01"


def test_a_spreadsheet_without_places_styles_and_shared_strings() -> None:
    table = read(as_zip(sheet(cell("Titre") + cell("Récit"), cell("à &lt;b&gt;") + cell("c"))))
    assert (table.sheet, table.header) == ("Feuille 1", ("Titre", "Récit"))
    assert table.lines[0].cells == ("à <b>", "c")


def test_the_sheet_whose_columns_are_known_is_read() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Cover").write(0, 0, "Our incidents of 2026")
        data = book.add_worksheet("Data")
        data.write_row(2, 1, ["Title", "Text"])
        data.write_row(4, 1, ["a", "b"])
        book.add_worksheet("Empty")
    table = read(out.getvalue())
    assert (table.sheet, table.lines[0].number) == ("Data", 5)
    assert table.lines[0].cells == ("a", "b")


HOSTILE = {
    "200 MB of zeros": lambda: as_zip(PARTS | {"xl/worksheets/sheet1.xml": b"0" * 200_000_000}),
    "many parts": lambda: as_zip(PARTS | {f"xl/media/{n}": b"" for n in range(500)}),
    "two cells at opposite ends": lambda: as_zip(sheet(cell("Title", "A1"), cell("x", "XFD1048576"))),
    "one text of 1 MB in 2,000 cells": lambda: as_zip(_shared("x" * 1_000_000, 2_000)),
}


@pytest.mark.alone
@pytest.mark.parametrize("name", HOSTILE)
def test_a_bomb_is_refused_quickly(name: str) -> None:
    raw = HOSTILE[name]()
    started = time.perf_counter()
    found = refusal(raw)
    assert isinstance(found, TooLarge)
    assert time.perf_counter() - started < 10


@pytest.mark.alone
def test_what_the_directory_declares_is_refused_before_anything_is_unpacked() -> None:
    raw = HOSTILE["200 MB of zeros"]()
    assert len(raw) < 500_000
    started = time.perf_counter()
    with pytest.raises(TooLarge, match=str(UNPACKED_MAX)):
        repacked(raw)
    assert time.perf_counter() - started < 0.1


def _lying() -> bytes:
    """A file that declares 100 bytes and holds two million."""
    raw = bytearray(as_zip(sheet(cell("Title")) | {"xl/sharedStrings.xml": b"<" * 2_000_000}))
    real = (2_000_000).to_bytes(4, "little")
    return bytes(raw.replace(real, (100).to_bytes(4, "little")))


def _shared(text: str, cells: int) -> dict[str, bytes | str]:
    rows = ["".join('<c t="s"><v>0</v></c>' for _ in range(100))] * (cells // 100)
    relation = f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    relation += "</Relationships>"
    rels = str(PARTS["xl/_rels/workbook.xml.rels"]).replace("</Relationships>", relation)
    strings = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    return sheet(*rows) | {"xl/_rels/workbook.xml.rels": rels, "xl/sharedStrings.xml": strings}


def _twice() -> bytes:
    out = io.BytesIO(as_zip(sheet(cell("Title"))))
    with zipfile.ZipFile(out, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("xl/workbook.xml", "<workbook/>")
    return out.getvalue()


DAMAGED = {
    "cut off": lambda: as_xlsx([["Title"], ["a"]])[:-200],
    "cut at its beginning": lambda: b"PK\x03\x04" + as_xlsx([["Title"], ["a"]])[500:],
    "no ZIP at all": lambda: b"PK\x03\x04" + bytes(range(256)) * 20,
    "a size that is not true": _lying,
    "a part twice": _twice,
    "another kind of file": lambda: as_zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "a document type": lambda: as_zip(sheet(cell("Title"), before='<!DOCTYPE x [<!ENTITY a "b">]>')),
    "XML in UTF-16": lambda: as_zip(
        sheet(cell("Title")) | {"xl/workbook.xml": str(PARTS["xl/workbook.xml"]).encode("utf-16")}
    ),
    "broken XML": lambda: as_zip(PARTS | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c>"}),
    "no cells": lambda: as_xlsx([]),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_no_whole_spreadsheet_is_refused_in_words(name: str) -> None:
    found = refusal(DAMAGED[name]())
    assert isinstance(found, Malformed)
    assert found.text.endswith(".")


def test_no_macro_picture_or_link_reaches_the_reader() -> None:
    extra = {
        "xl/vbaProject.bin": b"x",
        "xl/externalLinks/link1.xml": "<x/>",
        "xl/media/a.png": b"x",
        "../evil": b"",
    }
    with zipfile.ZipFile(io.BytesIO(repacked(as_zip(sheet(cell("Title")) | extra)))) as packed:
        assert set(packed.namelist()) == {*PARTS, "xl/worksheets/sheet1.xml"}
        assert {part.compress_type for part in packed.infolist()} == {zipfile.ZIP_STORED}


def test_too_many_rows_are_refused_and_the_most_are_read() -> None:
    rows = [["Title"], *([["a"]] * ROWS_MAX)]
    assert len(read(as_xlsx(rows)).lines) == ROWS_MAX
    assert isinstance(refusal(as_xlsx([*rows, ["a"]])), TooLarge)
