"""Which of another node's records are fetched, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list

from registry.errors import N_
from registry.federation.rules import Scope
from registry.record.types import RecordType
from web.pages.messages import gettext
from web.pages.words import label, language_name, locale

KINDS = {
    RecordType.INCIDENT.value: N_("Incidents"),
    RecordType.REPORT.value: N_("Reports"),
    RecordType.STATEMENT.value: N_("Statements"),
}


def only(scope: Scope) -> list[str]:
    """What a record has to be, one condition each ("Health or Education"); nothing where all are fetched."""
    facets: dict[str, list[str]] = {}
    for code in sorted(scope.codes):
        facets.setdefault(code.partition("/")[0], []).append(label(code))
    kinds = [gettext(name) for kind, name in KINDS.items() if kind in scope.kinds]
    languages = [language_name(code) for code in sorted(scope.languages)]
    return [_either(names) for names in (kinds, languages, *facets.values()) if names]


def _either(names: Iterable[str]) -> str:
    return format_list(list(names), style="or", locale=locale())
