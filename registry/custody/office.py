"""Everything of custody that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.custody.erasure import Erasure
from registry.custody.exports import Exports
from registry.custody.handover import HandingOver
from registry.custody.letters import OriginalsLetters
from registry.custody.originals import Originals
from registry.custody.receipts import Checking
from registry.custody.retention import Retention
from registry.custody.suspension import Suspension
from registry.custody.trail import Trail
from registry.db.private import PrivateDatabase
from registry.intake.vault.rules import STANDARD, Keeping


@dataclass(frozen=True, slots=True)
class CustodyOffice:
    """The use cases of custody at one node."""

    suspension: Suspension
    handing_over: HandingOver
    exports: Exports
    erasure: Erasure
    originals: Originals
    retention: Retention
    letters: OriginalsLetters
    trail: Trail


def open_office(
    private: PrivateDatabase, clock: Clock, *, secret_key: str, keeping: Keeping = STANDARD
) -> CustodyOffice:
    """An office on this database; the secret makes check values of receipts."""
    checking = Checking(secret_key)
    return CustodyOffice(
        suspension=Suspension(private, clock),
        handing_over=HandingOver(private, clock),
        exports=Exports(private, clock),
        erasure=Erasure(private, clock),
        originals=Originals(private, clock, checking, keeping),
        retention=Retention(private, clock, checking, keeping),
        letters=OriginalsLetters(private, clock, keeping),
        trail=Trail(private, clock),
    )
