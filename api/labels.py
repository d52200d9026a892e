"""Words for the codes that search counts: of the taxonomy, of countries, of what search computes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale

from registry.account.fields import NO_COUNTRY
from registry.account.regions import COUNTRIES_OF
from search.facets import COMPUTED, COMPUTED_LABELS
from taxonomy import Taxonomy

_NO_COUNTRY = {"unknown": "Not known", "withheld": "Withheld"}


@cache
def labels(taxonomy: Taxonomy, lang: str) -> Mapping[str, Mapping[str, str]]:
    """Facet → code → label; a code that is not there (a year, a source) is its own label."""
    found: dict[str, dict[str, str]] = {
        facet.id: {code: taxonomy.label(code, lang) for code in facet.values}
        for facet in taxonomy.facets.values()
    }
    found |= {facet: COMPUTED_LABELS.get(facet, {}) for facet in COMPUTED}
    names = Locale(lang).territories
    found["country"] = {code: names.get(code, name) for code, name in taxonomy.countries.items()}
    found["country"] |= {code: _NO_COUNTRY[code] for code in NO_COUNTRY}
    found["region"] = {code: names.get(code, code) for code in COUNTRIES_OF}
    found["language"] = {str(code): str(name) for code, name in Locale(lang).languages.items()}
    return found
