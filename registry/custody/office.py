"""Everything of custody that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.custody.erasure import Erasure
from registry.custody.exports import Exports
from registry.custody.handover import HandingOver
from registry.custody.suspension import Suspension
from registry.db.private import PrivateDatabase


@dataclass(frozen=True, slots=True)
class CustodyOffice:
    """The use cases of custody at one node."""

    suspension: Suspension
    handing_over: HandingOver
    exports: Exports
    erasure: Erasure


def open_office(private: PrivateDatabase, clock: Clock) -> CustodyOffice:
    """An office on this database."""
    return CustodyOffice(
        suspension=Suspension(private, clock),
        handing_over=HandingOver(private, clock),
        exports=Exports(private, clock),
        erasure=Erasure(private, clock),
    )
