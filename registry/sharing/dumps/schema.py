"""What the files of a dump hold, for programs: a Table Schema for the tables, a JSON Schema for NDJSON. Pure.

Table Schema 1.0 is that of Frictionless Data; JSON Schema is of 2020-12.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from registry.record.ids import ID_PATTERN
from registry.record.types import Origin, RecordState, RecordType
from registry.sharing.dumps.columns import LIST, SEPARATOR, Column

_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_ALWAYS = [
    "schema",
    "id",
    "type",
    "state",
    "revision",
    "published",
    "modified",
    "taxonomy",
    "provenance",
    "account",
]


def table_schema(table: Sequence[Column], key: Sequence[str] = ("id",)) -> dict[str, Any]:
    """Name, type and meaning of every column, and those by which a row is known."""
    known = key[0] if len(key) == 1 else list(key)
    return {"fields": [_field(column) for column in table], "primaryKey": known, "missingValues": [""]}


def _field(column: Column) -> dict[str, str]:
    kind = "string" if column.type == LIST else column.type
    split = f" (in CSV separated by '{SEPARATOR}')" if column.type == LIST else ""
    return {"name": column.name, "type": kind, "description": column.says + split}


def json_schema() -> dict[str, Any]:
    """A line of the NDJSON; members may be added, none of these is renamed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A public record",
        "type": "object",
        "required": [*_ALWAYS, "provenance", "account"],
        "properties": {
            "schema": {"const": 1},
            "id": {"type": "string", "pattern": f"^{ID_PATTERN}$"},
            "type": {"enum": [one.value for one in RecordType]},
            "state": {"enum": [one.value for one in RecordState if one is not RecordState.ERASED]},
            "revision": {"type": "integer", "minimum": 1},
            "previous": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "published": _DAY,
            "modified": _DAY,
            "taxonomy": _TEXT,
            "provenance": {
                "type": "object",
                "required": ["origin", "source"],
                "properties": {"origin": {"enum": [one.value for one in Origin]}, "licence": _TEXT},
                "additionalProperties": _TEXT,
            },
            "account": _ACCOUNT,
            "derived": _objects("code", "external", "match"),
            "related": _objects("kind", "target"),
            "raw": {"type": "object", "additionalProperties": {"type": "object"}},
            "generalised": _TEXTS,
            "demo": {"const": True},
            "because": {"type": "object", "required": ["reason"], "additionalProperties": _TEXT},
        },
    }


def _objects(*names: str) -> dict[str, Any]:
    properties = dict.fromkeys(names, _TEXT)
    return {"type": "array", "items": {"type": "object", "required": list(names), "properties": properties}}


_ACCOUNT: dict[str, Any] = {
    "type": "object",
    "properties": {
        "title": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "happened": {"type": "object", "properties": {"from": _TEXT, "to": {"type": ["string", "null"]}}},
        "countries": _TEXTS,
        "regions": _TEXTS,
        "place": {"type": "object", "additionalProperties": _TEXT},
        "entities": {"type": "object", "additionalProperties": _TEXTS},
        "classification": {"type": "object", "additionalProperties": _TEXTS},
        "response": {"type": "object"},
        "links": _TEXTS,
    },
}
