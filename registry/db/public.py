"""The public side: everything in it may be copied by anyone. Never imported by the private wing."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from registry.db.unit import Database, new_metadata


class PublicBase(DeclarativeBase):
    """Base of every table of the public database."""

    metadata = new_metadata()


class PublicDatabase(Database):
    """The database of the public wing."""
