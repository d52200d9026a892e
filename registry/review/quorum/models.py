"""Votes in the private database: what one of several reviewers concludes, before anything is decided."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from registry.db.private import PrivateBase
from registry.review.models import ConcludedColumns


class VoteRow(ConcludedColumns, PrivateBase):
    """One vote on one version.

    ``mark`` stands for what would be published (``votes.mark``). Once it is decided, those on whose
    side it was are decisions as well, under the same ``id`` (``DecisionRow``); the note is sealed for that.
    """

    __tablename__ = "review_vote"

    mark: Mapped[str] = mapped_column(String(64))
