"""The services of attachments, opened together on one store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from registry.clock import Clock
from registry.db.private import PrivateDatabase
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
    if not setting:
        return FolderStore(folder)
    open_bucket: Callable[[str], Store] = resolve_name("registry.intake.attachments.bucket:open_bucket")
    return open_bucket(setting)


def open_office(private: PrivateDatabase, store: Store, clock: Clock) -> AttachmentsOffice:
    """Every service, on this store."""
    return AttachmentsOffice(
        store=store,
        own=Attachments(private, store, clock),
        sweeping=Sweeping(private, store, clock),
    )
