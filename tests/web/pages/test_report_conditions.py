"""When a question applies: the full table, and what becomes of answers that no longer do."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from taxonomy import load
from tests.factories import account
from web.pages.forms import get, put
from web.pages.report_conditions import ATTACK, CHECKED, EVENT, POSSIBLE, Several, holds
from web.pages.report_steps import CORE, STEPS
from web.pages.report_themes import THEMES
from web.pages.report_ways import BETWEEN, after, applies, as_sent, before, left_out, onward, place_in_row

TAXONOMY = load()
KINDS = (None, *TAXONOMY.facets["kind"].values)
FAILURES = (None, *TAXONOMY.facets["failure"].values)
ATTACKS = {
    code
    for code in TAXONOMY.facets["failure"].values
    if code in ("failure/attack", "failure/breach")
    or TAXONOMY.value(code).broader in ("failure/attack", "failure/breach")
}
CONDITIONAL = {
    "cause-entity": ATTACK,
    "cause-intent": ATTACK,
    "cause-timing": ATTACK,
    "ended": EVENT,
    "recovered": EVENT,
    "confidence": CHECKED,
}


def told(kind: str | None, failure: str | None) -> dict[str, Any]:
    chosen = {"kind": [kind] if kind else [], "failure": [failure] if failure else []}
    return {"classification": {facet: codes for facet, codes in chosen.items() if codes}}


@pytest.mark.parametrize(("kind", "failure"), list(product(KINDS, FAILURES)))
def test_the_table(kind: str | None, failure: str | None) -> None:
    raw = told(kind, failure)
    assert holds(None, raw, TAXONOMY)
    assert holds(ATTACK, raw, TAXONOMY) == (failure in ATTACKS)
    assert holds(EVENT, raw, TAXONOMY) == (kind != "kind/hazard")
    assert holds(CHECKED, raw, TAXONOMY) == (kind != "kind/suspected")
    assert holds(POSSIBLE, raw, TAXONOMY) == (kind in ("kind/near-miss", "kind/hazard"))


def test_which_questions_are_conditional() -> None:
    mains = {f"{name}-main": Several(name) for name in ("failure", "harm", "sector", "system", "root-cause")}
    assert {step.slug: step.when for step in STEPS if step.when is not None} == CONDITIONAL | mains
    assert [step.slug for step in CORE if step.when is not None and step.slug not in mains] == []


@pytest.mark.parametrize(
    ("codes", "asked"), [([], False), (["harm/injury"], False), (["harm/a", "harm/b"], True)]
)
def test_the_main_one_is_asked_of_several(codes: list[str], asked: bool) -> None:
    assert holds(Several("harm"), {"classification": {"harm": codes}}, TAXONOMY) == asked


def test_a_single_answer_is_not_left_out_because_its_main_one_is_not_asked() -> None:
    raw = account()
    assert as_sent(raw, TAXONOMY)["classification"] == raw["classification"]


def test_one_attack_among_other_failures_is_enough() -> None:
    raw = told(None, "failure/bias")
    raw["classification"]["failure"].append("failure/jailbreak")
    assert holds(ATTACK, raw, TAXONOMY)


@pytest.mark.parametrize(
    "strange", [{}, {"classification": None}, {"classification": {"failure": None}}, {"classification": []}]
)
def test_an_account_that_says_nothing_has_no_attack(strange: dict[str, Any]) -> None:
    assert not holds(ATTACK, strange, TAXONOMY)
    assert holds(EVENT, strange, TAXONOMY)


def answered() -> dict[str, Any]:
    raw = account()
    raw["classification"] |= {"cause-intent": ["cause-intent/unclear"], "confidence": ["confidence/probable"]}
    raw["happened"]["to"] = "2026-04"
    return raw


@pytest.mark.parametrize(
    ("kind", "failure", "gone"),
    [
        ("kind/incident", "failure/attack", set()),
        ("kind/incident", "failure/bias", {"cause-intent"}),
        ("kind/hazard", "failure/credentials", {"ended"}),
        ("kind/suspected", "failure/bias", {"cause-intent", "confidence"}),
        ("kind/near-miss", "failure/bias", {"cause-intent"}),
    ],
)
def test_what_no_longer_applies_is_left_out_and_nothing_else(kind: str, failure: str, gone: set[str]) -> None:
    raw = answered()
    raw["classification"] |= {"kind": [kind], "failure": [failure]}
    assert {step.slug for step in left_out(raw, TAXONOMY)} == gone
    sent = as_sent(raw, TAXONOMY)
    for step in STEPS:
        for field in step.fields:
            assert get(sent, field.pointer) == (None if step.slug in gone else get(raw, field.pointer))
    assert left_out(sent, TAXONOMY) == []
    assert as_sent(sent, TAXONOMY) == sent


@pytest.mark.parametrize("failure", ["failure/bias", "failure/attack"])
def test_ways_lead_through_every_question_and_back(failure: str) -> None:
    raw = told("kind/incident", failure)
    for row in (CORE, *(theme.steps for theme in THEMES)):
        asked = [step.slug for step in row if applies(step, raw, TAXONOMY)]
        for number, slug in enumerate(asked, start=1):
            assert place_in_row(slug, raw, TAXONOMY) == (number, len(asked))
            further = after(slug, raw, TAXONOMY)
            assert further == (
                asked[number] if number < len(asked) else "check" if row is CORE else "check#more"
            )
            assert before(slug, raw, TAXONOMY) == (
                asked[number - 2] if number > 1 else None if row is CORE else "check#more"
            )
    assert onward(CORE[-1], raw, TAXONOMY) == BETWEEN[CORE[-1].slug][0] == "privacy"


def test_answering_never_makes_the_way_longer() -> None:
    """Which of several is the main one is asked after its question, and is no question more."""
    raw: dict[str, Any] = {}
    several = {name: TAXONOMY.choices(name)[:2] for name in ("failure", "harm", "sector", "system")}
    places = []
    for step in CORE:
        places.append(place_in_row(step.slug, raw, TAXONOMY))
        if step.slug in several:
            codes = [value.code for value in several[step.slug]]
            raw = put(raw, {f"/classification/{step.slug}": codes})
    assert {total for _, total in places} == {10}
    assert [number for number, _ in places] == [1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 10]


def test_a_question_that_does_not_apply_can_still_be_opened() -> None:
    """By an old address: it leads on like the others."""
    raw = told("kind/hazard", "failure/bias")
    assert after("ended", raw, TAXONOMY) == "check#more"
    assert before("ended", raw, TAXONOMY) == "detected"
    assert place_in_row("ended", raw, TAXONOMY) == (3, 3)
