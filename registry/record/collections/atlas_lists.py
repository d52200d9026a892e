"""The lists that MITRE ATLAS case studies point into, by the anchors of their YAML. Pure.

A study writes ``{{prompt_infil.id}}``; ``prompt_infil`` is the YAML anchor of an entry of
``techniques.yaml``, and the id of a sub-technique is itself written ``{{parent.id}}.001``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from registry.errors import N_
from registry.record.collections.assembling import Place
from registry.record.collections.rows import RowProblem

FILES = ("tactics.yaml", "techniques.yaml", "mitigations.yaml")
DOCUMENT_MAX = 4_000_000
"""Bytes of one YAML file."""
NESTED_MAX = 5
"""How deep one anchor may be written in terms of others."""
# The C parser is about ten times faster; PyYAML without it still works.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TEMPLATE = re.compile(r"\{\{\s*(?:create_internal_link\(\s*)?(\w{1,80})(?:\.(id|name))?\s*\)?\s*\}\}")
_ENTRY_DEPTH = 2


@dataclass(slots=True)
class Anchors:
    """What anchors stand for: anchor → id and name."""

    ids: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    names_by_id: dict[str, str] = field(default_factory=dict)

    def resolve(self, text: str) -> str:
        """A text with ids in place of ``{{anchor.id}}`` and names in place of every other template.

        An unknown anchor becomes its own words.
        """
        for _ in range(NESTED_MAX):
            resolved = _TEMPLATE.sub(self._replace, text)
            if resolved == text:
                break
            text = resolved
        return text

    def coded(self, text: str) -> str:
        """An id followed by its name, ``AML.T0051 LLM Prompt Injection``, or the text where it is no id."""
        code = self.resolve(text).strip()
        return f"{code} {self.names_by_id[code]}" if code in self.names_by_id else code

    def _replace(self, match: re.Match[str]) -> str:
        anchor = match[1]
        known = (self.ids if match[2] == "id" else self.names).get(anchor)
        return known if known is not None else anchor.replace("_", " ")


def read_anchors(folder: Path, into: Anchors) -> Iterator[RowProblem]:
    """Read the lists beside the case studies; a list that is absent or broken leaves its anchors unknown."""
    for name in FILES:
        path = folder / name
        entries = read_yaml(path, Place(name)) if path.is_file() else []
        if isinstance(entries, RowProblem):
            yield entries
        elif isinstance(entries, list):
            for anchor, entry in zip(_anchor_names(path), entries, strict=False):
                if anchor and isinstance(entry, dict):
                    into.ids[anchor] = str(entry.get("id", ""))
                    into.names[anchor] = str(entry.get("name", ""))
    for anchor, code in into.ids.items():
        into.names_by_id[into.resolve(code)] = into.names[anchor]


def read_yaml(path: Path, place: Place) -> Any:
    """The document in a file, or a ``RowProblem``."""
    with path.open("rb") as file:
        content = file.read(DOCUMENT_MAX + 1)
    if len(content) > DOCUMENT_MAX:
        return place.problem("", N_("This is larger than %(limit)s bytes."), limit=DOCUMENT_MAX)
    try:
        return yaml.load(content.decode("utf-8-sig"), Loader=LOADER)  # noqa: S506 - both are safe loaders
    except UnicodeDecodeError:
        return place.problem("", N_("This is not UTF-8."))
    except RecursionError:
        return place.problem("", N_("This is nested too deeply."))
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist
        mark = getattr(error, "problem_mark", None)
        where = Place(place.file, mark.line + 1) if mark else place
        reason = getattr(error, "problem", None) or str(error)
        return where.problem("", N_("This is not YAML: %(reason)s."), reason=reason)


def _anchor_names(path: Path) -> Iterator[str | None]:
    """The anchor of each entry of a list, in order; None for an entry without one."""
    if not path.is_file():
        return
    depth = 0
    for event in yaml.parse(path.read_text(encoding="utf-8-sig"), Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == _ENTRY_DEPTH:
                yield event.anchor
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
