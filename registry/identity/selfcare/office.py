"""Everything that people do for their own account, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.selfcare.letters import AccountLetters
from registry.identity.selfcare.mailbox import Mailbox
from registry.identity.selfcare.passwords import Passwords


@dataclass(frozen=True, slots=True)
class SelfcareOffice:
    """The use cases of one's own account at one node."""

    passwords: Passwords
    mailbox: Mailbox
    letters: AccountLetters


def open_office(private: PrivateDatabase, clock: Clock) -> SelfcareOffice:
    """An office on this database."""
    return SelfcareOffice(
        passwords=Passwords(private, clock),
        mailbox=Mailbox(private, clock),
        letters=AccountLetters(private, clock),
    )
