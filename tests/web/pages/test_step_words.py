"""Every step of a report that the code takes has words for people, in every language."""

from __future__ import annotations

import pytest

from registry.intake import steps
from registry.intake.rules import Action
from tests.web.pages.steps_told import actions
from web import catalogues
from web.pages.states import DRAFTING, REPEATED, STEPS

LEAST = 40
"""So many kinds of steps there are at the least: fewer, and the code is not read rightly any more."""


def test_each_step_has_words_and_no_words_are_left_of_steps_that_are_gone() -> None:
    told = actions(steps.SUBJECT)
    assert len(told) > LEAST
    assert told >= {action.value for action in Action}
    assert told == set(STEPS)
    assert told >= DRAFTING | REPEATED


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_words_are_there_in_every_language_and_tell_steps_apart(language: str) -> None:
    catalogue = catalogues.read(catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po", language)
    found = {}
    for action, words in STEPS.items():
        message = catalogue.get(words)
        assert message is not None, action
        assert not message.fuzzy, action
        found[action] = str(message.string)
    assert "" not in found.values()
    assert len(set(found.values())) == len(set(STEPS.values())) == len(STEPS)


def test_a_step_without_words_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(STEPS, "relate")
    assert actions(steps.SUBJECT) - set(STEPS) == {"relate"}


def test_steps_beside_reports_are_read_from_the_code_as_well() -> None:
    """No page tells those of partners: they are in the exported trail, by their codes."""
    assert actions("green-partner") == {"grant", "end", "forget"}
