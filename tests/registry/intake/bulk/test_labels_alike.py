"""With whom a report is shared: a file says it as a report that comes alone does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from registry.account import Account
from registry.account.check import TOO_HIGH
from registry.errors import Invalid
from registry.intake.bulk.report import Fate, Row
from registry.intake.bulk.rows import MARKED, written
from registry.intake.bulk.service import Wish
from registry.intake.labels import HIGHER, Label, checked
from tests.factories import account
from tests.registry.house import House
from tests.registry.intake.bulk.making import TAXONOMY, as_csv, as_jsonl, as_xlsx, told_of

NAMES = (*Label, *sorted(HIGHER))
FORMS = ("{}", "TLP:{}", "TLP: {}", "tlp {}", " {} ")
UNKNOWN = ("PURPLE", "TLP:WHITE", "TLP:", "GREEN; CLEAR", "GREEN or RED", "vert", "أخضر")
WORDS = [form.format(name) for name in NAMES for form in FORMS]
CODES = list(TAXONOMY.facets["tlp"].values)
TABLES: tuple[Callable[[Sequence[Sequence[str]]], bytes], ...] = (as_csv, as_xlsx)


def table(words: Sequence[str], column: str = "tlp") -> list[list[str]]:
    """A whole report in each row, with one of these words in a column."""
    rows = [written(Account.from_json(account(title=f"Row {word}")), TAXONOMY) for word in words]
    return [[*rows[0], column], *([*row.values(), word] for row, word in zip(rows, words, strict=True))]


def alone(word: str) -> str:
    """What becomes of a label that comes with one report: which it is, or that it is none."""
    try:
        return checked(word).value
    except Invalid as refused:
        return "too high" if refused.problems[0].message == TOO_HIGH else "refused"


def in_a_file(house: House, raw: bytes) -> list[str]:
    """The same of the rows of a file, whose good ones are stored."""
    member, bulk = house.people.member, house.side.bulk
    received = bulk.read(member, raw)
    report = bulk.check(member, received, language="en", scanned=0)
    return [became(house, row) for row in bulk.store(member, received, report, Wish(only_good=True)).rows]


def became(house: House, row: Row) -> str:
    if row.kept is None:
        return "too high" if any(one.note.message == TOO_HIGH for one in row.wrong) else "refused"
    return house.side.intake.read(house.people.member, row.kept.id).summary.label.value


@pytest.mark.parametrize("written_as", TABLES)
def test_a_word_means_in_a_cell_what_it_means_alone(
    house: House, written_as: Callable[[Sequence[Sequence[str]]], bytes]
) -> None:
    words = [*WORDS, *UNKNOWN, *CODES, *map(str.upper, CODES)]
    found = in_a_file(house, written_as(table(words)))
    assert dict(zip(words, found, strict=True)) == {word: alone(word) for word in words}


def test_all_that_tlp_names_was_asked() -> None:
    names = {code.removeprefix("tlp/").upper().replace("-", "+") for code in CODES}
    assert names == set(NAMES)
    assert {alone(word) for word in UNKNOWN} == {"refused"}
    assert {alone(word) for word in WORDS} == {"CLEAR", "GREEN", "too high"}


def test_a_line_of_json_is_an_account_that_comes_alone(house: House) -> None:
    raws = {code: labelled(code) for code in (*CODES, "tlp/white", "GREEN", "TLP:GREEN")}
    found = in_a_file(house, as_jsonl(raws.values()))
    assert dict(zip(raws, found, strict=True)) == {code: created(house, raw) for code, raw in raws.items()}
    assert set(found) == {"CLEAR", "GREEN", "too high", "refused"}


def labelled(code: str) -> dict[str, Any]:
    """An account that says its label itself."""
    return account(title=f"Row {code}", classification=account()["classification"] | {"tlp": [code]})


def created(house: House, raw: dict[str, Any]) -> str:
    """What becomes of an account that comes alone."""
    try:
        made = house.side.intake.create(house.people.member, raw, channel="form")
    except Invalid as refused:
        return "too high" if refused.problems[0].message == TOO_HIGH else "refused"
    return made.view.summary.label.value


@pytest.mark.parametrize("beside", [{"tlp": "GREEN"}, {"label": "TLP:GREEN"}, {"TLP": "RED"}])
def test_a_label_in_the_wrong_place_of_a_line_is_no_report_for_everybody(beside: dict[str, str]) -> None:
    assert [row.fate for row in told_of(as_jsonl([account() | beside])).rows] == [Fate.WRONG]


@pytest.mark.parametrize(
    "column", ["TLP label", "Traffic Light Protocol", "Étiquette TLP", "Etiqueta TLP", "علامة TLP"]
)
def test_the_column_is_known_by_the_names_that_people_give_it(house: House, column: str) -> None:
    assert in_a_file(house, as_csv(table(["GREEN"], column))) == ["GREEN"]


def test_a_label_in_a_column_that_is_not_understood_is_not_passed_over() -> None:
    words = [word for word in WORDS if word.lower().startswith("tlp")]
    rows = told_of(as_csv(table(words, "Colour"))).rows
    for word, row in zip(words, rows, strict=True):
        is_for_all = alone(word) == "CLEAR"
        assert row.fate is (Fate.COMPLETE if is_for_all else Fate.WRONG), word
        assert [one.note.message for one in row.wrong] == ([] if is_for_all else [MARKED]), word
