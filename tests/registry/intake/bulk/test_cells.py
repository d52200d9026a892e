"""One cell: entries and back, formulas made harmless and back, digits and labels."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.formulas import guard, unguard
from registry.intake.bulk.cells import fold, join, plain_digits, split
from registry.intake.bulk.csv_writing import to_csv
from registry.intake.bulk.limits import PIECES_MAX
from tests.registry.intake.bulk.making import LINE

TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
ANY = st.text(st.characters(exclude_categories=("Cs",)))


@given(st.one_of(ANY, st.text("=+-@'\t\r\n a")))
def test_what_is_written_is_read_back_and_never_begins_a_formula(text: str) -> None:
    written = guard(text)
    assert unguard(written) == text
    assert not written or written[0] not in TRIGGERS


@given(st.lists(st.lists(ANY, min_size=1, max_size=4), min_size=1, max_size=4), st.sampled_from(",;\t|"))
def test_no_cell_of_a_written_file_begins_a_formula(rows: list[list[str]], delimiter: str) -> None:
    text = to_csv(rows, delimiter).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    cells = [cell for row in read for cell in row]
    assert all(cell[0] not in TRIGGERS for cell in cells if cell)
    assert [[unguard(cell) for cell in row] for row in read] == rows


@given(st.lists(LINE, max_size=5))
def test_entries_survive_the_way_into_a_cell_and_back(entries: list[str]) -> None:
    assert split(join(entries)) == entries


@pytest.mark.parametrize(
    ("cell", "entries"),
    [
        ("a; b ;c", ["a", "b", "c"]),
        ("a؛ب", ["a", "ب"]),
        ("a；b", ["a", "b"]),
        ("a\nb\r\nc", ["a", "b", "c"]),
        (";; a ;;", ["a"]),
        ('"a; b"; c', ["a; b", "c"]),
        ('"a ""x"" b"', ['a "x" b']),
        ('"not closed; b', ['"not closed', "b"]),
        ('say "a; b"', ['say "a', 'b"']),
        ('["youtube", "tesla"]', ["youtube", "tesla"]),
        ("[1, 2]", ["[1, 2]"]),
        ("[broken", ["[broken"]),
        ("", []),
        (" ", []),
    ],
)
def test_entries_as_people_write_them(cell: str, entries: list[str]) -> None:
    assert split(cell) == entries


def test_a_cell_of_a_million_entries_is_not_taken_apart_to_its_end() -> None:
    assert len(split("a;" * 1_000_000)) == PIECES_MAX + 1


@pytest.mark.parametrize(
    ("text", "plain"), [("٢٠٢٦-٠٣", "2026-03"), ("२०२६", "2026"), ("۱۴", "14"), ("a½", "a½")]
)
def test_digits_of_every_script_are_digits(text: str, plain: str) -> None:
    assert plain_digits(text) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gravité", "GRAVITE"),
        (" what  happened? ", "What happened"),
        ("Étape : x", "etape x"),
        ("مُصحَّح", "مصحح"),
    ],
)
def test_labels_are_compared_without_case_accents_and_signs(one: str, other: str) -> None:
    assert fold(one) == fold(other)
