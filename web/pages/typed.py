"""What was typed into a form, and what is wrong with it: enough to show the form again as it was."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import request

from registry.errors import CommonsError, Invalid, TooManyTries
from web.pages.waiting import slow_down
from web.pages.words import say

TEXT_MAX = 20_000
"""Characters of one answer that are looked at; every service has narrower bounds of its own."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Answers by the name of their control; errors by name, as finished sentences."""

    values: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    conflict: str | None = None

    @property
    def complaints(self) -> list[tuple[str, str]]:
        """Lines of the error summary: the id of the control, or none, and the sentence."""
        general = [("", self.conflict)] if self.conflict else []
        return [*general, *self.errors.items()]

    def wrong(self, error: CommonsError) -> Typed:
        """The same answers with what an error says about them; problems name controls by their pointer."""
        if isinstance(error, Invalid):
            errors = {problem.pointer.split("/")[1]: say(problem) for problem in error.problems}
            return Typed(self.values, self.chosen, errors)
        sentence = slow_down(error) if isinstance(error, TooManyTries) else say(error)
        return Typed(self.values, self.chosen, {}, sentence)


def read(*names: str, lists: tuple[str, ...] = ()) -> Typed:
    """The answers of these names from the form that was sent; ``lists`` may have several each."""
    values = {name: request.form.get(name, "")[:TEXT_MAX] for name in names}
    return Typed(values, {name: request.form.getlist(name)[:100] for name in lists})
