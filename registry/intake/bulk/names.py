"""What our own columns are called and how their cells are filled, in the languages of the taxonomy.

The words are data: ``words/<language>.yaml``. Columns of facets take theirs from the taxonomy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "fr", "es", "ar")
FOLDER = Path(__file__).with_name("words")


@cache
def words(language: str) -> Mapping[str, Any]:
    """All words of a language, those of English for a language that has none."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    found: Mapping[str, Any] = yaml.safe_load((FOLDER / f"{known}.yaml").read_text("utf-8"))
    return found


def names(column: str) -> Iterator[str]:
    """Every name of a column, in every language."""
    for language in LANGUAGES:
        yield from words(language)["columns"][column]["names"]


def of_facet(facet: str) -> Iterator[str]:
    """Names that people give the column of a facet, in every language."""
    for language in LANGUAGES:
        yield from words(language)["facets"].get(facet, ())


def named() -> tuple[str, ...]:
    """The columns that have names here."""
    return tuple(words("en")["columns"])


def shown(column: str, language: str) -> str:
    """What the template calls a column that has names here."""
    return str(words(language)["columns"][column]["names"][0])


def advice(column: str, language: str) -> str:
    """How the cells of a column are filled."""
    return str(words(language)["columns"][column].get("help", ""))


def explaining() -> Iterator[str]:
    """Names of the sheet of our template that explains columns and codes."""
    for language in LANGUAGES:
        yield words(language)["template"]["codes"]


def answers(kind: str) -> Iterator[tuple[str, str]]:
    """(code or hours, word) for ``intervals``, ``told``, ``places`` or ``units``, in every language."""
    for language in LANGUAGES:
        for code, said in words(language)[kind].items():
            yield from ((str(code), word) for word in said)
