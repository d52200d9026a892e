"""What the services of attachments give back: plain, frozen, detached from the database and the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from registry.intake.attachments.rules import Media
from registry.intake.rules import State


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a report without its bytes.

    ``number`` is the file's own in its report, from 1, and stays when others are removed. ``description``
    is empty where nobody has said yet what the file shows. ``glimpse`` is a picture of a few points a side,
    JPEG: what is seen before it is opened.
    """

    id: str
    number: int
    media: Media
    size: int
    width: int | None
    height: int | None
    description: str
    glimpse: bytes
    created_at: datetime

    @property
    def name(self) -> str:
        """The name that it is handed out under; nothing of the name that it came with is in it."""
        return f"attachment-{self.number}.{self.media.ending}"


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a report, oldest first; ``lock`` is the report's, which grows with every change."""

    items: tuple[AttachmentView, ...]
    lock: int
    state: State
    editable: bool

    @property
    def undescribed(self) -> int:
        """How many files nobody has described yet."""
        return sum(1 for item in self.items if not item.description)


@dataclass(frozen=True, slots=True)
class Added:
    """A file just added, and the report's files with it."""

    item: AttachmentView
    attached: Attached


@dataclass(frozen=True, slots=True)
class Content:
    """A file with its bytes."""

    item: AttachmentView
    data: bytes
