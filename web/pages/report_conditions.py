"""When a question applies, as data: conditions on the answers given so far. Pure.

A question that does not apply is not asked. An answer that was given while it did apply stays in the
draft and is not sent; the page on which answers are checked says so and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.errors import N_
from taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where one of ``codes``, or a narrower one, is chosen; with ``unless``, where none of them is.

    ``because`` is the msgid that says why an answer is left out where it does not hold.
    """

    codes: tuple[str, ...]
    because: str
    unless: bool = False

    @property
    def facet(self) -> str:
        """The facet it looks at."""
        return self.codes[0].partition("/")[0]


ATTACK = Condition(
    ("failure/attack", "failure/breach"),
    N_("You chose neither an attack on the AI nor a security breach as what went wrong."),
)
"""Somebody attacked: questions on who and why."""
EVENT = Condition(("kind/hazard",), N_("You chose a hazard: nothing has happened yet."), unless=True)
"""Something happened, or nearly did: questions on how it ended."""
CHECKED = Condition(
    ("kind/suspected",), N_("You chose a suspected incident, which says how sure it is."), unless=True
)
"""The kind does not say already how sure it is."""
POSSIBLE = Condition(("kind/near-miss", "kind/hazard"), "")
"""No harm was done: questions ask for what could have followed."""


@dataclass(frozen=True, slots=True)
class Several:
    """Holds where more than one code of a facet is chosen. Nothing is left out where it does not."""

    facet: str
    because: str = ""


def holds(condition: Condition | Several | None, account: Mapping[str, Any], taxonomy: Taxonomy) -> bool:
    """Whether a condition holds for the answers; no condition always does."""
    if condition is None:
        return True
    if isinstance(condition, Several):
        return len(list(_chosen(account, condition.facet))) > 1
    met = any(_under(code, condition.codes, taxonomy) for code in _chosen(account, condition.facet))
    return met is not condition.unless


def _chosen(account: Mapping[str, Any], facet: str) -> Iterable[str]:
    answers = account.get("classification")
    codes = answers.get(facet) if isinstance(answers, Mapping) else None
    return codes if isinstance(codes, list | tuple) else ()


def _under(code: str, broader: tuple[str, ...], taxonomy: Taxonomy) -> bool:
    return code in broader or (code in taxonomy and any(up in broader for up in taxonomy.ancestors(code)))
