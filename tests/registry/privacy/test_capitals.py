"""Names in capitals are asked about like any others; abbreviations and stressed words are not."""

from __future__ import annotations

import pytest

from registry.privacy import Kind, scan

NAMES = {
    "en": (
        "AMINA HASSAN|MUSA IBRAHIM|FATIMA ALI|ZHANG WEI|JOHN SMITH|GRACE MWANGI|DAVID OKELLO|CHIDI OKAFOR"
        "|PRIYA SHARMA|NGUYEN VAN AN|LI NA|AHMED KHAN|RUTH WANJIRU|MARY ACHIENG"
    ),
    "fr": (
        "KOFFI YAO|MOUSSA TRAORÉ|AWA DIOP|JEAN DUPONT|FATOU SARR|AMADOU BA|MARIE NGONO|PIERRE MARTIN"
        "|AÏCHA KONÉ"
    ),
    "es": (
        "JUAN PÉREZ|MARÍA QUISPE|ROSA HUAMÁN|CARLOS LÓPEZ|LUIS MAMANI|LUZ RAMÍREZ|PEDRO CHOQUE|CARMEN FLORES"
    ),
}
FRAMES = {
    "en": ("The score refused {}.", "{} was refused by the score.", "Patient {} waited for a day."),
    "fr": ("Le système a refusé {}.", "{} n'a pas été payé.", "M. {} attend encore."),
    "es": ("El sistema rechazó a {}.", "{} no recibió nada.", "La señora {} espera."),
}
CASES = [
    (language, frame, name)
    for language, names in NAMES.items()
    for frame in FRAMES[language]
    for name in names.split("|")
]


def persons(text: str, language: str) -> list[str]:
    """What may be the name of a person."""
    return [text[one.start : one.end] for one in scan(text, language) if one.kind is Kind.PERSON]


@pytest.mark.parametrize(("language", "frame", "name"), CASES)
def test_a_name_in_capitals_is_asked_about(language: str, frame: str, name: str) -> None:
    assert any(name in found for found in persons(frame.format(name), language))


@pytest.mark.parametrize(
    "text",
    [
        "The score was WRONG and nobody was told, NOT even the UNHCR office.",
        "The AI system sent an SMS to the WHO and to every GPS unit.",
        "They had NO WATER and NO POWER for a week.",
        "Please READ THIS before the PDF or the CSV file.",
    ],
)
def test_stressed_words_and_abbreviations_are_no_names(text: str) -> None:
    assert persons(text, "en") == []


def test_a_name_is_found_where_everything_is_in_capitals() -> None:
    text = "THE SYSTEM REFUSED FATIMA ALI AND NOBODY WAS TOLD WHY THIS WAS SO"
    assert any("FATIMA ALI" in found for found in persons(text, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "Grace was refused by the score.",
        "Faith, a widow, lost her place.",
        "Esperanza fue rechazada por el sistema.",
    ],
)
def test_a_name_that_is_a_word_is_one_where_something_is_said_of_somebody(text: str) -> None:
    found = persons(text, "es" if "fue" in text else "en")
    assert len(found) == 1
    assert text.startswith(found[0])
