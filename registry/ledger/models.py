"""Tables of the log in the public database. Rows of entries and nodes are written once and never changed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Date, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.public import PublicBase


class HeadRow(PublicBase):
    """How long the log is, and up to which change of the records it tells.

    Whoever writes to the log holds this row. ``log`` is the name of the one log of this database, which is
    the label of all its entries (``stored.label``): what may be known by anybody, or by partners only.
    """

    __tablename__ = "ledger_head"

    log: Mapped[str] = mapped_column(String(10), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)


class NodeRow(PublicBase):
    """The hash of one complete subtree of 2^level leaves."""

    __tablename__ = "ledger_node"

    level: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class EntryRow(PublicBase):
    """One leaf, exactly as hashed; the other columns repeat what it says, to be found by.

    ``op`` is what it does, ``commitment`` leads to the payload, as long as there is one. An entry that is
    no home operation speaks of a record of another node; its payload is a ``PayloadRow``.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index("ix_ledger_entry_record", "record_id", "revision"),
        Index("ix_ledger_entry_commitment", "commitment"),
    )

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(Integer)
    op: Mapped[str] = mapped_column(String(12))
    commitment: Mapped[str | None] = mapped_column(String(64))
    leaf: Mapped[bytes] = mapped_column(LargeBinary)


class PayloadRow(PublicBase):
    """The payload of an entry that is no revision of a record, with its salt."""

    __tablename__ = "ledger_payload"

    commitment: Mapped[str] = mapped_column(String(64), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class CheckpointRow(PublicBase):
    """A checkpoint that was published: nothing beyond the newest is ever served."""

    __tablename__ = "ledger_checkpoint"

    size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    note: Mapped[bytes] = mapped_column(LargeBinary)
    day: Mapped[date] = mapped_column(Date)


class RotationRow(PublicBase):
    """Another key of the log: where its entry is, and the checkpoint that ends with it.

    ``number`` counts from 1; what the entry commits to is a ``PayloadRow``. The checkpoint is signed by both
    keys; None until it is.
    """

    __tablename__ = "ledger_rotation"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(BigInteger)
    commitment: Mapped[str] = mapped_column(String(64))
    checkpoint: Mapped[bytes | None] = mapped_column(LargeBinary)


class CosignatureRow(PublicBase):
    """The newest cosignature of one witness: its line under the checkpoint of that size."""

    __tablename__ = "ledger_cosignature"

    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    line: Mapped[str] = mapped_column(String(600))
