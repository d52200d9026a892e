"""The private side: organizations, people, originals. Never imported by the public wing."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from registry.db.unit import Database, new_metadata


class PrivateBase(DeclarativeBase):
    """Base of every table of the private database."""

    metadata = new_metadata()


class PrivateDatabase(Database):
    """The database of the private wing."""
