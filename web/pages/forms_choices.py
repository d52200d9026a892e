"""What a form offers to choose from: codes of a facet in groups, countries, languages.

Answers that stand alone ("none", "not known") come last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from api.node import the_node
from registry.account import typed_dates
from taxonomy import Value
from web.pages.forms import UNSAID, Field
from web.pages.messages import gettext
from web.pages.words import day, definition, label, language_name, locale, tongue

_LANGUAGES = (
    "en fr es ar pt sw ha yo ig am om so rw ln zu xh ny sn mg fa ps ur hi bn pa ta te ml mr ne si my km lo "
    "th vi id ms tl zh ja ko ru uk tr ku az ka hy kk uz ky tg mn de it nl pl ro el sr sq ht qu gn ay he"
)
LANGUAGES = tuple(_LANGUAGES.split())
"""Languages that are offered: those of the pages first, then widely used ones."""
OTHER = "other"
"""Stands for a language that is not offered, and is written beside the list."""
_JOINED = re.compile(r" (?:AND|OR) ")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its code, words, meaning and, for severity, the tests that decide.

    With ``every`` all of the tests have to be met, otherwise any one of them.
    """

    code: str
    text: str
    hint: str
    tests: tuple[str, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A broader answer with its narrower ones; ``narrower`` is empty for an answer without any."""

    head: Choice
    narrower: tuple[Choice, ...]


def groups(field: Field) -> list[Group]:
    """The answers of a facet, broader ones with their narrower ones."""
    taxonomy = the_node().taxonomy
    offered = [value for value in taxonomy.choices(field.facet) if value.code not in field.without]
    if field.facet == "severity":
        offered.sort(key=lambda value: -1 if value.level is None else value.level, reverse=True)
    return [
        Group(_choice(value), tuple(_choice(taxonomy.value(code)) for code in taxonomy.narrower(value.code)))
        for value in offered
        if value.broader is None
    ]


def chosen(field: Field, values: MultiDict[str, str]) -> list[Choice]:
    """The answers of a facet that were chosen before, of those that exist, in the taxonomy's order."""
    held = values.getlist(field.facet)
    return [_choice(value) for value in the_node().taxonomy.choices(field.facet) if value.code in held]


def country_names() -> list[str]:
    """Names of all countries in the reader's language, in its order."""
    names = locale().territories
    known = the_node().taxonomy.countries
    return sorted(str(names.get(code, name)) for code, name in known.items())


def languages() -> list[tuple[str, str]]:
    """Code and name of the languages offered, and that it is another one."""
    return [*((code, language_name(code)) for code in LANGUAGES), (OTHER, gettext("Another language"))]


def unsaid() -> list[tuple[str, str]]:
    """Code and words of what stands in place of an answer."""
    return [(code, gettext(words)) for code, words in UNSAID.items()]


def audiences() -> list[Choice]:
    """Whom one could tell: every audience but "nobody" and "not known"."""
    return [_choice(value) for value in the_node().taxonomy.choices("audience") if not value.exclusive]


def meanings(typed: str) -> list[tuple[str, str]]:
    """The days that a date can mean, with their words; empty unless there are two."""
    found = typed_dates.read(typed).dates
    return [(one, day(one)) for one in found] if len(found) > 1 else []


def _choice(value: Value) -> Choice:
    test = "" if value.level is None else the_node().taxonomy.test(value.code, tongue())
    every = " AND " in test and " OR " not in test
    parts = [part.strip() for part in _JOINED.split(test) if part.strip()]
    tests = tuple(f"{part[0].upper()}{part[1:].rstrip('.')}" for part in parts) if parts[1:] else tuple(parts)
    return Choice(value.code, label(value.code), definition(value.code), tests, every)
