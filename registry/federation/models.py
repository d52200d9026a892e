"""Tables of other nodes in the public database: who is followed, copies of their logs, and what was judged.

All of it is public already where it comes from; nothing here says who at this node decided what.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import BigInteger, Date, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Document
from registry.db.public import PublicBase

Short = String(10)
"""The first ten characters of a node id; no two peers share them."""


class PeerRow(PublicBase):
    """Another node and how far its log was read.

    ``prefix`` is the address under which its log is read: its own, or that of a mirror (``relayed``).
    ``note`` is the newest checkpoint that was checked, ``size`` how many entries were taken from the log so
    far, ``edge`` the right edge of that tree (``Frontier.to_bytes``). ``trouble`` is the code of why the last
    pull ended early. A frozen peer has the note that contradicts ``note`` in ``evidence``.
    ``reviews`` is whether its reviews of others' records count here.
    ``max_rate`` is how many of its entries are taken in a day at most, 0 any number, None the usual bound;
    ``rate_taken`` were on ``rate_day``, and ``rate_left`` signed ones were left behind because of that.
    ``mirrors_us`` is whether its descriptor says that it hands on this node's log.
    ``witness`` is the key with which it cosigns, ``cosigned`` up to how many entries of this node's log it
    did, ``refusal`` the code of why it did not when it was asked last. ``announced`` is a later key of its
    log, where that was not read up to the change: it is known by that one, and still read by ``vkey``.
    A mass withdrawal was stopped that reaches up to the entry before ``stopped``, None where none is; what is
    withdrawn before ``allowed`` was looked at by a person.
    ``unread`` is the first entry whose payload may be here unread (``reading``), None where there is none.
    ``successor`` is the short id of the node (this one perhaps) that keeps its records since it is gone.
    """

    __tablename__ = "peer"

    short: Mapped[str] = mapped_column(Short, primary_key=True)
    node_id: Mapped[str] = mapped_column(String(52), unique=True)
    genesis: Mapped[dict[str, Any]] = mapped_column(Document)
    name: Mapped[str] = mapped_column(String(100))
    url: Mapped[str] = mapped_column(String(500))
    prefix: Mapped[str] = mapped_column(String(500))
    relayed: Mapped[bool]
    vkey: Mapped[str] = mapped_column(String(400))
    mode: Mapped[str] = mapped_column(String(10))
    scope: Mapped[dict[str, Any]] = mapped_column(Document)
    state: Mapped[str] = mapped_column(String(10))
    trouble: Mapped[str] = mapped_column(String(40), default="")
    added: Mapped[date] = mapped_column(Date)
    note: Mapped[bytes | None] = mapped_column(LargeBinary)
    evidence: Mapped[bytes | None] = mapped_column(LargeBinary)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    edge: Mapped[bytes] = mapped_column(LargeBinary)
    allowed: Mapped[int] = mapped_column(BigInteger, default=0)
    tried_on: Mapped[date | None] = mapped_column(Date)
    pulled_on: Mapped[date | None] = mapped_column(Date)
    hinted: Mapped[bool] = mapped_column(default=False)
    met_on: Mapped[date | None] = mapped_column(Date)
    mirrors_us: Mapped[bool] = mapped_column(default=False)
    reviews: Mapped[bool] = mapped_column(default=False)
    witness: Mapped[str | None] = mapped_column(String(400))
    cosigned: Mapped[int] = mapped_column(BigInteger, default=0)
    refusal: Mapped[str] = mapped_column(String(40), default="")
    max_rate: Mapped[int | None] = mapped_column(BigInteger)
    rate_day: Mapped[date | None] = mapped_column(Date)
    rate_taken: Mapped[int] = mapped_column(BigInteger, default=0)
    rate_left: Mapped[int] = mapped_column(BigInteger, default=0)
    announced: Mapped[str | None] = mapped_column(String(400))
    successor: Mapped[str | None] = mapped_column(Short)
    unread: Mapped[int | None] = mapped_column(BigInteger)
    stopped: Mapped[int | None] = mapped_column(BigInteger)


class WitnessedRow(PublicBase):
    """The newest checkpoint of a log that this node cosigned, with its cosignature.

    The name of a log belongs to the peer whose log of that name was cosigned first.
    """

    __tablename__ = "witnessed"

    origin: Mapped[str] = mapped_column(String(400), primary_key=True)
    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"))
    size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[bytes] = mapped_column(LargeBinary)


_SET_ASIDE: Final = text("standing = 'quarantined'")
_MISSING: Final = text("standing = 'missing'")
"""Few entries are, so that their index is short however long the log."""


class MirrorEntryRow(PublicBase):
    """One entry of a peer's log, exactly as it came; the other columns repeat what it says.

    ``standing`` is what became of it (``rules.Standing``), ``reason`` the code of why it is quarantined. A
    quarantined entry may say anything: its ``record_id`` is empty.
    """

    __tablename__ = "mirror_entry"
    __table_args__ = (
        Index("ix_mirror_entry_record", "record_id", "revision"),
        Index("ix_mirror_entry_quarantined", "peer", sqlite_where=_SET_ASIDE, postgresql_where=_SET_ASIDE),
        Index(
            "ix_mirror_entry_missing", "peer", "position", sqlite_where=_MISSING, postgresql_where=_MISSING
        ),
    )

    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int] = mapped_column(Integer)
    op: Mapped[str] = mapped_column(String(12))
    commitment: Mapped[str | None] = mapped_column(String(64))
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    standing: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(40))


class MirrorBlockRow(PublicBase):
    """The hash of the subtree of one full bundle: from these, proofs about the copy are made."""

    __tablename__ = "mirror_block"

    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class MirrorRotationRow(PublicBase):
    """Another key of a peer's log: salt and payload of the entry, and the checkpoint that ends with it."""

    __tablename__ = "mirror_rotation"

    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    checkpoint: Mapped[bytes] = mapped_column(LargeBinary)


class MirrorPayloadRow(PublicBase):
    """A payload of a peer with its salt, to be shown and handed on; gone once the record is erased."""

    __tablename__ = "mirror_payload"

    commitment: Mapped[str] = mapped_column(String(64), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(40), index=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ClaimRow(PublicBase):
    """What a node says of two records: ``subject`` is its own, ``object`` one of another node.

    ``origin`` is the short id of the node in whose log it stands (this one's too), ``position`` where.
    ``revision`` and ``leaf`` are those of the object as it was read; ``withdrawn`` is the position of the
    entry that takes it back.
    """

    __tablename__ = "claim"

    origin: Mapped[str] = mapped_column(Short, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    relation: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    object: Mapped[str] = mapped_column(String(40), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    leaf: Mapped[str] = mapped_column(String(64))
    withdrawn: Mapped[int | None] = mapped_column(BigInteger)


class ToldClaimRow(PublicBase):
    """A claim as programs that keep copies were told of it last; it names no record.

    ``seq`` is its place in the order of being told, ``changed`` the day of that and never before that of an
    earlier place, ``begun`` the first such day; the rest is a ``claim_rules.Version``. At the position
    ``THE_NODE`` stands the node itself.
    """

    __tablename__ = "claim_told"
    __table_args__ = (
        Index("ix_claim_told_changed", "changed", "seq"),
        Index("ix_claim_told_uuid", "uuid"),
        Index("ix_claim_told_epoch", "epoch"),
    )

    origin: Mapped[str] = mapped_column(Short, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    begun: Mapped[date] = mapped_column(Date)
    changed: Mapped[date] = mapped_column(Date)
    stand: Mapped[str] = mapped_column(String(10))
    subject_epoch: Mapped[int] = mapped_column(Integer)
    object_epoch: Mapped[int] = mapped_column(Integer)
    epoch: Mapped[int] = mapped_column(Integer)
    edition: Mapped[int] = mapped_column(Integer)
    uuid: Mapped[str] = mapped_column(String(36))


class ReviewRow(PublicBase):
    """What a node (this one too) says of its own review of a record of another node, and where it says so.

    ``shown`` is whether that revision is shown there; the newest word of a node on a record counts.
    """

    __tablename__ = "peer_review"

    origin: Mapped[str] = mapped_column(Short, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    record_id: Mapped[str] = mapped_column(String(40), index=True)
    revision: Mapped[int] = mapped_column(Integer)
    leaf: Mapped[str] = mapped_column(String(64))
    shown: Mapped[bool]


class WaitingRow(PublicBase):
    """A record of a peer that somebody here has to look at (``waiting``)."""

    __tablename__ = "peer_waiting"

    record_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"), index=True)


class CustodyRow(PublicBase):
    """What a peer says in its log of who keeps records: its own (``about`` is itself) or another node's.

    ``kind``, ``revision``, ``previous`` are those of the entry, ``leaf`` its hash (hex). ``successor`` and
    ``key`` are whom it names for itself; ``note`` is the checkpoint of the other log that it accepts.
    """

    __tablename__ = "custody"

    origin: Mapped[str] = mapped_column(Short, primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    about: Mapped[str] = mapped_column(String(52), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    revision: Mapped[int] = mapped_column(Integer)
    leaf: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str | None] = mapped_column(String(64))
    successor: Mapped[str | None] = mapped_column(String(52))
    key: Mapped[str | None] = mapped_column(String(400))
    note: Mapped[bytes | None] = mapped_column(LargeBinary)


class JudgmentRow(PublicBase):
    """What this node decided about a peer's record: up to which revision it is shown, or why not.

    ``shown`` is 0 where the record is not wanted; ``again`` asks anew when its home revises it. ``by`` is the
    short id of the node whose review counted here, empty where people here decided.
    """

    __tablename__ = "peer_judgment"

    record_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    peer: Mapped[str] = mapped_column(ForeignKey("peer.short"), index=True)
    judged: Mapped[int] = mapped_column(Integer)
    shown: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(40), default="")
    again: Mapped[bool] = mapped_column(default=True)
    by: Mapped[str] = mapped_column(Short, default="")
    day: Mapped[date] = mapped_column(Date)
