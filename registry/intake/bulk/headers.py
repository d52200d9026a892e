"""What each column of a file means: ours by name in four languages, others' by their lists. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from registry.errors import N_, Invalid, Problem
from registry.intake.bulk import foreign, names
from registry.intake.bulk.cells import fold
from registry.intake.bulk.columns import AUDIENCE, ERRORS, by_name
from taxonomy import Taxonomy

_NAMED = re.compile(r"\[([a-z][a-z_-]{0,40})\]\s*\Z")
"""How our template ends the name of a column, so that titles may be reworded."""


class Use(StrEnum):
    """What happens to the cells of a column."""

    FIELD = "field"  # they are a field of ours
    CODED = "coded"  # answers of others, made into ours where the crosswalk says how
    STORY = "story"  # free words, kept at the end of the story
    NOWHERE = "not-kept"  # known, and there is no place for it
    UNKNOWN = "unknown"  # nobody knows what it means
    OURS = "ours"  # we added it to a checked copy


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column of a file is for.

    ``column`` is ours (``Use.FIELD``); ``facets`` and ``field`` say where answers of others are looked for
    (``Use.CODED``), and with ``story`` what is no answer goes to the end of the story; ``why`` is a gettext
    id that says why a column is not kept.
    """

    use: Use
    column: str = ""
    facets: tuple[str, ...] = ()
    field: str = ""
    story: bool = False
    why: str = ""


UNKNOWN = Meaning(Use.UNKNOWN)


def meanings(header: Sequence[str], taxonomy: Taxonomy) -> list[Meaning]:
    """One meaning a column; raises ``Invalid`` where two columns are the same field of ours."""
    found = [meaning(name, taxonomy) for name in header]
    problems = list(_twice(header, found))
    if problems:
        raise Invalid(problems)
    return found


def meaning(name: str, taxonomy: Taxonomy) -> Meaning:
    """The meaning of one column by its name."""
    named = _NAMED.search(name)
    if named is not None and named[1] in (*by_name(taxonomy), ERRORS):
        return _own(named[1])
    return _known(taxonomy).get(fold(name), UNKNOWN)


def recognised(header: Sequence[str], taxonomy: Taxonomy) -> int:
    """How many columns have a name that is known."""
    return sum(meaning(name, taxonomy).use is not Use.UNKNOWN for name in header)


def shown(column: str, taxonomy: Taxonomy, language: str) -> str:
    """What one of our columns is called in a language."""
    if column in names.named():
        return names.shown(column, language)
    return taxonomy.title(column, language)


@cache
def _known(taxonomy: Taxonomy) -> dict[str, Meaning]:
    """Folded name → meaning; who comes first keeps the name: ours, then the OECD's, then AIID's."""
    known: dict[str, Meaning] = {}
    for name, meant in (*_ours(taxonomy), *_oecd(taxonomy), *_aiid()):
        known.setdefault(fold(name), meant)
    return known


def _ours(taxonomy: Taxonomy) -> Iterator[tuple[str, Meaning]]:
    for column in (*by_name(taxonomy), ERRORS):
        yield column, _own(column)
    for column in names.named():
        for name in names.names(column):
            yield name, _own(column)
    for facet in taxonomy.facets:
        if facet != AUDIENCE:
            for language in taxonomy.languages:
                yield taxonomy.title(facet, language), _own(facet)
                yield taxonomy.ask(facet, language), _own(facet)  # tables made from forms are headed so
            for name in names.of_facet(facet):
                yield name, _own(facet)


def _own(column: str) -> Meaning:
    return Meaning(Use.OURS if column == ERRORS else Use.FIELD, column)


def _oecd(taxonomy: Taxonomy) -> Iterator[tuple[str, Meaning]]:
    for code, label in taxonomy.lists[foreign.CRITERIA].labels.items():
        if not code.startswith("C"):
            continue
        meant = _criterion(code, taxonomy)
        number = str(int(code[1:]))
        for name in (code, f"C{number}", f"Criterion {number}", label, *foreign.OECD_NAMES.get(code, ())):
            yield name, meant
            yield f"{number}. {label}", meant


def _criterion(code: str, taxonomy: Taxonomy) -> Meaning:
    if code in foreign.OECD_FIELDS:
        return _own(foreign.OECD_FIELDS[code])
    story = code in foreign.OECD_STORY
    if code in foreign.OECD_CODED:
        fed = tuple(
            name
            for name, facet in taxonomy.facets.items()
            if code in facet.oecd_criteria and name != AUDIENCE
        )
        return Meaning(Use.CODED, facets=fed, field=code, story=story)
    if story:
        return Meaning(Use.STORY)
    return Meaning(Use.NOWHERE, why=foreign.OECD_NOWHERE[code])


def _aiid() -> Iterator[tuple[str, Meaning]]:
    for name, column in foreign.AIID_FIELDS.items():
        yield name, _own(column)
    for name, why in foreign.AIID_NOWHERE.items():
        yield name, Meaning(Use.NOWHERE, why=why)


def _twice(header: Sequence[str], found: Sequence[Meaning]) -> Iterator[Problem]:
    first: dict[tuple[str, str], str] = {}
    for name, meant in zip(header, found, strict=True):
        if meant.use not in (Use.FIELD, Use.CODED):
            continue
        key = (meant.column, meant.field)
        if key in first:
            message = N_("The columns “%(one)s” and “%(other)s” mean the same. Keep one of them.")
            yield Problem("", message, {"one": first[key][:60], "other": name[:60]})
        first.setdefault(key, name)
