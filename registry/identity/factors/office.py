"""Everything of second factors that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors.letters import FactorLetters
from registry.identity.factors.own import OwnFactors
from registry.identity.factors.pending import Terms
from registry.identity.factors.recovery import RecoveryCodes
from registry.identity.factors.resetting import Resetting
from registry.identity.factors.second_step import SecondStep
from registry.identity.factors.totp import OneTimeCodes
from registry.sealing import Sealer


@dataclass(frozen=True, slots=True)
class FactorsOffice:
    """The use cases of second factors at one node."""

    second_step: SecondStep
    own: OwnFactors
    resetting: Resetting
    letters: FactorLetters


def open_office(
    private: PrivateDatabase, sealer: Sealer, clock: Clock, *, issuer: str, terms: Terms
) -> FactorsOffice:
    """An office whose one-time codes are listed as ``issuer`` in people's apps."""
    codes, paper = OneTimeCodes(sealer, issuer), RecoveryCodes(sealer)
    return FactorsOffice(
        second_step=SecondStep(private, clock, codes, paper, terms),
        own=OwnFactors(private, clock, codes, paper, asked=terms.factor_asked),
        resetting=Resetting(private, clock),
        letters=FactorLetters(private, clock),
    )
