"""Turn the raw ``common.yaml`` into facets and values. Assumes that ``faults`` found nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from taxonomy.types import Facet, Value


def facets(raw: Mapping[str, Any]) -> dict[str, Facet]:
    """The facets in the order of the file, each with its values in display order."""
    return {entry["id"]: _facet(entry) for entry in raw["facets"]}


def _facet(raw: Mapping[str, Any]) -> Facet:
    values = {entry["code"]: _value(entry) for entry in raw["values"]}
    return Facet(
        id=raw["id"],
        title=raw["title"],
        ask=raw["ask"],
        cardinality=raw["cardinality"],
        primary=raw.get("primary", False),
        required=raw["required"],
        required_when=raw.get("required_when"),
        set_by=raw.get("set_by"),
        states=tuple(raw.get("states", ())),
        values=display_order(values),
        note=raw.get("note"),
        per_field_group=raw.get("per_field_group", False),
        oecd_criteria=tuple(raw.get("oecd_criteria", ())),
    )


def _value(raw: Mapping[str, Any]) -> Value:
    return Value(
        code=raw["code"],
        label=raw["label"],
        definition=raw["definition"],
        broader=raw.get("broader"),
        exclusive=raw.get("exclusive", False),
        level=raw.get("level"),
        test=raw.get("test"),
        deprecated=raw.get("deprecated", False),
        replaced_by=tuple(raw.get("replaced_by", ())),
        alt=tuple(raw.get("alt", ())),
        note=raw.get("note"),
        history=raw.get("history"),
    )


def display_order(values: Mapping[str, Value]) -> dict[str, Value]:
    """The same values, each parent directly followed by its children."""
    children: dict[str | None, list[Value]] = {}
    for value in values.values():
        children.setdefault(value.broader, []).append(value)
    ordered: dict[str, Value] = {}
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        value = waiting.pop()
        ordered[value.code] = value
        waiting.extend(reversed(children.get(value.code, [])))
    return ordered
