"""The table that people take, and the copy that they get back."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest

from registry.account.check import REQUIRED_FACETS
from registry.intake.bulk import template as making
from registry.intake.bulk.columns import offered
from registry.intake.bulk.copying import copy
from registry.intake.bulk.headers import meaning
from registry.intake.bulk.names import LANGUAGES
from registry.intake.bulk.report import Fate
from registry.intake.bulk.table import Format
from registry.intake.bulk.template import template
from tests.factories import account
from tests.registry.intake.bulk.making import TAXONOMY, as_csv, as_jsonl, as_xlsx, read, told_of

NAMES = [column.name for column in offered(TAXONOMY)]
FORMULA = '=HYPERLINK("http://evil.example","x")'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [Format.CSV, Format.XLSX])
def test_an_empty_table_has_every_column_in_the_readers_words(form: Format, language: str) -> None:
    table = read(template(TAXONOMY, form, language))
    assert [meaning(name, TAXONOMY).column for name in table.header] == NAMES
    assert table.lines == table.notes == ()
    assert template(TAXONOMY, form, language) == making.template.__wrapped__(TAXONOMY, form, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_second_sheet_explains_every_column_and_code(language: str) -> None:
    text = _part(template(TAXONOMY, Format.XLSX, language), "xl/sharedStrings.xml")
    strings = set(re.findall(r"<t[^>]*>([^<]*)</t>", text))
    assert set(NAMES) <= strings
    for facet in (*TAXONOMY.facets,):
        for value in TAXONOMY.choices(facet) if facet in NAMES or facet == "audience" else ():
            assert value.code in strings
            assert _escaped(TAXONOMY.label(value.code, language)) in strings


def test_its_lists_offer_answers_that_are_understood() -> None:
    book = template(TAXONOMY, Format.XLSX, "fr")
    sheet = _part(book, "xl/worksheets/sheet1.xml")
    lists = re.findall(r'<dataValidation type="list"[^>]*>', sheet)
    assert len(lists) >= 30
    # Lists refuse other words only where one answer is all that may stand there.
    refusing = [one for one in lists if 'showErrorMessage="1"' in one]
    one_answer = [f for f in TAXONOMY.facets.values() if f.cardinality == "one" and f.id in NAMES]
    assert len(refusing) == len(one_answer)
    assert all(name in NAMES for name in REQUIRED_FACETS)


def test_cells_to_fill_are_texts_so_that_a_month_stays_a_month() -> None:
    assert 'numFmtId="49"' in _part(template(TAXONOMY, Format.XLSX, "en"), "xl/styles.xml")


def test_the_example_holds_a_report_to_send_and_one_to_complete() -> None:
    report = told_of(template(TAXONOMY, Format.JSONL, "en"))
    assert [row.fate for row in report.rows] == [Fate.COMPLETE, Fate.INCOMPLETE]


def test_a_checked_copy_is_the_file_with_a_column_more_that_is_read_past() -> None:
    rows = [["Title", "Text", "foo"], [FORMULA, "'=x", "-1"], ["b", "c", ""]]
    raw = as_csv(rows, "cp1252", ";")
    report = told_of(raw)
    content = copy(report, raw, "Errors", {2: FORMULA, 3: ""})
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert written[0] == ["Errors [errors]", *rows[0]]
    assert written[1] == ["'" + FORMULA, "'" + FORMULA, "'=x", "'-1"]
    again = told_of(content)
    assert [row.account for row in again.rows] == [row.account for row in report.rows]
    assert copy(again, content, "Errors", {2: FORMULA, 3: ""}) == content


def test_a_checked_copy_of_a_spreadsheet_holds_no_formula() -> None:
    raw = as_xlsx([["Title", "Text"], [FORMULA, "+1"]])
    report = told_of(raw)
    content = copy(report, raw, "Errors", {2: "@sentence"})
    assert "<f>" not in _part(content, "xl/worksheets/sheet1.xml")
    assert read(content).lines[0].cells == ("'@sentence", "'" + FORMULA, "'+1")
    assert [row.account for row in told_of(content).rows] == [row.account for row in report.rows]


def test_a_checked_copy_of_lines_keeps_what_could_not_be_read() -> None:
    raw = (
        as_jsonl([{"reference": "1", **account()}])
        + b"{broken\n"
        + as_jsonl([{"Title": "=x", "Colour": "red"}])
    )
    report = told_of(raw)
    lines = [json.loads(line) for line in copy(report, raw, "Errors", {2: "No JSON."}).splitlines()]
    assert lines == [
        {"reference": "1", **account()},
        {"errors": "No JSON.", "as-sent": "{broken"},
        {"Title": "=x", "Colour": "red"},
    ]


def _part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return packed.read(name).decode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
