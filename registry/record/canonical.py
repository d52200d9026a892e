"""Canonical bytes of a record (RFC 8785) and what is computed from them. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from registry.record.types import Incoming, PublicRecord


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one byte form of a JSON document: RFC 8785, UTF-8."""
    return rfc8785.dumps(dict(document))


def digest(record: PublicRecord) -> str:
    """SHA-256 in hex of the canonical payload; the next revision names it as ``previous``."""
    return hashlib.sha256(canonical(record.to_json())).hexdigest()


def commitment(salt: bytes, record: PublicRecord) -> str:
    """SHA-256 in hex of salt and canonical payload.

    Salted, because a plain hash of a short text still confirms the text after it was erased.
    """
    return hashlib.sha256(salt + canonical(record.to_json())).hexdigest()


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
