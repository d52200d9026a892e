"""Many values in one question and many rows in one statement, on both engines."""

from __future__ import annotations

from typing import Final

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from registry.db.many import MARKS_MAX, among, insert_plain
from registry.db.public import PublicDatabase
from registry.federation.models import MirrorPayloadRow as Row

NAMES: Final = ("commitment", "record_id", "salt", "payload")
ODD: Final = ("", "'", '"', "\\", "a\nb", "100%", "%s", "?", "\u2028", "é", "😀", "null", "1")


def rows(*commitments: str) -> list[tuple[str, str, bytes, bytes]]:
    return [(one, "AIR-A", b"\x00%s", b"\xff?") for one in commitments]


def test_texts_of_any_kind_are_found(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        insert_plain(session, Row, NAMES, rows(*ODD))
    with public_db.read() as session:
        asked = select(Row.commitment, Row.salt, Row.payload)
        found = {tuple(row) for row in session.execute(asked.where(among(Row.commitment, [*ODD, "other"])))}
        assert found == {(one, b"\x00%s", b"\xff?") for one in ODD}
        assert session.scalars(asked.where(among(Row.commitment, ["A", "E"]))).all() == []
        assert session.scalars(asked.where(among(Row.commitment, []))).all() == []


def test_more_rows_than_fit_in_a_statement(public_db: PublicDatabase) -> None:
    many = [f"{number:064d}" for number in range(MARKS_MAX // len(NAMES) + 1)]
    with public_db.work() as session:
        insert_plain(session, Row, NAMES, rows(*many))
    with public_db.read() as session:
        assert session.scalar(select(func.count()).select_from(Row)) == len(many)
        kept = session.scalars(select(Row.commitment).where(among(Row.commitment, many)))
        assert sorted(kept) == many


def test_a_row_that_is_known_is_left_out_only_where_that_was_asked_for(public_db: PublicDatabase) -> None:
    with public_db.work() as session:
        insert_plain(session, Row, NAMES, rows("a"))
    with public_db.work() as session:
        insert_plain(session, Row, NAMES, [("a", "AIR-B", b"", b""), *rows("b")], skip_known=True)
    with pytest.raises(IntegrityError), public_db.work() as session:
        insert_plain(session, Row, NAMES, rows("c", "a"))
    with public_db.read() as session:
        found = session.execute(select(Row.commitment, Row.record_id).order_by(Row.commitment))
        assert [tuple(row) for row in found] == [("a", "AIR-A"), ("b", "AIR-A")]
