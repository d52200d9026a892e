"""What is said about a classification: where, what, and what would help."""

from __future__ import annotations

import pytest

from taxonomy import Taxonomy

GOOD: dict[str, list[str]] = {
    "kind": ["kind/incident"],
    "failure": ["failure/fabrication", "failure/bias"],
    "harm": ["harm/none"],
    "sector": ["sector/transport"],
}

CASES: list[tuple[object, list[tuple[str, str]]]] = [
    ({}, []),
    (GOOD, []),
    ({"kind": []}, []),
    ([], [("", "This should be an object: facet name, then a list of codes.")]),
    (None, [("", "This should be an object: facet name, then a list of codes.")]),
    ({"failures": []}, [("/failures", "There is no facet failures. Did you mean failure?")]),
    ({"a/b~c": []}, [("/a~1b~0c", "There is no facet a/b~c.")]),
    ({3: []}, [("/3", "There is no facet 3.")]),
    ({"kind": "kind/incident"}, [("/kind", "This should be a list of codes.")]),
    ({"kind": {"kind/incident": 1}}, [("/kind", "This should be a list of codes.")]),
    ({"kind": [None]}, [("/kind/0", "A code should be text.")]),
    ({"kind": [["kind/incident"]]}, [("/kind/0", "A code should be text.")]),
    (
        {"failure": ["failure/biass"]},
        [("/failure/0", "failure/biass is not a code of this facet. Did you mean failure/bias?")],
    ),
    ({"failure": ["???"]}, [("/failure/0", "??? is not a code of facet failure.")]),
    ({"failure": ["harm/death"]}, [("/failure/0", "harm/death belongs to facet harm, not to failure.")]),
    (
        {"status": ["status/rejected"]},
        [("/status/0", "status/rejected is no longer used. Use status/declined.")],
    ),
    ({"harm": ["harm/death", "harm/death"]}, [("/harm/1", "harm/death is given twice.")]),
    (
        {"kind": ["kind/incident", "kind/hazard"]},
        [("/kind", "Only one answer is possible for “Kind of event”.")],
    ),
    (
        {"harm": ["harm/death", "harm/none"]},
        [("/harm", "“No harm identified” cannot stand together with other answers.")],
    ),
    (
        {"harm": ["harm/none", "harm/unknown"]},
        [
            ("/harm", "“No harm identified” cannot stand together with other answers."),
            ("/harm", "“Not known yet” cannot stand together with other answers."),
        ],
    ),
    (
        {"harm": ["x", "harm/death"], "kind": 1},
        [("/harm/0", "x is not a code of facet harm."), ("/kind", "This should be a list of codes.")],
    ),
]


@pytest.mark.parametrize(("answers", "expected"), CASES)
def test_a_classification_gets_these_problems(
    taxonomy: Taxonomy, answers: object, expected: list[tuple[str, str]]
) -> None:
    assert [(problem.pointer, str(problem)) for problem in taxonomy.check(answers)] == expected


def test_facts_stand_apart_from_the_sentence(taxonomy: Taxonomy) -> None:
    (problem,) = taxonomy.check({"failure": ["failure/biass"]})
    assert problem.message == "%(code)s is not a code of this facet. Did you mean %(suggestion)s?"
    assert problem.facts == {"code": "failure/biass", "suggestion": "failure/bias"}


def test_a_long_unknown_name_is_cut_before_it_is_repeated(taxonomy: Taxonomy) -> None:
    (code,) = taxonomy.check({"failure": ["x" * 10_000]})
    (facet,) = taxonomy.check({"x" * 10_000: []})
    assert len(str(code)) < 200
    assert len(str(facet) + facet.pointer) < 200


def test_a_deprecated_code_is_never_suggested(taxonomy: Taxonomy) -> None:
    (problem,) = taxonomy.check({"status": ["status/rejecte"]})
    assert problem.facts.get("suggestion") != "status/rejected"


def test_completeness_asks_for_required_facets_only(taxonomy: Taxonomy) -> None:
    asked = {problem.pointer.removeprefix("/") for problem in taxonomy.check({}, complete=True)}
    assert {"kind", "failure", "harm", "severity", "sector", "system", "detection"} <= asked
    assert asked.isdisjoint({"status", "root-cause", "containment", "lifecycle"})


def test_an_empty_list_does_not_answer_a_required_facet(taxonomy: Taxonomy) -> None:
    answered = {problem.pointer for problem in taxonomy.check({**GOOD, "kind": []}, complete=True)}
    assert "/kind" in answered
    assert "/failure" not in answered


def test_what_is_remembered_of_an_answer_holds_for_that_question_alone(taxonomy: Taxonomy) -> None:
    good = {"sector": ["sector/health"], "severity": ["severity/serious"]}
    assert taxonomy.check(good) == taxonomy.check(good) == []
    wrong: dict[str, object] = {"severity": ["sector/health"], "sector": ["severity/serious"]}
    assert [one.pointer for one in taxonomy.check(wrong)] == ["/severity/0", "/sector/0"]
    mixed = good | {"harm": ["harm/nothing-like-it"], "nowhere": ["sector/health"]}
    assert [one.pointer for one in taxonomy.check(mixed)] == ["/harm/0", "/nowhere"]
    assert taxonomy.check(good) == []


def test_lists_that_are_not_remembered_are_checked_each_time(taxonomy: Taxonomy) -> None:
    many = ["sector/health"] * 9
    for _ in range(2):
        assert len(taxonomy.check({"sector": many})) == 8
        assert len(taxonomy.check({"sector": [["sector/health"], {}, None]})) == 3
