"""What a column means by its name: ours in four languages, the OECD's 29 criteria, AIID's columns."""

from __future__ import annotations

import pytest

from registry.errors import Invalid
from registry.intake.bulk import foreign, headers, names
from registry.intake.bulk.cells import fold
from registry.intake.bulk.columns import by_name, columns, of_pointer, offered
from registry.intake.bulk.headers import Use, meaning, meanings
from tests.registry.intake.bulk.making import TAXONOMY

COLUMNS = columns(TAXONOMY)
OECD = {
    "C01": "title",
    "C02": "text",
    "C03": ("failure", "ai-role"),
    "C04": Use.NOWHERE,
    "C05": "happened_from",
    "C06": "countries",
    "C07": "links",
    "C08": "systems",
    "C09": Use.NOWHERE,
    "C10": ("kind", "severity", "legal"),
    "C11": ("harm",),
    "C12": ("reach", "reversibility"),
    "C13": ("cause-intent",),
    "C14": ("affected-role", "affected-group"),
    "C15": ("harm", "legal"),
    "C16": Use.NOWHERE,
    "C17": ("sector",),
    "C18": Use.STORY,
    "C19": ("harm",),
    "C20": ("scale",),
    "C21": Use.STORY,
    "C22": Use.STORY,
    "C23": Use.NOWHERE,
    "C24": Use.STORY,
    "C25": ("system",),
    "C26": ("autonomy",),
    "C27": ("containment", "remediation"),
    "C28": Use.STORY,
    "C29": Use.STORY,
}
"""Criterion → our field, our questions in order, or what else becomes of it."""
AIID = ["incident_id", "date", "reports", "Alleged deployer of AI system", "Alleged developer of AI system"]
AIID += ["Alleged harmed or nearly harmed parties", "description", "title"]


def test_every_field_of_an_account_has_one_column() -> None:
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)
    assert len({column.pointer for column in COLUMNS}) == len(COLUMNS)
    assert {column.facet for column in COLUMNS if column.facet} == set(TAXONOMY.facets) - {"audience"}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_a_column_is_known_by_its_own_name_and_its_title_in_four_languages(column: headers.Meaning) -> None:
    assert meaning(column.name, TAXONOMY).column == column.name
    assert meaning(f"Reworded since [{column.name}]", TAXONOMY).column == column.name
    for language in names.LANGUAGES:
        shown = headers.shown(column.name, TAXONOMY, language)
        assert meaning(shown, TAXONOMY).column == column.name
        assert meaning(f"  {shown.upper()}: ", TAXONOMY).column == column.name


def test_a_question_is_known_too_as_forms_of_others_head_their_columns() -> None:
    for column in COLUMNS:
        for language in names.LANGUAGES if column.facet else ():
            assert meaning(TAXONOMY.ask(column.facet, language), TAXONOMY).column == column.name


def test_no_name_of_ours_means_two_columns() -> None:
    meant: dict[str, str] = {}
    for name, found in headers._ours(TAXONOMY):
        assert meant.setdefault(fold(name), found.column) == found.column, name


def test_all_29_criteria_are_known_and_have_their_place() -> None:
    labels = {c: label for c, label in TAXONOMY.lists[foreign.CRITERIA].labels.items() if c[0] == "C"}
    assert set(labels) == set(OECD)
    assert len(OECD) == 29
    for code, place in OECD.items():
        found = meaning(code, TAXONOMY)
        told = found.column or found.facets or found.use
        assert told == place, code
        assert meaning(f"{int(code[1:])}. {labels[code]}", TAXONOMY) == found
        assert meaning(labels[code], TAXONOMY).use is not Use.UNKNOWN
        assert found.why or found.use is not Use.NOWHERE


def test_columns_of_the_ai_incident_database_are_known() -> None:
    found = dict(zip(AIID, meanings(AIID, TAXONOMY), strict=True))
    assert {name: meant.column for name, meant in found.items()} == {
        "incident_id": "reference",
        "date": "happened_from",
        "reports": "",
        "Alleged deployer of AI system": "deployers",
        "Alleged developer of AI system": "developers",
        "Alleged harmed or nearly harmed parties": "harmed",
        "description": "text",
        "title": "title",
    }
    assert found["reports"].use is Use.NOWHERE


def test_a_column_that_nobody_knows_is_said_to_be_unknown() -> None:
    assert meaning("Favourite colour", TAXONOMY).use is Use.UNKNOWN
    assert meaning("", TAXONOMY).use is Use.UNKNOWN
    assert meaning("x [constructor]", TAXONOMY).use is Use.UNKNOWN


def test_two_columns_for_one_field_are_refused_by_name() -> None:
    with pytest.raises(Invalid) as refused:
        meanings(["Title", "Titre", "foo"], TAXONOMY)
    assert refused.value.problems[0].facts == {"one": "Title", "other": "Titre"}


def test_a_place_in_an_account_leads_to_its_column() -> None:
    for pointer, name in {
        "/classification/failure/2": "failure",
        "/happened": "happened_from",
        "/happened/to": "happened_to",
        "/entities/harmed/0": "harmed",
        "/response/detected/hours": "detected",
        "/response/told/1/state": "told",
    }.items():
        found = of_pointer(TAXONOMY, pointer)
        assert found is not None
        assert found.name == name
    assert of_pointer(TAXONOMY, "/nothing") is None


def test_the_template_asks_for_nothing_that_software_sets() -> None:
    left_out = set(by_name(TAXONOMY)) - {column.name for column in offered(TAXONOMY)}
    assert left_out == {name for name, facet in TAXONOMY.facets.items() if facet.set_by}
