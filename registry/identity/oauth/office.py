"""Everything of OAuth that faces call, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.oauth.assertions import Assertions
from registry.identity.oauth.credentials import Credentials
from registry.identity.oauth.devices import Devices
from registry.identity.oauth.grants import Grants
from registry.identity.oauth.keys import Keys
from registry.identity.oauth.lenders import Lenders
from registry.identity.oauth.programs import Programs
from registry.identity.oauth.sweeping import sweep
from registry.identity.oauth.tokens import AccessTokens
from registry.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Terms:
    """How a node lends: who issues tokens (an address without a slash at its end), and how long they live.

    ``factor_asked`` is the setting ``second_factor``.
    """

    issuer: str
    token_minutes: int
    grant_days: int
    factor_asked: bool = True


@dataclass(frozen=True, slots=True)
class OAuthOffice:
    """The use cases of OAuth at one node."""

    keys: Keys
    programs: Programs
    lenders: Lenders
    grants: Grants
    credentials: Credentials
    devices: Devices
    assertions: Assertions
    tokens: AccessTokens
    sweep: Callable[[], int]

    def keep_house(self) -> None:
        """What the worker does from time to time: throw away what ended, replace an old key."""
        self.sweep()
        self.keys.rotate_if_old()


def open_office(private: PrivateDatabase, sealer: Sealer, clock: Clock, terms: Terms) -> OAuthOffice:
    """An office on this database."""
    token_minutes = terms.token_minutes
    keys = Keys(private, sealer, clock, timedelta(minutes=token_minutes))
    grants = Grants(private, clock, terms.grant_days)
    credentials = Credentials(private, grants, clock)
    return OAuthOffice(
        keys=keys,
        programs=Programs(private, clock),
        lenders=Lenders(private),
        grants=grants,
        credentials=credentials,
        devices=Devices(private, grants, credentials, clock),
        assertions=Assertions(private, clock),
        tokens=AccessTokens(
            private, keys, clock, terms.issuer, token_minutes, factor_asked=terms.factor_asked
        ),
        sweep=partial(sweep, private, clock),
    )
