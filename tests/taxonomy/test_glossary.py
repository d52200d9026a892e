"""Every phrase of the incident-response field can be expressed with codes."""

from __future__ import annotations

import pytest

from taxonomy import Taxonomy, load

PHRASES: dict[str, list[str]] = {
    "biased output": ["failure/bias", "failure/stereotype", "harm/discrimination"],
    "hallucination": ["failure/fabrication"],
    "adversarial manipulation": [
        "failure/attack",
        "failure/prompt-injection",
        "failure/evasion",
        "failure/poisoning",
    ],
    "misuse": ["failure/misuse", "failure/deception", "ai-role/tool"],
    "security breach": ["failure/breach", "failure/intrusion", "failure/credentials"],
    "detection by monitoring": ["detection/monitoring", "phase/detected", "preparedness/monitoring"],
    "shutting down a malfunctioning chatbot": [
        "system/chatbot",
        "failure/wrong-output",
        "containment/shutdown",
    ],
    "notifying people who got wrong answers": [
        "phase/notifying",
        "audience/affected",
        "audience/users",
        "containment/withdraw-output",
    ],
    "retraining": ["remediation/retrain", "root-cause/model", "phase/remediating"],
    "investigating an attack": ["investigation/attack", "phase/investigating", "root-cause/adversary"],
    "unsafe diagnostic advice": [
        "sector/health",
        "system/diagnostic",
        "failure/unsafe-advice",
        "harm/care-delayed",
    ],
    "harmful learning content": [
        "sector/education",
        "system/learning",
        "failure/harmful-content",
        "failure/not-for-age",
    ],
    "biometric failures in emergencies": [
        "sector/emergency",
        "system/biometric",
        "failure/misclassified",
        "harm/aid-denied",
    ],
    "crisis-mapping failures in emergencies": [
        "sector/emergency",
        "system/mapping",
        "failure/missed",
        "harm/danger",
    ],
    "affected people as audience": ["audience/affected"],
    "communities as audience": ["audience/communities"],
    "funders as audience": ["audience/funders"],
    "regulators as audience": [
        "audience/ai-regulator",
        "audience/data-authority",
        "audience/sector-authority",
    ],
    "partners as audience": ["audience/partners"],
}


@pytest.mark.parametrize(("phrase", "codes"), PHRASES.items(), ids=list(PHRASES))
def test_the_phrase_has_codes_that_may_be_chosen(taxonomy: Taxonomy, phrase: str, codes: list[str]) -> None:
    assert [code for code in codes if code not in taxonomy or taxonomy.value(code).deprecated] == []


@pytest.mark.parametrize("phrase", load().glossary)
def test_the_codes_of_the_glossary_are_current(taxonomy: Taxonomy, phrase: str) -> None:
    codes = taxonomy.glossary[phrase]
    assert codes
    assert not any(taxonomy.value(code).deprecated for code in codes)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("hallucination", "failure/fabrication"),
        ("biased output", "failure/bias"),
        ("deepfake", "failure/deception"),
    ],
)
def test_the_words_people_use_are_found_at_the_code(taxonomy: Taxonomy, words: str, code: str) -> None:
    value = taxonomy.value(code)
    assert words in " ".join([value.label.casefold(), *value.alt])
