"""The CSV and SSSOM tables."""

from __future__ import annotations

import csv
import io

import pytest

from taxonomy import Taxonomy
from taxonomy.table import harmless, to_csv, to_sssom


def test_the_csv_has_one_line_per_code_and_round_trips(taxonomy: Taxonomy) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(taxonomy), newline="")))
    values = [value for facet in taxonomy.facets.values() for value in facet.values.values()]
    assert [row["code"] for row in rows] == [value.code for value in values]
    assert [row["definition"] for row in rows] == [value.definition for value in values]
    death = next(row for row in rows if row["code"] == "harm/death")
    assert (death["broader"], death["label_fr"], death["label_ar"]) == ("harm/physical", "Décès", "وفاة")


@pytest.mark.parametrize(
    "make", [to_csv, lambda t: to_sssom(t).partition("subject_id")[2].replace("\t", ",")]
)
def test_no_cell_can_be_read_as_a_formula(taxonomy: Taxonomy, make: object) -> None:
    assert callable(make)
    for row in csv.reader(io.StringIO(make(taxonomy), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_formula_is_made_harmless(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless(f"a{cell}") == f"a{cell}"


def test_sssom_has_every_mapping_with_its_justification(taxonomy: Taxonomy) -> None:
    lines = to_sssom(taxonomy).splitlines()
    comments = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(lines[len(comments) :], delimiter="\t"))
    assert "# mapping_set_version: 0.2.0" in comments
    assert len(rows) == len(taxonomy.crosswalk.mappings)
    assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)
    prefixes = {line.removeprefix("#   ").partition(":")[0] for line in comments}
    assert {row["object_id"].partition(":")[0] for row in rows} <= prefixes
