"""What follows from the second factors that a person has. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.identity.roles import FACTOR_ROLES, Role

FEW = 3
"""Recovery codes left, below which a person is asked to make new ones."""


@dataclass(frozen=True, slots=True)
class Held:
    """The second factors of a person. Recovery codes stand in for them and are none themselves."""

    totp: bool = False
    passkeys: int = 0
    recovery_left: int = 0

    @property
    def factors(self) -> int:
        """How many there are."""
        return self.totp + self.passkeys

    @property
    def any(self) -> bool:
        """Whether signing in takes a second step."""
        return self.factors > 0

    @property
    def needs_codes(self) -> bool:
        """Whether new recovery codes should be made: one lost device, and nothing else is left."""
        return self.any and self.recovery_left < FEW


def needs_one(roles: frozenset[Role], *, asked: bool) -> bool:
    """Whether somebody with these roles, in any organization, must have a second factor."""
    return asked and bool(roles & FACTOR_ROLES)
