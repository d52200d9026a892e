"""Words of the taxonomy's labels, and of country names, in every language: which codes do they name?

Labels are looked up when a query is read instead of being indexed with each record. A record coded
"Health" is found by "salud" whatever language it is written in, and a better translation needs no
new index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from babel import Locale

from search.analysis import is_stop_word, language_of, query_terms, terms
from search.folding import find_words
from taxonomy import Taxonomy

_SILENT = (
    "tlp",
    "phase",
    "status",
    "confidence",
    "reporter",
    "cause-timing",
    "cause-intent",
    "cause-entity",
    "ai-role",
)
"""Facets about the handling of a record: their words name no content that people search for."""
_SHORTEST = 2


class LabelWords:
    """Index term → ``facet``, ``code`` pairs whose label or other name holds that word."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        found: dict[str, set[tuple[str, str]]] = {}
        for language in taxonomy.languages:
            for facet, code, text in _names(taxonomy, language):
                for term in _terms(text, language):
                    found.setdefault(term, set()).add((facet, code))
        self._codes = {term: tuple(sorted(codes)) for term, codes in found.items()}
        self._languages = tuple(language_of(language) for language in taxonomy.languages)

    def codes(self, word: str) -> tuple[tuple[str, str], ...]:
        """The codes that a word as typed may name, in any of the taxonomy's languages."""
        looked_up = (self._codes.get(term, ()) for term in query_terms(word, self._languages))
        return tuple(dict.fromkeys(pair for pairs in looked_up for pair in pairs))


@lru_cache(maxsize=2)
def label_words(taxonomy: Taxonomy) -> LabelWords:
    """The words of a taxonomy, worked out once in a process: a taxonomy does not change."""
    return LabelWords(taxonomy)


def _names(taxonomy: Taxonomy, language: str) -> Iterator[tuple[str, str, str]]:
    for facet in taxonomy.facets.values():
        if facet.id in _SILENT:
            continue
        for value in facet.values.values():
            yield facet.id, value.code, taxonomy.label(value.code, language)
            if language == "en":
                yield from ((facet.id, value.code, name) for name in value.alt)
    for code, name in _territories(language).items():
        if len(code) == _SHORTEST and code.isalpha():
            yield "country", code, name


def _terms(text: str, language: str) -> Iterable[str]:
    code = language_of(language)
    words = [word for _, _, word in find_words(text) if not is_stop_word(word, code)]
    return (term for word in words for term in terms(word, code))


@cache
def _territories(language: str) -> dict[str, str]:
    return dict(Locale(language).territories)
