"""Account → row → file → row → account: the same account, for every account and every kind of file."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.account import Account
from registry.formulas import guard
from registry.intake.bulk.checking import Terms, checked
from registry.intake.bulk.columns import columns
from registry.intake.bulk.csv_writing import to_csv
from registry.intake.bulk.rows import written
from registry.intake.bulk.template import headed
from tests.registry.intake.bulk.making import TAXONOMY, TODAY, accounts, as_jsonl, as_xlsx, read

NAMES = [column.name for column in columns(TAXONOMY)]
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def table(found: list[Account], language: str = "en") -> list[list[str]]:
    """The accounts under the header of the template, each with a reference of its own."""
    rows = [written(account, TAXONOMY, f"row {number}") for number, account in enumerate(found)]
    header = [headed(name, TAXONOMY, language) for name in NAMES]
    return [header, *([row.get(name, "") for name in NAMES] for row in rows)]


def accounts_in(raw: bytes) -> list[Account]:
    """The accounts that a file holds, which has nothing wrong with it."""
    report = checked(read(raw), TAXONOMY, Terms("xx", TODAY, 0))
    assert [row.wrong for row in report.rows] == [()] * len(report.rows)
    assert [row.reference for row in report.rows] == [f"row {n}" for n in range(len(report.rows))]
    return [row.account for row in report.rows if row.account is not None]


@FEW
@given(
    st.lists(accounts(), min_size=1, max_size=3),
    st.sampled_from(",;\t|"),
    st.sampled_from(["en", "fr", "es", "ar"]),
)
def test_through_csv(found: list[Account], delimiter: str, language: str) -> None:
    assert accounts_in(to_csv(table(found, language), delimiter)) == found


@settings(FEW, max_examples=4)
@given(st.lists(accounts(), min_size=10, max_size=20))
def test_through_a_spreadsheet(found: list[Account]) -> None:
    rows = [[guard(cell) for cell in row] for row in table(found)]
    assert accounts_in(as_xlsx(rows)) == found


@settings(FEW, max_examples=4)
@given(st.lists(accounts(), min_size=10, max_size=20))
def test_through_a_spreadsheet_typed_by_hand(found: list[Account]) -> None:
    """Texts that begin like a formula stand in cells as they are; what only looks guarded is told apart."""
    rows = [[cell if not cell.startswith("'") else guard(cell) for cell in row] for row in table(found)]
    assert accounts_in(as_xlsx(rows)) == found


@FEW
@given(st.lists(accounts(), min_size=1, max_size=3))
def test_through_lines_of_json(found: list[Account]) -> None:
    as_accounts = [{"reference": f"row {n}", **one.to_json()} for n, one in enumerate(found)]
    assert accounts_in(as_jsonl(as_accounts)) == found
    header, *rows = table(found)
    as_columns = [dict(zip(header, row, strict=True)) for row in rows]
    assert accounts_in(as_jsonl(as_columns)) == found
