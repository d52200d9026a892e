"""Read JSON of others with its limits: size, nesting, encoding, shape. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from registry.errors import N_
from registry.record.collections.assembling import Place
from registry.record.collections.rows import RowProblem

DOCUMENT_MAX = 2_000_000
"""Bytes of one document."""


def parse_object(place: Place, content: bytes) -> dict[str, Any] | RowProblem:
    """The object in some bytes, or what is wrong with them."""
    if len(content) > DOCUMENT_MAX:
        return place.problem("", N_("This is larger than %(limit)s bytes."), limit=DOCUMENT_MAX)
    document = _decode(place, content)
    if not isinstance(document, dict | RowProblem):
        return place.problem("", N_("This should be an object with named fields."))
    return document


def _decode(place: Place, content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return place.problem("", N_("This is not UTF-8."))
    except RecursionError:
        return place.problem("", N_("This is nested too deeply."))
    except json.JSONDecodeError as error:
        where = Place(place.file, place.line or error.lineno)
        return where.problem("", N_("This is not JSON: %(reason)s."), reason=error.msg)
    except ValueError:  # a number with thousands of digits
        return place.problem("", N_("This holds a number that is too long."))


def read_bytes(path: Path) -> bytes:
    """A file's content, at most one byte more than a document may have."""
    with path.open("rb") as file:
        return file.read(DOCUMENT_MAX + 1)


def text_at(document: Mapping[str, Any], *path: str) -> str:
    """The text at the end of a path of keys; empty when anything on the way is missing or another kind."""
    value = dig(document, *path)
    return value if isinstance(value, str) else ""


def list_at(document: Mapping[str, Any], *path: str) -> list[Any]:
    """The list at the end of a path of keys; a single text counts as a list of one."""
    value = dig(document, *path)
    if isinstance(value, str) and value:
        return [value]
    return value if isinstance(value, list) else []


def dig(document: object, *path: str) -> Any:
    """Whatever lies at the end of a path of keys, or None."""
    for key in path:
        if not isinstance(document, Mapping):
            return None
        document = document.get(key)
    return document
