"""Lines of JSON: accounts, rows of columns, and lines that cannot be read."""

from __future__ import annotations

import json

import pytest

from registry.errors import Malformed
from registry.intake.bulk.limits import LINE_MAX, ROWS_MAX
from registry.intake.bulk.report import Fate
from tests.factories import account
from tests.registry.intake.bulk.making import as_jsonl, refusal, told_of

UNREADABLE = {
    "not JSON": (b'{"title": }', "not JSON"),
    "a list": (b"{}\n[1]", "one JSON list|named fields|holds nothing"),
    "a number that is none": (b'{"title": NaN}', "NaN"),
    "an integer of 5,000 digits": (b'{"title": ' + b"9" * 5000 + b"}", "too many digits"),
    "a field given twice": (b'{"title": "a", "title": "b"}', "given twice"),
    "half of a surrogate pair": (b'{"title": "\\ud800"}', "surrogate"),
    "bytes that are not UTF-8": (b'{"title": "\xff"}', "not UTF-8"),
    "33 levels": (b'{"a":' * 33 + b"1" + b"}" * 33, "nested too deep"),
    "10,000 levels": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, "nested too deep"),
    "too many values": (b'{"a": [' + b"1," * 90_000 + b"1]}", "too many values"),
    "a line too long": (b'{"a": "' + b"x" * LINE_MAX + b'"}', f"more than {LINE_MAX} bytes"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_line_that_cannot_be_read_is_a_fault_of_that_line(name: str) -> None:
    line, says = UNREADABLE[name]
    line = line.rpartition(b"\n")[2]
    good = json.dumps(account()).encode()
    report = told_of(good + b"\n\n" + line + b"\n")
    assert [(row.number, row.fate) for row in report.rows] == [(1, Fate.COMPLETE), (3, Fate.WRONG)]
    said = str(report.rows[1].wrong[0].note)
    assert any(part in said for part in says.split("|")), said


@pytest.mark.parametrize("name", [name for name in UNREADABLE if name != "a list"])
def test_a_file_of_which_no_line_can_be_read_is_refused(name: str) -> None:
    line, says = UNREADABLE[name]
    found = refusal(line + b"\n" + line)
    assert isinstance(found, Malformed)
    assert says in found.text


def test_accounts_and_rows_of_columns_may_stand_in_one_file() -> None:
    report = told_of(
        as_jsonl(
            [
                {"reference": 17, **account()},
                {
                    "incident_id": "18",
                    "title": "A",
                    "description": "B",
                    "date": "2015-05-19",
                    "editors": ["x"],
                },
            ]
        )
    )
    first, second = report.rows
    assert (first.reference, second.reference) == ("17", "18")
    assert second.account is not None
    assert second.account.happened is not None
    assert (second.account.text, second.account.happened.start) == ("B", "2015-05-19")
    assert [name for name, m in zip(report.table.header, report.meanings, strict=True) if m.why] == [
        "editors"
    ]


def test_a_misspelt_field_of_an_account_is_a_fault_and_no_column() -> None:
    report = told_of(as_jsonl([account() | {"clasification": {}}, account()]))
    assert [told.pointer for told in report.rows[0].wrong] == ["/clasification"]
    assert report.rows[1].fate is Fate.COMPLETE


def test_lists_of_texts_are_entries() -> None:
    names = ["A; B", "C"]
    report = told_of(as_jsonl([{"title": "x", "Alleged developer of AI system": names, "quiet": True}]))
    assert report.rows[0].account is not None
    assert report.rows[0].account.entities.developers == tuple(names)


def test_too_many_lines_are_refused() -> None:
    assert f"more than {ROWS_MAX} rows" in refusal(b'{"title": "a"}\n' * (ROWS_MAX + 1)).text
    assert f"more than {ROWS_MAX} rows" in refusal(b'{"title": "a"}\n' + b"\n" * 1_000_000).text
