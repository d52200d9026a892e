"""What a log said of each record, kept in a temporary file while the log is checked."""

from __future__ import annotations

import sqlite3

from registry.ledger.envelopes import Op, Standing

_TABLES = (
    "CREATE TABLE record (id TEXT PRIMARY KEY, revision INTEGER, leaf TEXT, op TEXT) WITHOUT ROWID",
    "CREATE TABLE payload (position INTEGER PRIMARY KEY, id TEXT, gone INTEGER)",
)
_CONTRADICTION = """
    SELECT payload.id, position, gone FROM payload JOIN record ON record.id = payload.id
    WHERE gone <> (op = ?) AND gone <= ? ORDER BY position LIMIT 1
"""


class TemporaryBook:
    """Fits ``verifying.Book``; SQLite removes the file by itself when it is closed."""

    def __init__(self, *, whole: bool = True) -> None:
        """``whole``: all payloads have to be there. Who hands on a copy need not have all."""
        self._whole = whole
        self._book = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            self._book.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._book.execute(table)
        self._book.execute("BEGIN")

    def last(self, record_id: str) -> Standing | None:
        """What was said last of a record."""
        query = "SELECT revision, leaf, op FROM record WHERE id = ?"
        row = self._book.execute(query, (record_id,)).fetchone()
        return None if row is None else Standing(row[0], row[1], Op(row[2]))

    def note(self, record_id: str, standing: Standing) -> None:
        """Remember what was said."""
        row = (record_id, standing.revision, standing.leaf, standing.op.value)
        self._book.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", row)

    def renew(self, home: str) -> None:
        """Forget what was said of the records of another node, but for what was erased."""
        own = f"AIR-{home[:10]}-"
        query = "DELETE FROM record WHERE substr(id, 1, ?) = ? AND op <> ?"
        self._book.execute(query, (len(own), own, Op.ERASE.value))

    def note_payload(self, record_id: str, index: int, *, gone: bool) -> None:
        """Remember of an entry whether its payload can still be read."""
        self._book.execute("INSERT INTO payload VALUES (?, ?, ?)", (index, record_id, gone))

    def contradiction(self, *, missing: bool = True) -> tuple[str, int, bool] | None:
        """The first payload that is there although erased or, where that counts, ``missing`` although not."""
        row = self._book.execute(_CONTRADICTION, (Op.ERASE.value, missing and self._whole)).fetchone()
        return None if row is None else (row[0], row[1], bool(row[2]))

    def close(self) -> None:
        """Let the file go."""
        self._book.close()
