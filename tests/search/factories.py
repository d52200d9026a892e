"""Small public records for tests of search, all of our own writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from registry.account import Account
from registry.record.types import (
    Change,
    DerivedCode,
    Origin,
    Provenance,
    PublicRecord,
    RecordState,
    RecordType,
)


@dataclass
class Given:
    """The parts of a record that a test cares about."""

    id: str = "AIR-TEST-2026-0001"
    title: str = "Untitled"
    text: str = ""
    language: str = "en"
    happened: str | None = "2026-03"
    until: str | None = None
    published: date = date(2026, 10, 1)
    countries: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    response: dict[str, Any] = field(default_factory=dict)
    entities: dict[str, list[str]] = field(default_factory=dict)
    source: str = "own"
    demo: bool = False


def record(**parts: Any) -> PublicRecord:
    """A public record; keyword arguments are the fields of ``Given``."""
    given = Given(**parts)
    classification: dict[str, list[str]] = {}
    for code in given.codes:
        classification.setdefault(code.partition("/")[0], []).append(code)
    account = Account.from_json(
        {
            "title": given.title,
            "text": given.text,
            "language": given.language,
            "happened": {"from": given.happened, "to": given.until} if given.happened else None,
            "countries": list(given.countries),
            "classification": classification,
            "response": given.response,
            "entities": given.entities,
        }
    )
    return PublicRecord(
        id=given.id,
        type=RecordType.REPORT,
        state=RecordState.PUBLISHED,
        revision=1,
        published=given.published,
        modified=given.published,
        taxonomy_version="test",
        provenance=Provenance(Origin.OWN, given.source),
        account=account,
        derived=tuple(DerivedCode(code, "x:1", "closeMatch") for code in given.derived),
        demo=given.demo,
    )


def changes(records: Iterable[PublicRecord], after: int = 0) -> list[Change]:
    """Changes that bring these records in, numbered from ``after + 1``."""
    return [Change(after + place, one.id, one) for place, one in enumerate(records, start=1)]
