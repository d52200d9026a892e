"""The taxonomy itself: facets, values, words in several languages, and the way to the crosswalk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from taxonomy import build, classification, faults, source
from taxonomy.codelists import CodeLists
from taxonomy.crosswalk import Crosswalk
from taxonomy.translations import Translations
from taxonomy.types import Facet, Problem, TaxonomyError, Value

REMEMBERED = 4096
"""Answers to one question of which it is remembered whether they are good."""
REMEMBERED_CODES = 8


def load(folder: Path = source.FOLDER) -> Taxonomy:
    """The validated taxonomy in ``folder``, kept for the life of the process.

    Raises ``TaxonomyError`` listing every fault of ``common.yaml``. The external lists and the
    crosswalk are read, and checked in the same way, when they are first used: few requests need them.
    """
    return _load(folder)


@cache
def _load(folder: Path) -> Taxonomy:
    raw = source.read(folder / "common.yaml")
    found = tuple(faults.common(raw))
    if found:
        raise TaxonomyError(found)
    return Taxonomy(folder, raw)


class Taxonomy:
    """One version of the common taxonomy. Immutable; safe to share between threads.

    ``name`` is the scheme's own; ``version`` is the semantic version of the whole scheme; ``facets``
    maps facet ids to facets in the order of the form; ``glossary`` maps each phrase of the
    incident-response field to the codes that express it.
    """

    def __init__(self, folder: Path, raw: Mapping[str, Any]) -> None:
        self.folder = folder
        self.name: str = raw["title"]
        self.version: str = raw["version"]
        self.status: str = raw["status"]
        self.languages: tuple[str, ...] = tuple(raw["languages"])
        self.facets: dict[str, Facet] = build.facets(raw)
        self.glossary: dict[str, tuple[str, ...]] = {
            entry["phrase"]: tuple(entry["codes"]) for entry in raw["coverage_of_glossary"]
        }
        self.words = Translations(folder / "labels")
        self.lists = CodeLists(folder / "facts")
        self._values = {code: value for facet in self.facets.values() for code, value in facet.values.items()}
        self._narrower = _descendants(self._values)
        self._is_good = lru_cache(REMEMBERED)(partial(classification.is_good, self.facets))

    def value(self, code: str) -> Value:
        """The value of a code, deprecated ones too; ``KeyError`` when there is none."""
        return self._values[code]

    def __contains__(self, code: object) -> bool:
        """Whether it is a code of this version."""
        return code in self._values

    def label(self, code: str, lang: str = "en") -> str:
        """The short name of a code in a language, in English where a translation is missing."""
        return self.words.text(lang, "labels", code) or self.value(code).label

    def definition(self, code: str, lang: str = "en") -> str:
        """What a code means, in one sentence."""
        return self.words.text(lang, "definitions", code) or self.value(code).definition

    def test(self, code: str, lang: str = "en") -> str:
        """The decision test of a severity, or nothing; AND and OR join its parts in every language."""
        return self.words.text(lang, "tests", code) or self.value(code).test or ""

    def title(self, facet: str, lang: str = "en") -> str:
        """The name of a facet."""
        return self.words.text(lang, "titles", facet) or self.facets[facet].title

    def ask(self, facet: str, lang: str = "en") -> str:
        """The question that a form puts."""
        return self.words.text(lang, "asks", facet) or self.facets[facet].ask

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The broader codes, nearest first."""
        chain = []
        parent = self.value(code).broader
        while parent is not None:
            chain.append(parent)
            parent = self.value(parent).broader
        return tuple(chain)

    def narrower(self, code: str) -> tuple[str, ...]:
        """Every code below this one, in display order."""
        self.value(code)
        return self._narrower.get(code, ())

    def choices(self, facet: str) -> list[Value]:
        """What a form offers: not deprecated, parents before their children."""
        return [value for value in self.facets[facet].values.values() if not value.deprecated]

    def check(self, answers: object, *, complete: bool = False) -> list[Problem]:
        """What is wrong with a classification (facet → list of codes); empty when it is good.

        With ``complete``, required facets must be answered too, except those that software sets
        and those that belong to a later stage. Pointers are relative to the classification.
        """
        found = list(classification.problems(self.facets, self._doubtful(answers)))
        if complete and isinstance(answers, Mapping):
            found.extend(classification.missing(self.facets, answers))
        return found

    def _doubtful(self, answers: object) -> object:
        """The answers but for those that were found good before: most records say what others said."""
        if not isinstance(answers, Mapping):
            return answers
        return {name: codes for name, codes in answers.items() if not self._was_good(name, codes)}

    def _was_good(self, name: object, codes: object) -> bool:
        """Only short lists of known codes are remembered, so that nobody can fill the memory."""
        if not isinstance(codes, list) or len(codes) > REMEMBERED_CODES or name not in self.facets:
            return False
        if not all(isinstance(code, str) and code in self._values for code in codes):
            return False
        return self._is_good(name, tuple(codes))

    @cached_property
    def crosswalk(self) -> Crosswalk:
        """The mappings to external lists; raises ``TaxonomyError`` when they have faults."""
        return Crosswalk.read(self.folder, self._values, self.lists)

    @property
    def countries(self) -> Mapping[str, str]:
        """ISO 3166-1 alpha-2 codes and English names."""
        return self.lists["iso-3166-1"].labels


def _descendants(values: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {}
    for code, value in values.items():
        parent = value.broader
        while parent is not None:
            below.setdefault(parent, []).append(code)
            parent = values[parent].broader
    return {code: tuple(codes) for code, codes in below.items()}
