"""Which layout a database has, and which one it should have: without Alembic, which no service needs loaded.

Alembic, with what it brings, is 7 MB of memory, and reading every script takes a tenth of a second:
too much for a question about names. ``migrate.py`` has it, for those who change a layout.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import column, inspect, select, table

from registry.db.unit import Database
from registry.errors import N_, Unavailable

SCRIPTS: Final = Path(__file__).parent.parent / "migrations"
TABLE: Final = "alembic_version"
"""Where Alembic notes the revision a database is at."""
_NAMED = re.compile(r'^(down_)?revision = "(\w+)"$', re.MULTILINE)
"""As the scripts write it; a test holds it against what Alembic reads."""


class Side(StrEnum):
    """Whose scripts."""

    PRIVATE = "private"
    PUBLIC = "public"


def newest(side: Side) -> str:
    """The revision that no other one follows."""
    made: set[str] = set()
    followed: set[str] = set()
    for script in (SCRIPTS / side.value / "versions").glob("*.py"):
        for down, name in _NAMED.findall(script.read_text("utf-8")):
            (followed if down else made).add(name)
    (last,) = made - followed
    return last


def current(database: Database) -> str | None:
    """The revision a database is at; None when it is empty."""
    with database.read() as session:
        if not inspect(session.connection()).has_table(TABLE):
            return None
        found: str | None = session.scalar(select(column("version_num")).select_from(table(TABLE)))
        return found


def require_current(database: Database, side: Side) -> None:
    """Raises ``Unavailable`` unless the database has the newest layout."""
    if current(database) != newest(side):
        raise Unavailable(N_("The %(side)s database has an older layout. Run: commons init"), side=side.value)
