"""From what people write in a cell to codes.

Facets by code, slug or label; countries by code or name; each in four languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from babel import Locale

from registry.account.dates import NO_DATE
from registry.account.fields import NO_COUNTRY
from registry.account.types import TOLD_STATES, Answer
from registry.intake.bulk import names
from registry.intake.bulk.cells import fold
from taxonomy import Taxonomy

LOOKED_AT = 120
"""Characters of an unknown answer that are compared with known ones."""


@cache
def codes(taxonomy: Taxonomy, facet: str) -> Mapping[str, str]:
    """Folded words → code, for one facet: codes and slugs before labels, labels before other words.

    What names two answers is left out: nobody could say which one is meant.
    """
    known: dict[str, str] = {}
    for step in (_exact, _labels, _others):
        known = _unambiguous(step(taxonomy, facet)) | known
    return known


def nearest(taxonomy: Taxonomy, facet: str, said: str) -> str | None:
    """The code whose words are most like these, if any are."""
    known = codes(taxonomy, facet)
    close = get_close_matches(fold(said[:LOOKED_AT]), known, 1, 0.75)
    return known[close[0]] if close else None


@cache
def countries(taxonomy: Taxonomy) -> Mapping[str, str]:
    """Folded codes and names in four languages → ISO 3166-1 alpha-2 code, or the word that stands instead."""
    known = {fold(name): code for code, name in taxonomy.countries.items()}
    for language in names.LANGUAGES:
        named = Locale(language).territories
        known |= {fold(str(named[code])): code for code in taxonomy.countries if code in named}
    known |= {fold(code): code for code in taxonomy.countries}
    return known | _words("places", NO_COUNTRY)


@cache
def no_date() -> Mapping[str, str]:
    """Folded words → what stands in place of a date."""
    return _words("places", NO_DATE)


@cache
def intervals() -> Mapping[str, str]:
    """Folded words → answer of an interval that has no hours."""
    return _words("intervals", [answer.value for answer in Answer if answer is not Answer.AFTER])


@cache
def units() -> Mapping[str, int]:
    """Folded words of a length of time → its hours."""
    return {words: int(hours) for words, hours in _words("units").items()}


@cache
def told_states() -> Mapping[str, str]:
    """Folded words → state of telling an audience."""
    return _words("told", TOLD_STATES)


def _exact(taxonomy: Taxonomy, facet: str) -> Iterator[tuple[str, str]]:
    for code in taxonomy.facets[facet].values:
        yield fold(code), code
        yield fold(code.partition("/")[2]), code


def _labels(taxonomy: Taxonomy, facet: str) -> Iterator[tuple[str, str]]:
    for code, value in taxonomy.facets[facet].values.items():
        if value.deprecated:
            continue
        for language in taxonomy.languages:
            label = taxonomy.label(code, language)
            yield fold(label), code
            yield fold(label).lstrip("0123456789 ") or fold(label), code


def _others(taxonomy: Taxonomy, facet: str) -> Iterator[tuple[str, str]]:
    for code, value in taxonomy.facets[facet].values.items():
        if not value.deprecated:
            for word in value.alt:
                yield fold(word), code


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for words, code in pairs:
        found.setdefault(words, set()).add(code)
    return {words: next(iter(meant)) for words, meant in found.items() if len(meant) == 1 and words}


def _words(kind: str, codes_too: Iterable[str] = ()) -> dict[str, str]:
    """Folded words → code, the codes themselves among the words."""
    found = {fold(code): code for code in codes_too}
    return found | {fold(word): code for code, word in names.answers(kind)}
