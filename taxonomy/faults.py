"""Find every fault in the raw data of the taxonomy, so that one run of the loader reports them all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

FACET_COUNT = 31
"""Facets are added or removed only with a new major version; a lost one must not go unseen."""
CARDINALITIES = ("one", "many")
FACET_KEYS = {
    "id", "title", "ask", "cardinality", "primary", "required", "required_when", "set_by", "states",
    "values", "note", "per_field_group", "oecd_criteria",
}  # fmt: skip
VALUE_KEYS = {
    "code", "label", "definition", "broader", "exclusive", "level", "test", "deprecated", "replaced_by",
    "alt", "note", "history",
}  # fmt: skip
_CODE = re.compile(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*")

Raw = Mapping[str, Any]


def common(raw: Raw) -> Iterator[str]:
    """Every fault of ``common.yaml``; texts are for the people who edit the file."""
    entries = raw.get("facets")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield "common.yaml: facets should be a list of mappings"
        return
    if not isinstance(raw.get("version"), str):
        yield "common.yaml: version should be text"
    if len(entries) != FACET_COUNT:
        yield f"common.yaml: {len(entries)} facets, should be {FACET_COUNT}"
    seen: set[str] = set()
    for entry in entries:
        name = str(entry.get("id"))
        if name in seen:
            yield f"{name}: facet is defined twice"
        seen.add(name)
        yield from _facet(name, entry)
    yield from _glossary(raw, {code for entry in entries for code in _codes(entry)})


def _facet(name: str, raw: Raw) -> Iterator[str]:
    for key in raw.keys() - FACET_KEYS:
        yield f"{name}: unknown key {key}"
    for key in ("id", "title", "ask"):
        if not _is_text(raw.get(key)):
            yield f"{name}: {key} should be text"
    if raw.get("cardinality") not in CARDINALITIES:
        yield f"{name}: cardinality should be one or many"
    if not isinstance(raw.get("required"), bool):
        yield f"{name}: required should be true or false"
    values = raw.get("values")
    if not isinstance(values, list) or not values or not all(isinstance(value, dict) for value in values):
        yield f"{name}: values should be a list of mappings"
        return
    yield from _values(name, values)


def _values(facet: str, values: list[Raw]) -> Iterator[str]:
    broader: dict[str, Any] = {}
    for raw in values:
        code = raw.get("code")
        if not isinstance(code, str) or not _CODE.fullmatch(code):
            yield f"{facet}: {code!r} is not a code"
            continue
        if code in broader:
            yield f"{code}: code is used twice"
        if code.partition("/")[0] != facet:
            yield f"{code}: stands in facet {facet}"
        broader[code] = raw.get("broader")
        yield from _value(code, raw)
    yield from _hierarchy(broader)
    yield from _deprecations(values, broader)


def _value(code: str, raw: Raw) -> Iterator[str]:
    for key in raw.keys() - VALUE_KEYS:
        yield f"{code}: unknown key {key}"
    for key in ("label", "definition"):
        if not _is_text(raw.get(key)):
            yield f"{code}: {key} should be text"
    if not isinstance(raw.get("exclusive", False), bool):
        yield f"{code}: exclusive should be true or false"
    level = raw.get("level")
    if level is not None and (isinstance(level, bool) or not isinstance(level, int)):
        yield f"{code}: level should be a whole number"


def _hierarchy(broader: Mapping[str, Any]) -> Iterator[str]:
    for code, parent in broader.items():
        if parent is not None and parent not in broader:
            yield f"{code}: broader {parent} does not exist in this facet"
        elif _in_cycle(code, broader):
            yield f"{code}: broader runs in a circle"


def _in_cycle(code: str, broader: Mapping[str, Any]) -> bool:
    passed = set()
    at: Any = code
    while at is not None and at not in passed:
        passed.add(at)
        at = broader.get(at)
    return at is not None


def _deprecations(values: list[Raw], known: Mapping[str, Any]) -> Iterator[str]:
    old = {value.get("code") for value in values if value.get("deprecated")}
    for value in values:
        code, replaced_by = value.get("code"), value.get("replaced_by", [])
        if replaced_by and code not in old:
            yield f"{code}: has a replacement but is not deprecated"
        for other in replaced_by:
            if other not in known:
                yield f"{code}: replacement {other} does not exist in this facet"
            elif other in old:
                yield f"{code}: replacement {other} is itself deprecated"


def _glossary(raw: Raw, codes: set[str]) -> Iterator[str]:
    for entry in raw.get("coverage_of_glossary", ()):
        for code in entry["codes"]:
            if code not in codes:
                yield f"coverage_of_glossary: {entry['phrase']}: {code} does not exist"


def _codes(facet: Raw) -> Iterator[str]:
    values = facet.get("values")
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict) and isinstance(value.get("code"), str):
            yield value["code"]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
