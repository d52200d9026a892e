"""How labels as published in a collection become codes of an external list.

A file ``published/<scheme>.yaml`` names the list and, for every field that is read, its rules::

    scheme: CSETv1
    list: cset-v1
    fields:
      Sector of Deployment:
        under: '9.3'            # labels of the list's entries below this one
        several: true           # a cell may hold several labels, separated by commas
        labels: {Misspelt: '9.3=manufacturing'}   # further labels
        silent: [other]         # labels that say nothing we could use
      Lives Lost: {positive: '8.1'}               # a number above zero
      Risk Subdomain: {coded: true}               # the label begins with its code: ``4.3. Fraud``

``list`` inside a field overrules the scheme's list. A field without an entry is not read. Labels are
compared without case and extra blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from taxonomy import source
from taxonomy.codelists import CodeList, CodeLists
from taxonomy.types import TaxonomyError

FIELD_KEYS = {"under", "several", "labels", "silent", "positive", "coded", "list"}
CELL_MAX = 2000
"""Characters of a cell that are looked at; a longer one is prose, not labels."""
PIECES_MAX = 100
"""Pieces between commas that are looked at."""
RUN_MAX = 4
"""Commas inside one label, plus one."""
_LEADING = re.compile(r"([A-Za-z0-9.]*[A-Za-z0-9])[.:]? ")


class Field:
    """The rules of one field, ready to use; ``faults`` lists what is wrong with them."""

    def __init__(self, name: str, raw: Mapping[str, Any], codelist: CodeList) -> None:
        self.name = name
        self.list_id = codelist.id
        self.several = bool(raw.get("several"))
        self.positive: str | None = raw.get("positive")
        self._coded = frozenset(codelist.labels if raw.get("coded") else ())
        self._labels = dict(_under(raw.get("under"), codelist))
        self._labels.update({fold(str(label)): code for label, code in raw.get("labels", {}).items()})
        self._silent = frozenset(fold(str(label)) for label in raw.get("silent", ()))
        self.faults = tuple(_faults(self, raw, codelist))

    def codes(self, cell: str) -> list[str]:
        """``<list>:<code>`` for the labels of a cell that are known, in their order."""
        if self.positive is not None:
            found = [self.positive] if _above_zero(cell) else []
        else:
            found = [code for code in map(self._code, self.split(cell)) if code is not None]
        return [f"{self.list_id}:{code}" for code in found]

    def split(self, cell: str) -> list[str]:
        """The labels in a cell. Labels may hold commas, so the longest known run of pieces wins."""
        whole = " ".join(cell[:CELL_MAX].split())
        if not self.several or self._is_known(whole):
            return [whole] if whole else []
        pieces = [piece.strip() for piece in re.split(r"[,;]", whole) if piece.strip()][:PIECES_MAX]
        labels = []
        while pieces:
            length = self._longest(pieces)
            labels.append(", ".join(pieces[:length]))
            pieces = pieces[length:]
        return labels

    def is_silent(self, label: str) -> bool:
        """Whether a label was looked at and says nothing that a common code could carry."""
        return fold(label) in self._silent or self.positive is not None

    def targets(self) -> list[str]:
        """Every code that the rules name."""
        return [*self._labels.values(), *([self.positive] if self.positive is not None else [])]

    def _longest(self, pieces: list[str]) -> int:
        for length in range(min(len(pieces), RUN_MAX), 1, -1):
            if self._is_known(", ".join(pieces[:length])):
                return length
        return 1

    def _is_known(self, label: str) -> bool:
        return fold(label) in self._silent or self._code(label) is not None

    def _code(self, label: str) -> str | None:
        found = self._labels.get(fold(label))
        if found is None and self._coded:
            leading = _LEADING.match(label + " ")
            if leading and leading[1] in self._coded:
                return leading[1]
        return found


class Scheme:
    """One scheme of a collection and the rules for its fields that are read."""

    def __init__(self, raw: Mapping[str, Any], lists: CodeLists) -> None:
        self.name: str = raw["scheme"]
        self.fields = {
            name: Field(name, rules, lists[rules.get("list", raw["list"])])
            for name, rules in raw["fields"].items()
        }

    @classmethod
    def read(cls, path: Path, lists: CodeLists) -> Scheme:
        """The scheme in a file; raises ``TaxonomyError`` when it names no fields or an unknown list."""
        raw = source.read(path)
        fields = raw.get("fields")
        if not isinstance(fields, dict) or not all(isinstance(rules, dict) for rules in fields.values()):
            raise TaxonomyError((f"{path.name}: fields should be a mapping of rules",))
        wanted = {raw.get("list"), *(rules["list"] for rules in fields.values() if "list" in rules)}
        unknown = sorted(str(name) for name in wanted if name not in lists)
        if unknown or raw.get("scheme") != path.stem:
            raise TaxonomyError((f"{path.name}: wrong scheme name, or no such list: {', '.join(unknown)}",))
        return cls(raw, lists)

    def codes(self, field: str, cell: str) -> list[str]:
        """``<list>:<code>`` for every label of a cell that is known; ``[]`` for a field that is not read."""
        rules = self.fields.get(field)
        return rules.codes(cell) if rules else []

    def faults(self) -> list[str]:
        """What is wrong with the rules."""
        return [f"{self.name}: {fault}" for field in self.fields.values() for fault in field.faults]


def fold(label: str) -> str:
    """A label without case, extra blanks and blanks round a slash, for comparison."""
    return re.sub(r" ?/ ?", "/", " ".join(label.split()).casefold())


def _under(parent: str | None, codelist: CodeList) -> Iterator[tuple[str, str]]:
    if parent is not None:
        for code in codelist.under(parent):
            yield fold(codelist.labels[code]), code


def _faults(field: Field, raw: Mapping[str, Any], codelist: CodeList) -> Iterator[str]:
    for key in raw.keys() - FIELD_KEYS:
        yield f"{field.name}: unknown key {key}"
    if "under" in raw and not codelist.under(raw["under"]):
        yield f"{field.name}: {codelist.id} has nothing under {raw['under']}"
    for code in field.targets():
        if code not in codelist.labels:
            yield f"{field.name}: {code} does not exist in {codelist.id}"


def _above_zero(cell: str) -> bool:
    text = cell.strip()
    return text.isascii() and text.isdecimal() and int(text[:12]) > 0
