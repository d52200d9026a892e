"""The smaller account of a statement: what it must say, what it may, and what it cannot."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from registry.account.statement import (
    DISPUTE,
    FIX,
    REPLY,
    SEEN,
    SHAPES,
    STATEMENT_MAX,
    check_statement,
    titled,
)
from registry.intake.personal.things import things
from taxonomy import Taxonomy, load

TODAY = date(2026, 11, 24)
TITLES = SHAPES[SEEN].titles
GOOD: dict[str, Any] = {
    "text": "The same bot, another clinic: it named the wrong unit.",
    "language": "en",
    "happened": {"from": "2026"},
    "countries": ["KE"],
    "response": {"done": "Switched off at once.", "contained": {"answer": "after", "hours": 2}},
    "classification": {"containment": ["containment/shutdown"]},
}


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load()


@pytest.mark.parametrize(
    ("change", "complete", "pointers"),
    [
        ({}, True, []),
        ({"countries": ["withheld"]}, True, []),
        ({"response": {}, "classification": {}}, True, []),
        ({"text": " "}, True, ["/text"]),
        ({"countries": []}, True, ["/countries"]),
        ({"happened": None}, True, ["/happened"]),
        ({"happened": {"from": None}}, True, ["/happened"]),
        ({"text": "", "countries": [], "happened": None}, False, []),
        ({"text": "x" * STATEMENT_MAX}, True, []),
        ({"text": "x" * (STATEMENT_MAX + 1)}, False, ["/text"]),
        ({"response": {"done": "x" * (STATEMENT_MAX + 1)}}, False, ["/response/done"]),
        ({"response": {"cause": "We know"}}, False, ["/response/cause"]),
        ({"classification": {"harm": ["harm/injury"]}}, False, ["/classification/harm"]),
        ({"entities": {"systems": ["A bot"]}}, False, ["/entities"]),
        ({"links": ["https://example.org/"]}, False, ["/links"]),
        ({"title": "A title of my own"}, False, ["/title"]),
        ({"title": TITLES["ar"]}, False, []),
        ({"countries": ["Kenya"]}, True, ["/countries/0"]),
        ({"nonsense": 1}, False, ["/nonsense"]),
        ({"response": "x"}, False, ["/response"]),
        ({"classification": 3}, False, ["/classification"]),
    ],
)
def test_what_a_statement_says(
    taxonomy: Taxonomy, change: dict[str, Any], complete: bool, pointers: list[str]
) -> None:
    found = check_statement(GOOD | change, taxonomy, TODAY, complete=complete)
    assert [problem.pointer for problem in found] == pointers


@pytest.mark.parametrize(
    ("says", "change", "pointers"),
    [
        (FIX, {}, []),
        (FIX, {"happened": None}, ["/happened"]),
        (FIX, {"happened": {"from": "unknown"}}, []),
        (FIX, {"response": {"done": "Switched off."}}, ["/response/done"]),
        (FIX, {"title": SHAPES[DISPUTE].titles["en"]}, ["/title"]),
        (DISPUTE, {"happened": None}, []),
        (DISPUTE, {"text": ""}, ["/text"]),
        (
            DISPUTE,
            {"classification": {"containment": ["containment/shutdown"]}},
            ["/classification/containment"],
        ),
        (DISPUTE, {"links": ["https://example.org/advisory"]}, []),
        (DISPUTE, {"links": ["not an address"]}, ["/links/0"]),
        (REPLY, {"happened": None}, []),
        (REPLY, {"text": "x" * (STATEMENT_MAX + 1)}, ["/text"]),
        (REPLY, {"entities": {"systems": ["A bot"]}}, ["/entities"]),
    ],
)
def test_what_the_other_statements_say(
    taxonomy: Taxonomy, says: str, change: dict[str, Any], pointers: list[str]
) -> None:
    raw = {"text": "It was version 2.", "language": "en", "happened": {"from": "2026"}} | change
    found = check_statement(titled(raw, says), taxonomy, TODAY, says, complete=True)
    assert [problem.pointer for problem in found] == pointers


@pytest.mark.parametrize("raw", [None, [], "text", 3])
def test_what_is_no_object_is_said_so(taxonomy: Taxonomy, raw: object) -> None:
    assert [problem.pointer for problem in check_statement(raw, taxonomy, TODAY, complete=True)] == [""]
    assert titled(raw) == raw


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "en"), ("fr", "fr"), ("es-MX", "es"), ("ar", "ar"), ("sw", "en"), (None, "en"), (7, "en")],
)
def test_the_title_follows_the_language(language: object, title: str) -> None:
    assert titled({"language": language}) == {"language": language, "title": TITLES[title]}


@pytest.mark.parametrize("says", SHAPES)
@pytest.mark.parametrize("language", TITLES)
def test_no_title_of_ours_looks_personal(language: str, says: str) -> None:
    assert things({"title": SHAPES[says].titles[language], "language": language}) == ()
