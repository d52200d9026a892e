"""Numbers with a check digit: bank accounts, cards, tax and identity numbers of countries.

``python-stdnum`` holds the validators. Numbers whose form is their own (letters at fixed places)
are tried anywhere; bare digits only from nine on, since a shorter run fits some country by chance.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from stdnum import iban, luhn
from stdnum.ar import cuit, dni as dni_ar
from stdnum.be import nn as nn_be
from stdnum.br import cpf
from stdnum.ch import ssn as ssn_ch
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.co import nit
from stdnum.cr import cpf as cpf_cr
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.do import cedula
from stdnum.ec import ci
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.gr import amka
from stdnum.il import idnr as idnr_il
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.my import nric
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pk import cnic
from stdnum.pl import pesel
from stdnum.pt import cc
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.uy import rut as rut_uy
from stdnum.za import idnr as idnr_za
from stdnum.in_ import aadhaar, pan

from stdnum.bg import egn
from stdnum.nz import ird
from stdnum.pt import nif
from stdnum.ua import rntrc
from stdnum.ve import rif
from stdnum import bitcoin

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

Check = Callable[[str], bool]
_TOKEN = re.compile(r"(?<![\w@#/.-])[A-Za-z0-9](?:[A-Za-z0-9]|[ .\-/](?=[A-Za-z0-9])){6,40}(?![\w@])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,8}(?: ?[A-Z0-9]{1,3})?(?!\w)", re.IGNORECASE)
_CARD = re.compile(r"(?<![\w-])\d{4}(?:[ -]?\d){9,15}(?![\w-])")
_LETTERED = re.compile(
    r"(?<!\w)(?:"
    r"[XYZ]?[ -]?\d{7,8}[ -]?[A-Z]"  # Spain
    r"|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]"  # Italy
    r"|[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d"  # Mexico
    r"|\d{1,2}\.?\d{3}\.?\d{3}-[\dK]"  # Chile
    r"|\d{17}[\dX]"  # China
    r"|[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}"  # France
    r"|\d{6}[-+A]\d{3}[0-9A-Z]"  # Finland
    r"|[A-Z]{5}\d{4}[A-Z]"  # India, tax
    r"|\d{8} ?\d ?[A-Z]{2}\d"  # Portugal
    r"|[VEJPG]-?\d{8}-?\d"  # Venezuela
    r")(?!\w)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,+/-])\d(?:[ .\-/]?\d){8,15}(?![\w/-])(?!\.\d)")
_DATED = re.compile(r"(?:19|20)\d\d[01]\d[0-3]\d(?:-\d{2,3})?$|[\d.]{1,8}/(?:19|20)\d\d$")
_SEPARATORS = re.compile(r"[ .\-/]")

_WALLET = re.compile(r"(?<!\w)(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{20,60})(?!\w)")


def _is_gulf(bare: str) -> bool:
    """Identity numbers of the Emirates (784…) and Saudi Arabia (1…, 2…), checked as cards are (Luhn)."""
    fits = (len(bare) == 15 and bare.startswith("784")) or (len(bare) == 10 and bare[0] in "12")  # noqa: PLR2004
    return fits and luhn.is_valid(bare)


LETTERED: tuple[Check, ...] = (
    dni.is_valid, nie.is_valid, codicefiscale.is_valid, curp.is_valid, rut.is_valid, ric.is_valid,
    nir.is_valid, hetu.is_valid, pan.is_valid, cc.is_valid, rif.is_valid,
)  # fmt: skip
DIGITS: tuple[Check, ...] = (
    cpf.is_valid, aadhaar.is_valid, idnr_za.is_valid, tckimlik.is_valid, pesel.is_valid, idnr_il.is_valid,
    cnp.is_valid, ric.is_valid, nir.is_valid, cuit.is_valid, nhs.is_valid, bsn.is_valid, nn_be.is_valid,
    idnr.is_valid, ci.is_valid, cedula.is_valid, rrn.is_valid, pin.is_valid, personnummer.is_valid,
    fodselsnummer.is_valid, cpr.is_valid, rc.is_valid, amka.is_valid, ssn_ch.is_valid, rut_uy.is_valid,
    nit.is_valid, egn.is_valid, ird.is_valid, nif.is_valid, rntrc.is_valid, _is_gulf,
)  # fmt: skip
CARD_DIGITS = range(13, 20)


class CheckedIds:
    """Finds numbers whose check digit is right."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for pattern, check in (
            (_IBAN, iban.is_valid),
            (_CARD, _is_card),
            (_LETTERED, _is_lettered),
            (_DIGITS, _is_number),
            (_WALLET, bitcoin.is_valid),
        ):
            for match in pattern.finditer(text.text):
                if check(match.group()):
                    yield Finding(match.start(), match.end(), Kind.CHECKED_ID, certain=True)


def _is_card(written: str) -> bool:
    bare = _SEPARATORS.sub("", written)
    return len(bare) in CARD_DIGITS and len(set(bare)) > 1 and luhn.is_valid(bare)


@lru_cache(maxsize=1024)
def _is_lettered(written: str) -> bool:
    return any(check(written.upper()) for check in LETTERED)


@lru_cache(maxsize=1024)
def _is_number(written: str) -> bool:
    bare = _SEPARATORS.sub("", written)
    if _DATED.match(written):
        return False
    return len(set(bare)) > 2 and any(check(bare) for check in DIGITS)  # noqa: PLR2004 - a row of one digit is none
