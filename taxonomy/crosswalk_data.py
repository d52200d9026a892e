"""The layout of ``crosswalk.yaml``: read its mappings and find its faults.

The file groups mappings by our code and by relation::

    confidence: {exactMatch: 0.9, …}
    mappings:
      failure/bias:
        closeMatch: ['avid-sep:E0100', …]
    notes:
      kind/near-miss oecd-definitions:hazard: what this mapping loses
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from taxonomy.codelists import CodeLists
from taxonomy.types import Mapping as Match

RELATIONS = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
"""SKOS mapping properties, without prefix."""


def mappings(raw: Mapping[str, Any]) -> Iterator[Match]:
    """Every mapping, in the order of the file."""
    for code, relation, external in _rows(raw):
        note = raw.get("notes", {}).get(f"{code} {external}")
        yield Match(code, external, relation, raw["confidence"][relation], note)


def faults(raw: Mapping[str, Any], codes: Collection[str], lists: CodeLists) -> Iterator[str]:
    """Every fault: unknown codes on either side, unknown relations, pairs given twice, stray notes."""
    pairs: set[str] = set()
    for code, relation, external in _rows(raw):
        pair = f"{code} {external}"
        if code not in codes:
            yield f"crosswalk.yaml: {code} is not a code of the taxonomy"
        if relation not in raw.get("confidence", {}) or relation not in RELATIONS:
            yield f"crosswalk.yaml: {code}: unknown relation {relation}"
        if not exists(external, lists):
            yield f"crosswalk.yaml: {code}: {external} does not exist"
        if pair in pairs:
            yield f"crosswalk.yaml: {pair} is given twice"
        pairs.add(pair)
    for pair in raw.get("notes", {}):
        if pair not in pairs:
            yield f"crosswalk.yaml: note on {pair}, which is not mapped"


def exists(external: str, lists: CodeLists) -> bool:
    """Whether ``<list>:<code>``, split at the first colon, names an entry of a list."""
    list_id, _, code = external.partition(":")
    return list_id in lists and code in lists[list_id].labels


def _rows(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for code, relations in raw.get("mappings", {}).items():
        for relation, externals in relations.items():
            for external in externals:
                yield code, relation, external
