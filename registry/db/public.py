"""The public side: everything in it may be copied by anyone. Never imported by the private wing."""

from __future__ import annotations

from typing import ClassVar, Final

from sqlalchemy.orm import DeclarativeBase

from registry.db.unit import Database, new_metadata

LOG: Final = "log"
"""Under this name every session has the name of the log, which is the label of all that stands in it."""


class PublicBase(DeclarativeBase):
    """Base of every table of the public database."""

    metadata = new_metadata()


class PublicDatabase(Database):
    """The database of the public wing; sessions know what its log is called (``session.info[LOG]``)."""

    log: ClassVar[str] = "clear"

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.carry(LOG, self.log)

    @property
    def label(self) -> str:
        """The TLP label of every entry of its log."""
        return self.log.upper()
