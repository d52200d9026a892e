"""Facets, values and their order; the codes that were ever published."""

from __future__ import annotations

from pathlib import Path

import pytest

from taxonomy import Taxonomy

STATES = [
    "draft",
    "submitted",
    "in-review",
    "changes-requested",
    "accepted",
    "scheduled",
    "published",
    "declined",
    "withdrawn",
    "revised",
    "disputed",
    "retracted",
    "erased",
    "reinstated",
]


def test_no_code_of_an_earlier_version_was_lost(taxonomy: Taxonomy) -> None:
    earlier = (Path(__file__).parent / "codes-0.1.0.txt").read_text(encoding="utf-8").split()
    assert len(earlier) == 363
    assert [code for code in earlier if code not in taxonomy] == []


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_a_submission_or_record_has_a_code(taxonomy: Taxonomy, state: str) -> None:
    assert not taxonomy.value(f"status/{state}").deprecated


@pytest.mark.parametrize(
    "facet", ["sector", "system", "harm", "failure", "cause-entity", "reporter", "containment"]
)
def test_not_known_is_an_answer_of_its_own(taxonomy: Taxonomy, facet: str) -> None:
    assert f"{facet}/unknown" in taxonomy.facets[facet].values


def test_broader_codes_come_nearest_first(taxonomy: Taxonomy) -> None:
    assert taxonomy.ancestors("failure/fabrication") == ("failure/wrong-output",)
    assert taxonomy.ancestors("failure/wrong-output") == ()
    with pytest.raises(KeyError):
        taxonomy.ancestors("failure/nothing")


def test_narrower_codes_are_all_those_below(taxonomy: Taxonomy) -> None:
    assert taxonomy.narrower("affected-group/minority") == (
        "affected-group/ethnic",
        "affected-group/indigenous",
    )
    assert taxonomy.narrower("sector/health") == ()
    with pytest.raises(KeyError):
        taxonomy.narrower("sector/nothing")


def test_parents_come_before_their_children_in_every_facet(taxonomy: Taxonomy) -> None:
    for facet in taxonomy.facets.values():
        seen: set[str] = set()
        for value in facet.values.values():
            assert value.broader is None or value.broader in seen
            seen.add(value.code)


def test_a_form_does_not_offer_deprecated_values(taxonomy: Taxonomy) -> None:
    offered = {value.code for value in taxonomy.choices("status")}
    assert "status/rejected" not in offered
    assert "status/declined" in offered
    assert taxonomy.label("status/rejected") == "Not accepted (out of scope)"


def test_severity_has_a_rank_and_a_test_for_every_level(taxonomy: Taxonomy) -> None:
    values = taxonomy.facets["severity"].values.values()
    assert [value.level for value in values] == [0, 1, 2, 3, 4, 5, None]
    assert all(value.test for value in values)


def test_countries_are_the_iso_list_with_norway_as_text(taxonomy: Taxonomy) -> None:
    assert taxonomy.countries["NO"] == "Norway"
    assert len(taxonomy.countries) == 249
