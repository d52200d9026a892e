"""A model that an operator brings helps when it can, and does no harm when it cannot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from registry.errors import SettingError
from registry.intake.personal import brought
from registry.intake.personal.brought import SPANS, STUCK, Guarded, detectors, install, load
from registry.intake.personal.things import hidden, name_of, things
from registry.privacy import DETECTORS, Kind, scan
from registry.privacy.folding import fold
from tests.factories import account
from tests.registry.intake.fake_models import (
    CODE,
    Babbling,
    Codenames,
    Endless,
    Hanging,
    Raising,
)
from web.logs import configure

TEXT = f"The source we call {CODE} wrote from amina.njoroge@clinic.example."
HERE = "tests.registry.intake.fake_models"
SOON = 0.05
"""Seconds that a model gets which never answers."""


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """What the log says, through the allowlist of keys."""
    stream = StringIO()
    configure(stream)
    yield stream
    structlog.reset_defaults()


@pytest.fixture
def installed() -> Iterator[None]:
    """Whatever a test installs is gone after it."""
    yield
    install(())


def kinds(model: Guarded) -> list[Kind]:
    return [one.kind for one in scan(TEXT, "en", [*DETECTORS, model])]


def test_a_model_adds_what_it_finds_to_our_findings() -> None:
    assert kinds(Guarded("codes", Codenames())) == [Kind.PERSON, Kind.EMAIL]


def test_the_same_text_is_asked_about_once() -> None:
    model = Codenames()
    guarded = Guarded("codes", model)
    first = list(guarded.find(fold(TEXT), "en"))
    assert list(guarded.find(fold(TEXT), "en")) == first
    assert model.asked == 1
    assert list(guarded.find(fold(TEXT), "fr")) == []
    assert model.asked == 2


@pytest.mark.parametrize("error", [RuntimeError, MemoryError, SystemExit, KeyboardInterrupt])
def test_a_model_that_raises_leaves_our_rules_standing(lines: StringIO, error: type[BaseException]) -> None:
    assert kinds(Guarded("bad", Raising(error))) == [Kind.EMAIL]
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert (line["event"], line["kind"], line["error"]) == ("a detector failed", "bad", error.__name__)
    assert CODE not in lines.getvalue()
    assert "amina" not in lines.getvalue()


def test_a_model_that_takes_too_long_is_left_behind(lines: StringIO) -> None:
    model = Hanging()
    guarded = Guarded("slow", model, SOON)
    try:
        for number in range(STUCK + 2):
            assert list(guarded.find(fold(f"{TEXT} {number}"), "en")) == []
        assert model.asked == STUCK  # and then it is not asked while it still thinks
        said = [json.loads(line)["error"] for line in lines.getvalue().splitlines()]
        assert said == ["slow"] * STUCK + ["busy"] * 2
        assert CODE not in lines.getvalue()
    finally:
        model.go.set()
    for thread in guarded._stuck:
        thread.join(60)
    assert [one.kind for one in guarded.find(fold("again"), "en")] == [Kind.PERSON]


def test_an_endless_answer_ends() -> None:
    assert len(list(Guarded("endless", Endless()).find(fold(TEXT), "en"))) == SPANS


def test_findings_of_unknown_kinds_are_refused_and_the_others_stand(lines: StringIO) -> None:
    assert kinds(Guarded("babbling", Babbling())) == [Kind.PERSON, Kind.EMAIL]
    (line,) = map(json.loads, lines.getvalue().splitlines())
    assert (line["event"], line["kind"], line["count"]) == (
        "a detector's findings were refused",
        "babbling",
        3,
    )


@pytest.mark.parametrize("setting", ["", " ", ","])
def test_nothing_is_brought_by_default(setting: str) -> None:
    assert load(setting) == ()


def test_the_setting_names_factories() -> None:
    one, two = load(f"{HERE}:codenames, {HERE}:codenames")
    assert kinds(one) == kinds(two) == [Kind.PERSON, Kind.EMAIL]


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("nowhere.at_all:make", "ModuleNotFoundError"),
        (f"{HERE}:missing", "AttributeError"),
        (f"{HERE}:broken", "no weights"),
        (f"{HERE}:nothing", "no callable"),
        (HERE, "cannot be made"),
        (":make", "cannot be made"),
    ],
)
def test_a_model_that_cannot_be_made_stops_the_start(setting: str, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        load(setting)
    assert caught.value.facts["name"] == "detectors"
    assert says in str(caught.value.facts["reason"])


@pytest.mark.usefixtures("installed")
def test_what_is_installed_looks_at_accounts() -> None:
    raw = account(title="A leak", text=TEXT)
    assert name_of(CODE) not in {one.thing for one in things(raw)}
    install([Guarded("codes", Codenames())])
    assert detectors()[: len(DETECTORS)] == DETECTORS
    assert name_of(CODE) in {one.thing for one in things(raw)}


@pytest.mark.usefixtures("installed")
def test_what_was_hidden_stays_hidden_when_the_model_is_gone() -> None:
    raw = account(title=f"About {CODE}", text=TEXT)
    install([Guarded("codes", Codenames())])
    names = {one.thing for one in things(raw)}
    brought.install([Guarded("bad", Raising())])
    shown, _ = hidden(raw, things(raw, names), names)
    assert CODE not in json.dumps(shown)
    assert "amina" not in json.dumps(shown)
