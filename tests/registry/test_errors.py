"""Errors carry facts and speak whole sentences."""

from __future__ import annotations

import inspect

import pytest

from registry import errors
from registry.errors import CommonsError, Invalid, NotFound, Problem, SettingError, TooLarge

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, CommonsError) and kind is not Invalid
]


def test_facts_fill_the_sentence_and_stand_apart() -> None:
    error = TooLarge(limit="1 MB")
    assert error.text == "This is too large. The limit is 1 MB."
    assert error.facts == {"limit": "1 MB"}
    assert error.message == TooLarge.message


def test_a_message_of_its_own_replaces_the_general_one() -> None:
    assert str(NotFound("No organization is called %(name)s.", name="X")) == "No organization is called X."


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_has_a_sentence_for_people(kind: type[CommonsError]) -> None:
    assert kind.message[0].isupper()
    assert kind.message[-1] in ".s"
    assert issubclass(kind, CommonsError)


def test_a_percent_sign_without_facts_is_just_a_percent_sign() -> None:
    assert str(NotFound("100% gone")) == "100% gone"
    assert str(Problem("/title", "100% wrong")) == "100% wrong"


def test_invalid_lists_every_problem() -> None:
    error = Invalid([Problem("/title", "Too long: %(n)s.", {"n": 3}), Problem("", "Empty.")])
    assert error.text == "Some answers need attention.; /title: Too long: 3.; /: Empty."
    assert [problem.pointer for problem in error.problems] == ["/title", ""]


def test_a_problem_can_be_seen_from_a_containing_document() -> None:
    inner = Problem("/title", "Too long: %(n)s.", {"n": 3})
    assert inner.under("/account") == Problem("/account/title", "Too long: %(n)s.", {"n": 3})


def test_a_setting_error_names_setting_and_reason() -> None:
    assert str(SettingError(name="port", reason="too high")) == "Setting port: too high"
