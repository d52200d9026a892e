"""What people write in a cell: codes, labels in four languages, countries, languages, intervals, dates."""

from __future__ import annotations

from typing import Any

import pytest

from registry.intake.bulk import answers, dates, reading_cells
from registry.intake.bulk.columns import by_name
from tests.registry.intake.bulk.making import TAXONOMY

FACETS = list(TAXONOMY.facets)


@pytest.mark.parametrize("facet", FACETS)
def test_every_answer_is_known_by_code_slug_and_label_in_four_languages(facet: str) -> None:
    for value in TAXONOMY.facets[facet].values.values():
        words = [value.code, value.code.partition("/")[2], value.code.upper()]
        if not value.deprecated:
            words += [TAXONOMY.label(value.code, language) for language in TAXONOMY.languages]
        for said in words:
            assert reading_cells.codes(facet, said, TAXONOMY) == ([value.code], []), said


def test_every_country_is_known_by_code_and_by_name() -> None:
    known = answers.countries(TAXONOMY)
    for code, name in TAXONOMY.countries.items():
        assert reading_cells.read(by_name(TAXONOMY)["countries"], code, TAXONOMY)[0] == [code]
        assert known[answers.fold(name)] == code
    for said, code in {
        "Kenia": "KE",
        "Maroc": "MA",
        "المغرب": "MA",
        "Côte d’Ivoire": "CI",
        "نيبال": "NP",
    }.items():
        assert known[answers.fold(said)] == code


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("countries", "Kenya, France", ["KE", "FR"]),
        ("countries", "KE; ke; Kenia", ["KE"]),
        ("countries", "Palestine, State of", ["PS"]),
        ("countries", "inconnu", ["unknown"]),
        ("countries", "Atlantis", ["Atlantis"]),
        ("district", "Turkana", "Turkana"),
        ("place", "Clinic 5, by the river; old wing", "Clinic 5, by the river; old wing"),
        ("happened_from", "Not known", "unknown"),
        ("happened_from", "withheld", "withheld"),
        ("happened_from", "غير معروف", "unknown"),
        ("happened_from", "15/03/2026", "2026-03-15"),
        ("happened_to", "not known", "not known"),  # for the check to refuse
        ("language", "FR", "fr"),
        ("language", "Français", "fr"),
        ("language", "العربية", "ar"),
        ("language", "pt-BR", "pt-BR"),
        ("language", "PT_br", "pt-BR"),
        ("language", "rhg", "rhg"),
        ("language", "Rohingya", "rhg"),
        ("detected", "48", {"answer": "after", "hours": 48}),
        ("detected", "٤٨", {"answer": "after", "hours": 48}),
        ("detected", "2 days", {"answer": "after", "hours": 48}),
        ("detected", "3 semaines", {"answer": "after", "hours": 504}),
        ("detected", "0", {"answer": "after", "hours": 0}),
        ("detected", "pas encore", {"answer": "not-yet"}),
        ("detected", "Not yet", {"answer": "not-yet"}),
        ("detected", "withheld", {"answer": "withheld"}),
        ("told", "affected", [{"audience": "audience/affected", "state": "done"}]),
        ("told", "audience/affected: prévu", [{"audience": "audience/affected", "state": "planned"}]),
        ("links", "https://a.org/x;y https://b.org", ["https://a.org/x;y", "https://b.org"]),
        (
            "links",
            "https://a.org, https://b.org\nhttps://c.org",
            ["https://a.org", "https://b.org", "https://c.org"],
        ),
        ("links", "not a link", ["not;a;link"]),
        ("failure", "bias, fabrication", ["failure/bias", "failure/fabrication"]),
        ("failure", "bias; Bias or unequal treatment", ["failure/bias"]),
        ("severity", "Serious", ["severity/serious"]),
    ],
)
def test_cells_as_people_fill_them(column: str, cell: str, value: Any) -> None:
    assert reading_cells.read(by_name(TAXONOMY)[column], cell, TAXONOMY) == (value, [])


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("kind", "Incidnt", "Did you mean “kind/incident”?"),
        ("kind", "banana " * 50, "second sheet"),
        ("detected", "soon", "number of hours"),
        ("detected", "1.5", "number of hours"),
        ("detected", "9" * 5000, "number of hours"),
        ("detected", "3 moons", "number of hours"),
        ("told", "affected = perhaps", "is no state"),
        ("told", "nobody known = done", "no answer"),
        ("happened_from", "03/04/2026", "two ways"),
    ],
)
def test_cells_that_nobody_can_read_say_why(column: str, cell: str, says: str) -> None:
    _, wrong = reading_cells.read(by_name(TAXONOMY)[column], cell, TAXONOMY)
    assert [says in str(note) for note in wrong] == [True]
    assert len(str(wrong[0])) < 250


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("2026-3-5", "2026-03-05"),
        ("2026/03/15", "2026-03-15"),
        ("2026-03-15T10:30:00Z", "2026-03-15"),
        ("2026-03-15 10:30", "2026-03-15"),
        ("15/03/2026", "2026-03-15"),
        ("03/15/2026", "2026-03-15"),
        ("5.5.2026", "2026-05-05"),
        ("3/2026", "2026-03"),
        ("٢٠٢٦-٠٣-١٥", "2026-03-15"),
        ("\u200f15/03/2026", "2026-03-15"),
        ("1447-09-01", "1447-09-01"),  # another calendar: the check says that it is too early
        ("2569-03-15", "2569-03-15"),  # or still to come
        ("March 2026", "2026-03"),
        ("5 March 2026", "2026-03-05"),
        ("Mar 5, 2026", "2026-03-05"),
        ("mars 2026", "2026-03"),
        ("le 1er août 2026", "2026-08-01"),
        ("5 de marzo de 2026", "2026-03-05"),
        ("febrero de 2026", "2026-02"),
        ("مارس ٢٠٢٦", "2026-03"),
        ("٥ مارس 2026", "2026-03-05"),
        ("آذار 2026", "2026-03"),
        ("Q1 2026", "2026-Q1"),
        ("spring", "spring"),
        ("spring 2026", "spring 2026"),
        ("not known", "not known"),
        ("46096", "46096"),
    ],
)
def test_dates_as_people_write_them(cell: str, date: str) -> None:
    assert dates.read(cell) == (date, None)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("March", "Write the year too"),
        ("March to April 2026", "Write one date"),
        ("Q1", "with its year"),
    ],
)
def test_a_date_in_words_that_lacks_a_part_says_which(cell: str, says: str) -> None:
    given, wrong = dates.read(cell)
    assert given == cell
    assert says in str(wrong)


@pytest.mark.parametrize("cell", ["03/04/2026", "1.2.2026", "12-11-2026"])
def test_a_date_that_can_mean_two_days_is_refused(cell: str) -> None:
    wrong = dates.read(cell)[1]
    assert wrong is not None
    assert cell in str(wrong)
