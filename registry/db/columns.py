"""Column types and keys shared by the tables of both sides."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator


def random_key() -> str:
    """A random 128-bit key in hex: private objects never carry an order or a time in their name."""
    return secrets.token_hex(16)


def storable(text: str) -> str:
    """The text as a database can compare it: what none can hold becomes U+FFFD, which matches nothing."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "\ufffd")


Key = String(32)
"""Column type of a random key."""


class Moment(TypeDecorator[datetime]):
    """An aware UTC time on both engines; SQLite stores it without zone, so we put UTC back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they are a bug in the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without zone reached the database")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Document = JSON(none_as_null=True)
"""Column type of a JSON document."""
