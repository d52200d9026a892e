"""Filling a form and reading it again gives the answers back, whatever they are, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from registry.account import NARRATIVE_MAX
from registry.config import Settings
from taxonomy import load
from tests.conftest import SettableClock
from tests.factories import People
from web.app import create_app
from web.pages.forms import Field, Kind, get, put
from web.pages.forms_choices import LANGUAGES as WRITTEN
from web.pages.forms_filling import fill_step
from web.pages.forms_reading import read_step
from web.pages.language import LANGUAGES
from web.pages.report_steps import FIELDS, STEPS
from web.wiring import build, close

TAXONOMY = load()
ASKED = [field for field in FIELDS if field.kind is not Kind.MAIN]
CLOCK = SettableClock()
LINES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
DATES = st.one_of(
    st.integers(1950, 2025).map(str),
    st.builds("{}-Q{}".format, st.integers(1950, 2025), st.integers(1, 4)),
    st.dates(max_value=CLOCK().date()).filter(lambda day: day.year >= 1950).map(lambda day: f"{day:%Y-%m}"),
    st.dates(max_value=CLOCK().date()).filter(lambda day: day.year >= 1950).map(str),
)


def dates(field: Field) -> SearchStrategy[str]:
    return DATES | st.sampled_from(["unknown", "withheld"]) if field.needed else DATES


def codes(field: Field, most: int) -> SearchStrategy[list[str]]:
    offered = [value for value in TAXONOMY.choices(field.facet) if value.code not in field.without]
    together = [value.code for value in offered if not value.exclusive]
    alone = [[value.code] for value in offered if value.exclusive]
    several = st.lists(st.sampled_from(together), unique=True, min_size=1, max_size=most)
    return st.one_of(several, st.sampled_from(alone)) if alone else several


def intervals(field: Field) -> SearchStrategy[dict[str, Any]]:
    after = st.integers(0, 24 * 366).map(lambda hours: {"answer": "after", "hours": hours})
    others = [{"answer": answer.value} for answer in field.answers if answer != "after"]
    return st.one_of(after, st.sampled_from(others))


def told(field: Field) -> SearchStrategy[list[dict[str, str]]]:
    audiences = [value.code for value in TAXONOMY.choices(field.facet) if not value.exclusive]
    states = st.sampled_from(["done", "planned", "not-required", "withheld-for-safety"])
    pairs = st.dictionaries(st.sampled_from(audiences), states, min_size=1)
    return pairs.map(lambda found: [{"audience": code, "state": state} for code, state in found.items()])


COUNTRIES = st.one_of(
    st.lists(st.sampled_from(sorted(TAXONOMY.countries)), unique=True, min_size=1, max_size=20),
    st.sampled_from([["unknown"], ["withheld"]]),
)
WORDS = st.lists(LINES, unique=True, min_size=1, max_size=4)
STORIES = st.lists(LINES, min_size=1).map("\n\n".join).filter(lambda text: len(text) < NARRATIVE_MAX)

SAME: dict[Kind, SearchStrategy[Any]] = {
    Kind.TEXT: WORDS.map(" ".join),
    Kind.LONG: STORIES,
    Kind.LANGUAGE: st.sampled_from([*WRITTEN, "rhg", "pt-BR", "zh-Hant"]),
    Kind.COUNTRIES: COUNTRIES,
    Kind.NAMES: WORDS,
    Kind.LINKS: st.just(["https://example.org/a?b=c", "http://example.org:8080/"]),
}
"""Answers to questions of a kind, whichever it is."""
BY_FIELD: dict[Kind, Callable[[Field], SearchStrategy[Any]]] = {
    Kind.DATE: dates,
    Kind.ONE: lambda field: codes(field, 1),
    Kind.MANY: lambda field: codes(field, 6),
    Kind.INTERVAL: intervals,
    Kind.TOLD: told,
}
"""Answers that depend on the question."""


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, Any]:
    """An account with some of the form's questions answered."""
    raw: dict[str, Any] = {}
    for field in ASKED:
        if draw(st.booleans()):
            answer = SAME[field.kind] if field.kind in SAME else BY_FIELD[field.kind](field)
            raw = put(raw, {field.pointer: draw(answer)})
    return raw


def comparable(raw: dict[str, Any]) -> dict[str, Any]:
    """Without the orders that carry no meaning: only the main answer comes first."""
    plain = {}
    for field in ASKED:
        answer = get(raw, field.pointer)
        if field.kind is Kind.MANY and answer:
            answer = [answer[0] if TAXONOMY.facets[field.facet].primary else "", *sorted(answer)]
        if field.kind is Kind.TOLD and answer:
            answer = sorted(answer, key=lambda entry: entry["audience"])
        plain[field.pointer] = answer or None
    return plain


@pytest.fixture(scope="module")
def app(founded: tuple[Path, People]) -> Iterator[Flask]:
    node = build(replace(Settings(), data_dir=founded[0], secret_key="test-" * 8), CLOCK)
    yield create_app(node)
    close(node)


@settings(deadline=None, max_examples=150)
@given(raw=accounts(), language=st.sampled_from(list(LANGUAGES)))
def test_what_is_filled_in_is_read_again(app: Flask, raw: dict[str, Any], language: str) -> None:
    again: dict[str, Any] = {}
    with app.test_request_context(environ_overrides={"commons.language": language}):
        for step in STEPS:
            read = read_step(step, fill_step(step, raw), TAXONOMY)
            assert read.problems == []
            again = put(again, read.answers)
    assert comparable(again) == comparable(raw)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_countries_share_a_name(app: Flask, language: str) -> None:
    step = next(step for step in STEPS if step.slug == "where")
    with app.test_request_context(environ_overrides={"commons.language": language}):
        for code in TAXONOMY.countries:
            read = read_step(step, fill_step(step, {"countries": [code]}), TAXONOMY)
            assert read.answers["/countries"] == [code]
