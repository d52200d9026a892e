"""Canonical bytes of a record (RFC 8785) and what is computed from them. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import rfc8785

from registry.record.types import Incoming, PublicRecord

WHOLE_MAX: Final = 2**53 - 1
"""Largest whole number that JSON carries everywhere (RFC 7493)."""
_LEAVES: Final = frozenset({str, bool, type(None)})
_SORTED: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one byte form of a JSON document: RFC 8785, UTF-8.

    Sorted JSON is that form where names are ASCII and numbers whole, and is made several times faster.
    """
    whole = dict(document)
    if _is_plain(whole):
        try:
            return _SORTED.encode(whole).encode("utf-8")
        except UnicodeEncodeError:  # half of a surrogate pair: refused below, with a reason
            pass
    return rfc8785.dumps(whole)


def _is_plain(value: object) -> bool:
    """Whether it is made of texts, objects with ASCII names, lists, whole numbers, truths and nulls."""
    left = [value]
    while left:
        item = left.pop()
        if type(item) in _LEAVES or isinstance(item, str):
            continue
        if isinstance(item, dict):
            if not _are_ascii(item):
                return False
            left.extend(item.values())
        elif isinstance(item, list):
            left.extend(item)
        elif not isinstance(item, int) or not -WHOLE_MAX <= item <= WHOLE_MAX:
            return False
    return True


def _are_ascii(names: Iterable[Any]) -> bool:
    try:
        return "".join(names).isascii()
    except TypeError:  # one of them is no text
        return False


def digest(record: PublicRecord) -> str:
    """SHA-256 in hex of the canonical payload; the next revision names it as ``previous``."""
    return hashlib.sha256(canonical(record.to_json())).hexdigest()


def commitment(salt: bytes, record: PublicRecord) -> str:
    """SHA-256 in hex of salt and canonical payload.

    Salted, because a plain hash of a short text still confirms the text after it was erased.
    """
    return committed(salt, record.to_json())


def committed(salt: bytes, payload: Mapping[str, Any]) -> str:
    """The same over a payload."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def content_digest(incoming: Incoming) -> str:
    """SHA-256 in hex over what the source says, without our revision and days: equal means unchanged."""
    return hashlib.sha256(
        canonical(
            {
                "type": incoming.type.value,
                "account": incoming.account.to_json(),
                "derived": [[d.code, d.external, d.match] for d in incoming.derived],
                "raw": {scheme: dict(fields) for scheme, fields in incoming.raw.items()},
                "related": [[r.kind, r.target] for r in incoming.related],
                "licence": incoming.provenance.licence,
                "attribution": incoming.provenance.attribution,
                "url": incoming.provenance.url,
            }
        )
    ).hexdigest()
