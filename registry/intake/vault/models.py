"""Tables of keys in the private database; none of them opens anything without the keyring."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Moment
from registry.db.private import PrivateBase


class MasterKeyRow(PrivateBase):
    """A master key that data keys may be wrapped by: its id, never the key.

    Data keys refer to it. So the database itself refuses to let go of a master key that one still
    needs, and refuses a data key that a slow process wraps with a key that was let go.
    """

    __tablename__ = "master_key"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)


class DataKeyRow(PrivateBase):
    """The key of one submission, wrapped by a master key; both empty once it was destroyed.

    It is made before its submission, whose first row holds sealed bytes already.
    """

    __tablename__ = "data_key"

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("submission.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )
    master_key_id: Mapped[str | None] = mapped_column(ForeignKey("master_key.id"))
    wrapped: Mapped[bytes | None] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment)
    destroyed_at: Mapped[datetime | None] = mapped_column(Moment)
