"""The care for public records in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.review.aftercare.changes import Changes
from registry.review.aftercare.desk import CareDesk
from registry.review.aftercare.flags import Flags
from registry.review.aftercare.looking import PublicLooks
from registry.review.aftercare.merging import Merging
from registry.sealing import Sealer


@dataclass(frozen=True, slots=True)
class CareOffice:
    """Flags, changes, and what waits of both."""

    flags: Flags
    changes: Changes
    desk: CareDesk
    merging: Merging


def open_office(
    private: PrivateDatabase, clock: Clock, looks: PublicLooks, sealer: Sealer, *, publication_every: int
) -> CareOffice:
    """An office on this database, with a view of the public one."""
    return CareOffice(
        flags=Flags(private, clock, looks, sealer),
        changes=Changes(private, clock, looks, sealer, publication_every=publication_every),
        desk=CareDesk(private, looks, sealer),
        merging=Merging(private, clock, looks, sealer),
    )
