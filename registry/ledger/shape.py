"""The shape of an envelope's fields, checked one by one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final

from registry.ledger.refusal import Refused
from registry.record.ids import is_air_id

Fields = Mapping[str, Callable[[Any], bool]]
"""Name of a field → whether a value fits it."""
CODES_MAX: Final = 8
WHOLE_MAX: Final = 2**53 - 1
"""Largest whole number that JSON carries everywhere (RFC 7493)."""
LABELS: Final = frozenset({"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"})
_HEX: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NODE: Final = re.compile(r"[A-Z2-7]{52}", re.ASCII)
_WORD: Final = re.compile(r"[a-z][a-z-]{0,29}", re.ASCII)
_CODE: Final = re.compile(r"[a-z][a-z0-9-]{0,29}/[a-z0-9][a-z0-9/-]{0,49}", re.ASCII)
_VERSION: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5}){2}", re.ASCII)
_LANGUAGE: Final = re.compile(r"(?:[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4})?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NODE_PART: Final = slice(4, 14)
"""Where the short node id stands in an AIR id."""


def require(found: Any, version: int, ops: Collection[str]) -> None:
    """Raises ``Refused`` unless version, operation and every field are those of an envelope."""
    if not isinstance(found, dict):
        raise Refused("envelope-not-object", "The entry is not a JSON object.")
    if "v" in found and (type(found["v"]) is not int or found["v"] != version):
        raise Refused("envelope-version", "The entry has version %(version)s.", version=str(found["v"]))
    _require_fields(found, FIELDS, "")
    if found["op"] not in ops:
        raise Refused("envelope-op", "The entry has an unknown operation: %(op)s", op=found["op"])
    _require_fields(found["tax"], CODING, "tax.")


def is_node_id(value: object) -> bool:
    """Whether this is the full id of some node."""
    return isinstance(value, str) and _NODE.fullmatch(value) is not None


def require_air_id(record_id: str) -> None:
    """Raises ``Refused`` unless this is the id of a record of some node."""
    if not is_air_id(record_id):
        raise Refused("envelope-field", "This is no id of a record: %(id)s", id=record_id)


def is_home_id(record_id: str, home: str) -> bool:
    """Whether this node gave a record this id."""
    return record_id[_NODE_PART] == home[:10]


def require_home_id(record_id: str, home: str) -> None:
    """Raises ``Refused`` unless this is the id of a record of this node."""
    require_air_id(record_id)
    if not is_home_id(record_id, home):
        message = "%(id)s is not a record of the node whose log this is."
        raise Refused("envelope-not-home", message, id=record_id)


def _require_fields(found: Mapping[str, Any], fields: Fields, under: str) -> None:
    for name in found:
        if name not in fields:
            raise _wrong("envelope-field-unknown", "The entry has an unknown field: %(name)s", under + name)
    for name, fits in fields.items():
        if name not in found:
            raise _wrong("envelope-field-missing", "The entry lacks the field %(name)s.", under + name)
        if not fits(found[name]):
            raise _wrong("envelope-field", "The field %(name)s of the entry makes no sense.", under + name)


def _wrong(reason: str, message: str, name: str) -> Refused:
    return Refused(reason, message, name=name)


def _fits(pattern: re.Pattern[str]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _whole(least: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= WHOLE_MAX


def _hex_or_none(value: Any) -> bool:
    return value is None or _fits(_HEX)(value)


def _is_day(value: Any) -> bool:
    if not _fits(_DAY)(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _are_codes(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= CODES_MAX
        and all(_fits(_CODE)(one) for one in value)
        and value == sorted(set(value))
    )


FIELDS: Final[Fields] = {
    "v": _whole(1),
    "op": lambda value: isinstance(value, str),
    "id": lambda value: isinstance(value, str),
    "rev": _whole(1),
    "prev": _hex_or_none,
    "home": _fits(_NODE),
    "tlp": lambda value: isinstance(value, str) and value in LABELS,
    "kind": _fits(_WORD),
    "schema": _whole(1),
    "tax": lambda value: isinstance(value, dict),
    "commit": _hex_or_none,
    "size": _whole(0),
    "t": _is_day,
}
CODING: Final[Fields] = {
    "version": _fits(_VERSION),
    "language": _fits(_LANGUAGE),
    "codes": _are_codes,
}
"""What the field ``tax`` holds."""
