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
    private: PrivateDatabase,
    clock: Clock,
    looks: PublicLooks,
    sealer: Sealer,
    *,
    publication_every: int,
    all_looks: PublicLooks,
) -> CareOffice:
    """An office on this database, with a view of the public one.

    ``all_looks`` knows as well what is for partners only: it is retracted and erased as all else, but
    nobody in public can flag it, and it is not joined to what is public.
    """
    return CareOffice(
        flags=Flags(private, clock, looks, sealer),
        changes=Changes(private, clock, all_looks, sealer, publication_every=publication_every),
        desk=CareDesk(private, all_looks, sealer),
        merging=Merging(private, clock, looks, sealer),
    )
