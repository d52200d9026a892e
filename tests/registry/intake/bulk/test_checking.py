"""Checking a whole file: each fault with its row, its column and a sentence."""

from __future__ import annotations

import pytest

from registry.account import Account
from registry.intake.bulk.limits import CELL_MAX, REFERENCE_MAX, TOLD_MAX
from registry.intake.bulk.report import Fate, Report, Row
from registry.privacy import Kind
from tests.factories import account
from tests.registry.intake.bulk.making import as_csv, as_jsonl, told_of

HEADER = [
    "Id",
    "Titre",
    "Ce qui s’est passé",
    "Début",
    "Pays",
    "kind",
    "failure",
    "harm",
    "severity",
    "sector",
    "system",
]
WHOLE = ["1", "Une dose double", "Un agent a doublé la dose.", "2026-03", "Kenya"]
WHOLE += ["incident", "bias; fabrication", "injury", "serious", "health", "chatbot"]


def report(*rows: list[str], header: list[str] = HEADER) -> Report:
    return told_of(as_csv([header, *rows]), "fr")


def changed(**cells: str) -> list[str]:
    """The good row with other cells, by the name of their column."""
    row = list(WHOLE)
    for name, cell in cells.items():
        row[
            HEADER.index(
                {"title": "Titre", "text": HEADER[2], "date": "Début", "country": "Pays"}.get(name, name)
            )
        ] = cell
    return row


def faults(row: Row) -> list[tuple[str, str, str]]:
    """Column of the file, our column, beginning of the sentence."""
    return [(told.header, told.column, str(told.note)[:40]) for told in row.wrong]


def good(found: Report, number: int = 0) -> Account:
    made = found.rows[number].account
    assert made is not None
    return made


def test_a_good_row_is_complete() -> None:
    found = report(WHOLE)
    assert found.rows[0].fate is Fate.COMPLETE
    assert good(found).language == "fr"
    assert good(found).classification["failure"] == ("failure/bias", "failure/fabrication")
    assert ["taken to be in “fr”" in str(note) for note in found.notes] == [True]


def test_each_fault_is_told_by_row_and_column() -> None:
    found = report(
        changed(date="2027", country="Atlantis", harm="Ouch"),
        ["2", "x" * 201, "a\x00b", "31/02/2026"],
        WHOLE,
    )
    first, second, third = found.rows
    assert [row.number for row in found.rows] == [2, 3, 4]
    assert faults(first) == [
        ("harm", "harm", "“Ouch” is no answer to this question. Us"),
        ("Début", "happened_from", "This is in the future."),
        ("Pays", "countries", "Atlantis is no country that we know. Cho"),
    ]
    assert [column for column, _, _ in faults(second)] == ["Titre", HEADER[2], "Début"]
    assert third.fate is Fate.COMPLETE
    assert (first.fate, second.fate) == (Fate.WRONG, Fate.WRONG)


@pytest.mark.parametrize("date", ["1447", "9/3/1447", "03/04/1447", "1447-02-30", "٩ رمضان ١٤٤٧", "5787"])
def test_a_date_of_another_calendar_is_told_as_one(date: str) -> None:
    (row,) = report(changed(date=date)).rows
    assert [(told.header, told.column) for told in row.wrong] == [("Début", "happened_from")]
    assert "looks like a year of another calendar" in str(row.wrong[0].note)


def test_a_link_with_a_password_is_told_without_repeating_it() -> None:
    (row,) = report([*WHOLE, "https://me:secret@host.example/x"], header=[*HEADER, "links"]).rows
    assert [(told.header, told.column) for told in row.wrong] == [("links", "links")]
    assert "before the @" in str(row.wrong[0].note)
    assert "secret" not in str(row.wrong[0].note)


def test_what_is_missing_is_told_with_our_name_where_the_file_has_no_such_column() -> None:
    found = told_of(b"Title,Kind\nA draft,incident\n")
    row = found.rows[0]
    assert row.fate is Fate.INCOMPLETE
    assert [(told.header, told.column) for told in row.missing] == [
        ("", "text"),
        ("", "happened_from"),
        *(("", facet) for facet in ("failure", "harm", "severity", "sector", "system")),
    ]


def test_a_cell_that_could_not_be_read_is_not_also_told_to_be_missing() -> None:
    row = report(changed(kind="whatever")).rows[0]
    assert [told.column for told in row.wrong] == ["kind"]
    assert row.missing == ()


def test_answers_of_the_oecd_become_ours_where_the_crosswalk_says_how() -> None:
    header = ["C01", "C02", "Severity", "C11", "Industries", "C26", "C27", "C28", "C18", "C04"]
    cells = [
        "t",
        "Story.",
        "Serious incident",
        "Physical; Reputational",
        "Education",
        "Maximum",
        "Ceasing; waited",
    ]
    found = report([*cells, "Ask it twice", "Sales", "A. Name"], header=header)
    made = good(found)
    assert made.classification == {
        "kind": ("kind/incident",),
        "harm": ("harm/physical", "harm/reputation"),
        "sector": ("sector/education",),
        "containment": ("containment/shutdown",),
    }
    assert made.text == "Story.\n\nC28: Ask it twice\n\nC18: Sales"
    told = {note.header: str(note.note) for note in found.rows[0].notes}
    assert told["Severity"] == "Read as kind/incident."
    assert told["C26"] == "“Maximum” is no answer here; it is left out."
    assert "“waited”" in told["C27"]
    assert "severity" in {missing.column for missing in found.rows[0].missing}


def test_answers_in_our_own_columns_come_before_those_of_others() -> None:
    header = ["title", "C10", "kind", "C11", "harm"]
    found = report(["t", "Incident", "near-miss", "Physical", "harm/death"], header=header)
    assert good(found).classification == {
        "kind": ("kind/near-miss",),
        "harm": ("harm/death", "harm/physical"),
    }


def test_a_row_that_says_the_same_as_another_is_a_fault_unless_references_tell_them_apart() -> None:
    nameless, other = ["", *WHOLE[1:]], ["7", *WHOLE[1:]]
    found = report(nameless, WHOLE, nameless, other, ["7", *changed(title="Other")[1:]])
    assert [row.fate for row in found.rows] == [
        Fate.COMPLETE,
        Fate.COMPLETE,
        Fate.WRONG,
        Fate.COMPLETE,
        Fate.WRONG,
    ]
    assert str(found.rows[2].wrong[0].note).startswith("This row says the same as row 2.")
    assert str(found.rows[4].wrong[0].note) == "Row 5 has the same reference."


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ([*WHOLE, "more"], "more cells"),
        (changed(text="x" * (CELL_MAX + 1)), f"has {CELL_MAX + 1} characters"),
        (["9" * (REFERENCE_MAX + 1), *WHOLE[1:]], f"at most {REFERENCE_MAX} characters"),
        (["only a reference"], "holds nothing"),
        (changed(text="x" * 20_001), "20001 characters, and the limit is 20000"),
    ],
)
def test_rows_beyond_bounds_are_faults_of_their_own(row: list[str], says: str) -> None:
    found = report(row, ["ok", *WHOLE[1:]])
    assert [one.fate for one in found.rows] == [Fate.WRONG, Fate.COMPLETE]
    assert says in str(found.rows[0].wrong[0].note)


def test_no_more_faults_of_a_row_are_listed_than_anybody_reads() -> None:
    names = ";".join(f"name {number} " + "x" * 130 for number in range(25))
    row = told_of(
        as_csv([["title", "developers", "deployers", "harmed", "systems"], ["t", *[names] * 4]])
    ).rows[0]
    assert len(row.wrong) == TOLD_MAX


def test_personal_details_are_told_by_row_kind_and_column_and_never_by_their_words() -> None:
    text = "Call +254 712 345678 or write to amina@example.org about the dose."
    found = told_of(as_jsonl([account(text=text), account(title="t2")]), scanned=None)
    row = found.rows[0]
    assert {(one.kind, one.certain, one.column) for one in row.personal} >= {
        (Kind.PHONE, True, "text"),
        (Kind.EMAIL, True, "text"),
    }
    assert (found.personal[Kind.PHONE], found.personal[Kind.EMAIL]) == (1, 1)
    assert "amina" not in repr(row.personal)


def test_in_a_long_file_it_is_told_how_many_rows_were_not_looked_through() -> None:
    rows = [account(title=str(number), text=f"{number} " + "a" * 1_000) for number in range(5)]
    found = told_of(as_jsonl(rows), scanned=3_500)
    assert found.unscanned == 2
    assert told_of(as_jsonl(rows), scanned=None).unscanned == 0
