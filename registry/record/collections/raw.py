"""Foreign classifications as they were given, made safe to keep: bounded, visible, canonical JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.record.collections.text import one_line, paragraphs

CELL_MAX = 5_000
"""Characters of one value."""
NAME_MAX = 200
"""Characters of the name of a scheme or field."""
ENTRIES_MAX = 200
"""Values of one field, fields of a scheme, and schemes."""
EXACT_MAX = 2**53 - 1
"""Largest whole number that JSON carries exactly (RFC 7493 section 2.2)."""


def clean_raw(raw: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Scheme → field → text, number, truth value, or list of these; empty ones are left out."""
    cleaned: dict[str, dict[str, Any]] = {}
    for scheme, fields in list(raw.items())[:ENTRIES_MAX]:
        kept = {
            one_line(str(name), NAME_MAX): _value(value) for name, value in list(fields.items())[:ENTRIES_MAX]
        }
        kept = {name: value for name, value in kept.items() if name and value not in ("", [], None)}
        if kept:
            cleaned[one_line(str(scheme), NAME_MAX)] = kept
    return cleaned


def _value(value: object) -> Any:
    if isinstance(value, list):
        return [entry for one in value[:ENTRIES_MAX] if (entry := _single(one)) not in ("", None)]
    return _single(value)


def _single(value: object) -> str | int | float | bool | None:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) <= EXACT_MAX else one_line(str(value)[:NAME_MAX], NAME_MAX)
    if isinstance(value, float):
        return value if abs(value) <= EXACT_MAX else None  # not-a-number compares false as well
    return paragraphs(str(value), CELL_MAX)
