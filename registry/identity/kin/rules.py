"""Families of organizations and ties of people, as rules. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from registry.account.about import folded
from registry.errors import N_, Conflict, Invalid, Problem

COOLING_OFF: Final = timedelta(days=365)
"""How long somebody who left an organization does not judge its reports."""
NAMES_MAX: Final = 30
"""Other names of an organization, and names of organizations that a person has ties with."""
NAME_MAX: Final = 200


def family(parents: Mapping[str, str], organization_id: str) -> frozenset[str]:
    """Every organization with the same topmost parent, itself included; ``parents`` is child → parent."""
    top = _top(parents, organization_id)
    return frozenset([organization_id, top, *(child for child in parents if _top(parents, child) == top)])


def refuse_circle(parents: Mapping[str, str], child: str, parent: str) -> None:
    """Raises ``Conflict`` where the parent would belong to its own child."""
    above: str | None = parent
    while above is not None:
        if above == child:
            raise Conflict(N_("An organization cannot belong to itself, or to one that belongs to it."))
        above = parents.get(above)


def read_names(text: str) -> list[str]:
    """The names of a text, one a line, each once; raises ``Invalid`` for too many or too long ones."""
    names = {folded(line): " ".join(line.split()) for line in text.splitlines() if line.strip()}
    problems = list(_problems(names.values()))
    if problems:
        raise Invalid(problems)
    return list(names.values())


def _problems(names: Iterable[str]) -> Iterable[Problem]:
    kept = list(names)
    if len(kept) > NAMES_MAX:
        yield Problem("/names", N_("At most %(limit)s names, one a line."), {"limit": NAMES_MAX})
    if any(len(name) > NAME_MAX for name in kept):
        yield Problem("/names", N_("A name has at most %(limit)s characters."), {"limit": NAME_MAX})


def _top(parents: Mapping[str, str], organization_id: str) -> str:
    """The topmost parent; rows form no circle (``refuse_circle``), and one would end all the same."""
    seen = {organization_id}
    while (above := parents.get(organization_id)) is not None and above not in seen:
        organization_id = above
        seen.add(above)
    return organization_id
