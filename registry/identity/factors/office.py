"""Everything of second factors that faces call, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from registry.clock import Clock
from registry.db.private import PrivateDatabase
from registry.identity.factors.letters import FactorLetters
from registry.identity.factors.own import OwnFactors
from registry.identity.factors.passkeys import Passkeys, Site
from registry.identity.factors.pending import Terms
from registry.identity.factors.recovery import RecoveryCodes
from registry.identity.factors.relying import relying_party
from registry.identity.factors.resetting import Resetting
from registry.identity.factors.second_step import SecondStep
from registry.identity.factors.showing import PasskeySignIns
from registry.identity.factors.totp import OneTimeCodes
from registry.sealing import Sealer


@dataclass(frozen=True, slots=True)
class FactorsOffice:
    """The use cases of second factors at one node."""

    second_step: SecondStep
    own: OwnFactors
    resetting: Resetting
    passkeys: Passkeys
    passkey_sign_ins: PasskeySignIns
    letters: FactorLetters


def open_office(
    private: PrivateDatabase, sealer: Sealer, clock: Clock, *, issuer: str, base_url: str, terms: Terms
) -> FactorsOffice:
    """An office whose one-time codes and passkeys are listed as ``issuer`` in people's apps."""
    site = Site(relying_party(base_url), issuer)
    codes, paper = OneTimeCodes(sealer, issuer), RecoveryCodes(sealer)
    return FactorsOffice(
        second_step=SecondStep(private, clock, codes, paper, terms),
        own=OwnFactors(private, clock, codes, paper, asked=terms.factor_asked),
        resetting=Resetting(private, clock),
        passkeys=Passkeys(private, clock, site, paper, required=terms.factor_asked),
        passkey_sign_ins=PasskeySignIns(private, clock, site, terms, sealer),
        letters=FactorLetters(private, clock),
    )
