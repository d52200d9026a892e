"""Bring a database to the newest layout, or to any other, by Alembic scripts.

The scripts of each side lie under ``registry/migrations``. They never import our tables: a script
must mean the same for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from registry.db.layout import SCRIPTS, Side
from registry.db.unit import Database, answering


def upgrade(database: Database, side: Side, revision: str = "head") -> None:
    """Apply scripts up to a revision; all or nothing."""
    _run(database, side, lambda config: command.upgrade(config, revision))


def downgrade(database: Database, side: Side, revision: str) -> None:
    """Take scripts back down to a revision; ``base`` empties the database."""
    _run(database, side, lambda config: command.downgrade(config, revision))


def revisions(side: Side) -> list[str]:
    """Every revision, oldest first."""
    scripts = ScriptDirectory.from_config(_config(side))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def _config(side: Side) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS / side.value).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _run(database: Database, side: Side, step: Callable[[Config], None]) -> None:
    with answering(), database.engine.connect() as connection, _rebuilding(connection), connection.begin():
        config = _config(side)
        config.attributes["connection"] = connection
        step(config)
        _require_whole(connection)


def _require_whole(connection: Connection) -> None:
    """Raises ``RuntimeError`` if a script left a reference without its row; nothing is committed then."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"a migration left a dangling reference in table {broken[0]}")


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Let SQLite scripts rebuild tables that others refer to (SQLite, “ALTER TABLE”, section 7).

    Foreign keys can be switched off outside a transaction only. They are checked before the commit.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
