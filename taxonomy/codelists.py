"""The external lists: codes and names of others, read one file at a time when first needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taxonomy import source
from taxonomy.types import TaxonomyError


@dataclass(frozen=True, slots=True)
class CodeList:
    """One external list: ``labels`` maps its codes to names, ``parents`` a code to the one above it.

    ``licence`` is None where no licence statement was found: then ask the publisher before
    republishing the list itself.
    """

    id: str
    title: str
    version: str
    publisher: str
    licence: str | None
    labels: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)

    def under(self, parent: str) -> tuple[str, ...]:
        """The codes directly below ``parent``, in the order of the list."""
        return tuple(code for code, above in self.parents.items() if above == parent)


class CodeLists(Mapping[str, CodeList]):
    """All lists by id. ``KeyError`` for an unknown id, ``TaxonomyError`` for a faulty file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ids = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
        self._known: dict[str, CodeList] = {}

    def __getitem__(self, list_id: str) -> CodeList:
        """The list with this id."""
        if list_id not in self._known:
            if list_id not in self._ids:
                raise KeyError(list_id)
            self._known[list_id] = _read(self._folder / f"{list_id}.yaml")
        return self._known[list_id]

    def __contains__(self, list_id: object) -> bool:
        """Whether there is a list with this id; reads nothing."""
        return list_id in self._ids

    def __iter__(self) -> Iterator[str]:
        """The ids, sorted."""
        return iter(self._ids)

    def __len__(self) -> int:
        """How many lists there are."""
        return len(self._ids)


def _read(path: Path) -> CodeList:
    raw = source.read(path)
    found = tuple(f"{path.name}: {fault}" for fault in _faults(path.stem, raw))
    if found:
        raise TaxonomyError(found)
    entries = raw["entries"]
    return CodeList(
        id=raw["id"],
        title=raw["title"],
        version=str(raw.get("version", "")),
        publisher=str(raw.get("publisher", "")),
        licence=raw.get("licence"),
        labels={entry["code"]: entry["label"] for entry in entries},
        parents={entry["code"]: entry["parent"] for entry in entries if entry.get("parent")},
    )


def _faults(name: str, raw: Mapping[str, Any]) -> Iterator[str]:
    if raw.get("id") != name:
        yield f"id should be {name}"
    entries = raw.get("entries")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield "entries should be a list of mappings"
        return
    codes = [str(entry.get("code")) for entry in entries]
    for entry in entries:
        code, parent = entry.get("code"), entry.get("parent")
        if not isinstance(code, str) or not isinstance(entry.get("label"), str):
            yield f"{code!r}: code and label should be text (quote it)"
        if parent is not None and parent not in codes:
            yield f"{code}: parent {parent} does not exist"
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{code}: code is used twice"
