"""Tables of letters about reports: how soon people want them, what waits to be told, how far was read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.columns import Key, Moment
from registry.db.private import PrivateBase


class NewsWish(PrivateBase):
    """How soon a person wants letters; whoever has none is told at once."""

    __tablename__ = "news_wish"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    rhythm: Mapped[str] = mapped_column(String(20))
    told_at: Mapped[datetime | None] = mapped_column(Moment)


class NewsItem(PrivateBase):
    """Something that a person is still to be told; gone once the letter is queued."""

    __tablename__ = "news_item"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    submission_id: Mapped[str] = mapped_column(Key, primary_key=True)
    news: Mapped[str] = mapped_column(String(20), primary_key=True)


class NewsMark(PrivateBase):
    """Up to which row the trail was read for news; one row."""

    __tablename__ = "news_mark"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    upto: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"))
