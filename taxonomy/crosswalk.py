"""From external classifications to common codes and back.

A mapping says how our concept relates to an external one (SKOS, section 10). Only three of the five
relations let us *derive* our code from theirs: ``exactMatch``, ``closeMatch`` and ``narrowMatch``
(ours is the broader one, so theirs implies ours). ``broadMatch`` and ``relatedMatch`` do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from taxonomy import crosswalk_data as data
from taxonomy import source
from taxonomy.codelists import CodeLists
from taxonomy.published import Scheme
from taxonomy.types import Mapping as Match
from taxonomy.types import TaxonomyError, Value

DERIVING = ("exactMatch", "closeMatch", "narrowMatch")
"""Relations in which the external code implies ours, strongest first."""
NEVER_DERIVED = frozenset({"severity", "confidence", "status", "reporter", "tlp", "phase"})
"""Facets that only people, or this registry, may set: a foreign scale is no judgement of ours."""


class Crosswalk:
    """Every mapping, in the order of the file, and the schemes whose published labels can be read."""

    def __init__(
        self,
        raw: Mapping[str, Any],
        schemes: Iterable[Scheme],
        values: Mapping[str, Value],
        lists: CodeLists,
    ) -> None:
        self.version: str = raw["version"]
        self.justification: str = raw["justification"]
        self.mappings = tuple(data.mappings(raw))
        self.schemes = {scheme.name: scheme for scheme in schemes}
        self._lists = lists
        self._values = values
        self._by_external: dict[str, list[Match]] = {}
        self._by_code: dict[str, list[Match]] = {}
        for match in self.mappings:
            self._by_external.setdefault(match.external, []).append(match)
            self._by_code.setdefault(match.code, []).append(match)
        self._derived: dict[str, list[Match]] = {}

    @classmethod
    def read(cls, folder: Path, values: Mapping[str, Value], lists: CodeLists) -> Crosswalk:
        """The crosswalk in ``folder``; raises ``TaxonomyError`` with every fault of its files."""
        raw = source.read(folder / "crosswalk.yaml")
        schemes = [Scheme.read(path, lists) for path in sorted((folder / "published").glob("*.yaml"))]
        found = [*data.faults(raw, values, lists)]
        for scheme in schemes:
            found.extend(scheme.faults())
        if found:
            raise TaxonomyError(tuple(found))
        return cls(raw, schemes, values, lists)

    def derive(self, scheme: str, field: str, value: str) -> list[Match]:
        """Common codes that a published label of an external record implies; ``[]`` when unmapped.

        ``scheme`` and ``field`` are named as in the collection (``CSETv1``, ``Sector of Deployment``),
        ``value`` is the cell as published and may hold several labels. Deterministic: the order of the
        labels, then of the crosswalk; each code once. Severity is never derived.
        """
        known = self.schemes.get(scheme)
        if known is None:
            return []
        found: dict[str, Match] = {}
        for external in known.codes(field, value):
            for match in self._implied(external):
                found.setdefault(match.code, match)
        return list(found.values())

    def derive_all(self, raw: Mapping[str, Mapping[str, object]]) -> list[Match]:
        """``derive`` over a whole record: scheme → field → cell (text or list of texts), each code once.

        An answer that must stand alone ("none", "not known") gives way to others of its facet.
        """
        found: dict[str, Match] = {}
        for scheme, fields in raw.items():
            for field, cell in fields.items():
                for text in cell if isinstance(cell, list) else [cell]:
                    for match in self.derive(scheme, field, str(text)):
                        found.setdefault(match.code, match)
        return self._settled(found)

    def to_external(self, code: str, list_id: str) -> list[Match]:
        """How a common code is expressed in an external list, in the order of the crosswalk."""
        return [match for match in self.of(code) if match.external.partition(":")[0] == list_id]

    def of(self, code: str) -> list[Match]:
        """Every mapping of a common code; ``[]`` when it has no counterpart and is lost on export."""
        return self._by_code.get(code, [])

    def _implied(self, external: str) -> list[Match]:
        if external not in self._derived:
            self._derived[external] = self._direct(external) or self._by_parent(external)
        return self._derived[external]

    def _direct(self, external: str) -> list[Match]:
        return [
            match
            for match in self._by_external.get(external, ())
            if match.match in DERIVING and match.code.partition("/")[0] not in NEVER_DERIVED
        ]

    def _by_parent(self, external: str) -> list[Match]:
        """What the broader external concept implies holds for the narrower one too."""
        list_id, _, code = external.partition(":")
        parent = self._lists[list_id].parents.get(code)
        if parent is None:
            return []
        return [
            Match(match.code, external, "narrowMatch", min(match.confidence, 0.7), match.note)
            for match in self._implied(f"{list_id}:{parent}")
        ]

    def _settled(self, found: Mapping[str, Match]) -> list[Match]:
        facets = [code.partition("/")[0] for code in found]
        return [
            match
            for code, match in found.items()
            if not (self._values[code].exclusive and facets.count(code.partition("/")[0]) > 1)
        ]
