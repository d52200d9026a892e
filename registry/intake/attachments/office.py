"""The services of attachments, opened together on one store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.intake.attachments.bucket import BucketStore, place_of
from registry.intake.attachments.service import Attachments
from registry.intake.attachments.stores import FolderStore, Store
from registry.intake.attachments.sweeping import Sweeping


@dataclass(frozen=True, slots=True)
class AttachmentsOffice:
    """What organizations do with attachments, and the worker; reviewers have ``review.evidence``."""

    store: Store
    own: Attachments
    sweeping: Sweeping


def open_store(setting: str, folder: Path) -> Store:
    """The bucket that the setting names, or the folder; raises ``SettingError``."""
    return BucketStore(place_of(setting)) if setting else FolderStore(folder)


def open_office(private: PrivateDatabase, store: Store, clock: Clock) -> AttachmentsOffice:
    """Every service, on this store."""
    return AttachmentsOffice(
        store=store,
        own=Attachments(private, store, clock),
        sweeping=Sweeping(private, store, clock),
    )
