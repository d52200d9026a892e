"""Devices without a browser (RFC 8628): one waits with a device code, its person types the user code.

The user code is short, so it is drawn from letters that cannot be mistaken, lives ten minutes, and
trying codes is limited where people type them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Select, select, update

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.errors import N_, NotFound
from registry.identity.oauth.credentials import Credentials, Redeemed
from registry.identity.oauth.grants import Grants, alive
from registry.identity.oauth.models import DeviceCode
from registry.identity.oauth.rules import DEVICE_INTERVAL, DEVICE_SECONDS, scopes_of
from registry.identity.rules import Actor
from registry.identity.secrets import hash_secret, new_secret

LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words; 20 letters (RFC 8628 section 6.1)."""
LENGTH: Final = 8


class Progress(StrEnum):
    """Where a waiting device stands; the values are error codes of RFC 8628 section 3.5."""

    PENDING = "authorization_pending"
    SLOW_DOWN = "slow_down"
    DENIED = "access_denied"
    EXPIRED = "expired_token"


@dataclass(frozen=True, slots=True)
class NewDevice:
    """Codes of a device that begins to wait; shown this once."""

    device_code: str
    user_code: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person is asked about when they type a user code."""

    client_id: str
    scopes: tuple[str, ...]


class Devices:
    """Devices that wait, and the people who let them in."""

    def __init__(
        self, private: PrivateDatabase, grants: Grants, credentials: Credentials, clock: Clock
    ) -> None:
        self._private, self._grants, self._credentials, self._clock = private, grants, credentials, clock

    def start(self, client_id: str, scopes: tuple[str, ...]) -> NewDevice:
        """Two codes, good for ten minutes."""
        drawn = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        new = NewDevice(new_secret(), f"{drawn[:4]}-{drawn[4:]}")
        with self._private.work() as session:
            session.add(
                DeviceCode(
                    code_hash=hash_secret(new.device_code),
                    user_code_hash=_user_hash(new.user_code),
                    client_id=client_id,
                    scopes=" ".join(scopes),
                    interval=DEVICE_INTERVAL,
                    expires_at=self._clock() + timedelta(seconds=DEVICE_SECONDS),
                )
            )
        return new

    def waiting(self, user_code: str) -> Waiting:
        """What waits under this user code; raises ``NotFound`` for every wrong or old one alike."""
        with self._private.read() as session:
            row = session.scalar(self._open(user_code))
            if row is None:
                raise NotFound(N_("No device waits with this code. Check it, or begin again on the device."))
            return Waiting(row.client_id, scopes_of(row.scopes))

    def decide(self, actor: Actor, user_code: str, *, allow: bool, scopes: tuple[str, ...] = ()) -> None:
        """Let the device in or turn it away, once; raises ``NotFound``."""
        with self._private.work() as session:
            row = session.scalar(self._open(user_code).with_for_update())
            if row is None:
                raise NotFound(N_("No device waits with this code. Check it, or begin again on the device."))
            row.state = "approved" if allow else "denied"
            if allow:
                row.grant_id = self._grants.open(session, actor, row.client_id, scopes).id

    def poll(self, device_code: str, client_id: str, *, refresh: bool) -> Redeemed | Progress | None:
        """What a device gets when it asks; None for a code that is unknown, another program's or used."""
        now = self._clock()
        with self._private.work() as session:
            row = session.scalar(
                select(DeviceCode)
                .where(DeviceCode.code_hash == hash_secret(device_code), DeviceCode.client_id == client_id)
                .with_for_update()
            )
            if row is None or row.state == "used":
                return None
            if row.expires_at <= now:
                return Progress.EXPIRED
            if row.state == "denied":
                return Progress.DENIED
            if row.state == "waiting":
                hasty = row.polled_at is not None and now < row.polled_at + timedelta(seconds=row.interval)
                row.interval += DEVICE_INTERVAL if hasty else 0
                row.polled_at = now
                return Progress.SLOW_DOWN if hasty else Progress.PENDING
            won = session.execute(
                update(DeviceCode)
                .where(DeviceCode.code_hash == row.code_hash, DeviceCode.state == "approved")
                .values(state="used")
                .returning(DeviceCode.grant_id)
            ).scalar_one_or_none()
            grant = alive(session, won, now) if won else None
            if grant is None:
                return None
            token = self._credentials.add_refresh(session, grant) if refresh else None
            return Redeemed(grant.id, grant.person_id, scopes_of(grant.scopes), token)

    def _open(self, user_code: str) -> Select[DeviceCode]:
        return select(DeviceCode).where(
            DeviceCode.user_code_hash == _user_hash(user_code),
            DeviceCode.state == "waiting",
            DeviceCode.expires_at > self._clock(),
        )


def _user_hash(typed: str) -> str:
    """People may type small letters, and any mark between the halves."""
    return hash_secret("".join(letter for letter in typed.upper()[:40] if letter in LETTERS))
