"""Small valid records to start from."""

from __future__ import annotations

from datetime import date
from typing import Any

from registry.account import Account
from registry.record.types import (
    DerivedCode,
    Incoming,
    Origin,
    Provenance,
    PublicRecord,
    RecordState,
    RecordType,
    Relation,
)
from tests.factories import account

DAY = date(2026, 11, 24)


def record(record_id: str = "aiid:1", **changes: Any) -> PublicRecord:
    """A public record with every part filled; keyword arguments replace fields."""
    parts: dict[str, Any] = {
        "id": record_id,
        "type": RecordType.INCIDENT,
        "state": RecordState.PUBLISHED,
        "revision": 1,
        "published": DAY,
        "modified": DAY,
        "taxonomy_version": "0.2.0",
        "provenance": Provenance(
            Origin.EXTERNAL, "aiid", "1", "https://example.org/1", "CC BY-SA 4.0", "The authors", ""
        ),
        "account": Account.from_json(account(happened={"from": "2026-03"})),
        "derived": (DerivedCode("harm/injury", "cset:physical", "closeMatch"),),
        "raw": {"cset": {"Harm Level": ["one", None], "Score": 3, "Sure": True}},
        "related": (Relation("same-as", "avid:AVID-2022-R0001"),),
        "generalised": ("place",),
        "demo": True,
    }
    return PublicRecord(**parts | changes)


def incoming(record_id: str = "aiid:1", **changes: Any) -> Incoming:
    """The same record as its collection gives it."""
    whole = record(record_id)
    parts: dict[str, Any] = {
        "id": record_id,
        "type": whole.type,
        "provenance": whole.provenance,
        "account": whole.account,
        "derived": whole.derived,
        "raw": whole.raw,
        "related": whole.related,
    }
    return Incoming(**parts | changes)


def told(**changes: Any) -> Account:
    """An account with changed fields."""
    return Account.from_json(account(**changes))
