"""Numbers with a check digit: bank accounts, cards, tax and identity numbers of countries.

``python-stdnum`` holds the validators. Numbers whose form is their own (letters at fixed places)
are tried anywhere; bare digits only from nine on, since a shorter run fits some country by chance,
or after a word for such a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import bitcoin, iban, luhn

from registry.privacy.certain.validators import AFTER_A_WORD, DIGITS, LETTERED
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.remembering import remembered
from registry.privacy.words.papers import PAPERS

_IBAN = re.compile(
    r"(?:(?<!\w)|(?<=[\s(«،][وفبل]))[A-Z]{2}\d\d(?:[ -]?[A-Z0-9]{4}){2,8}(?:[ -]?[A-Z0-9]{1,3})?(?!\w)",
    re.IGNORECASE,
)
_CARD = re.compile(r"(?:(?<![\w-])|(?<=[\s(«،][وفبل]))\d{4}(?:[ -]?\d){9,15}(?![\w-])")
_LETTERED = re.compile(
    r"""(?= [A-Z\d&] | [ -]\d ) (?: (?<!\w) | (?<=[\s(«،][وفبل]) ) (?:
        [XYZ]? [ -]? \d{7,8} [ -]? [A-Z]{1,2}                     # Spain, Ireland
      | [A-Z]{6} \d{2} [A-Z] \d{2} [A-Z] \d{3} [A-Z]              # Italy
      | [A-Z]{4} \d{6} [HMX] [A-Z]{5} [A-Z0-9] \d                 # Mexico
      | [A-Z&]{3,4} \d{6} [A-Z0-9]{3}                             # Mexico, tax
      | \d{1,2} \.? \d{3} \.? \d{3} - [\dK]                       # Chile
      | \d{17} [\dX]                                              # China
      | [12] [ ]? \d{2} [ ]? \d{2} [ ]? (?:\d{2}|2[AB]) [ ]? \d{3} [ ]? \d{3} [ ]? \d{2}  # France
      | \d{6} [-+A] \d{3} [0-9A-Z]                                # Finland
      | [A-Z]{5} \d{4} [A-Z]                                      # India, tax
      | \d{8} [ ]? \d [ ]? [A-Z]{2} \d                            # Portugal
      | [VEJPG] -? \d{8} -? \d                                    # Venezuela
      | [A-Z] \d{6,7} \(? [\dA] \)?                               # Hong Kong
      | [STFGM] \d{7} [A-Z]                                       # Singapore
      | [A-Z] [12] \d{8}                                          # Taiwan
      | [A-Z] \d{12}                                              # pupils and patients of Britain
    )(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"(?:(?<![\w.,+/-])|(?<=[\s(«،][وفبل]))\d(?:[ .\-/]?\d){8,15}(?![\w/-])(?!\.\d)")
_AFTER_A_WORD = re.compile(r"(?<![\w.,+/-])\d(?:[ .\-/]?\d){6,13}-?[\dK]?(?![\w/-])(?!\.\d)")
_DATED = re.compile(
    r"97[89]-|(?:19|20)\d\d[01]\d[0-3]\d(?:-?\d{2,3})?$|[\d.]{1,8}/(?:19|20)\d\d$|\d{1,3}(?:\.\d{1,3}){3}/"
)
_LAST_GROUP = re.compile(r"[ -]\d{1,12}$")
_SEPARATORS = re.compile(r"[ .\-/]")
_WALLET = re.compile(r"(?<!\w)(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[a-z0-9]{20,60})(?!\w)")
_WORD_BEFORE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]{1,25}(?:(?=[^\w\n]{1,4}$)|(?=[^\w\n]{0,3}(?:n[o°º]\.?|nr\.?|number|رقم)[^\w\n]{0,3}$))",
    re.IGNORECASE,
)
CARD_DIGITS = range(13, 20)
IBAN_SHORTEST = 15
WINDOW = 25
"""Characters before a number in which the word for it stands."""


class CheckedIds:
    """Finds numbers whose check digit is right."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings."""
        if not text.has_digit:
            return
        yield from accounts_and_cards(text.text)
        yield from _whole(text.text)


def accounts_and_cards(text: str) -> Iterator[Finding]:
    """Bank accounts and cards, which may be followed by words or groups that look like more of them."""
    for pattern, end_of in ((_IBAN, _iban_end), (_CARD, _card_end)):
        for match in pattern.finditer(text):
            if end := end_of(match.group()):
                yield Finding(match.start(), match.start() + end, Kind.CHECKED_ID, certain=True)


def _whole(text: str) -> Iterator[Finding]:
    """Numbers that are one as a whole or not at all."""
    for pattern, check in (
        (_LETTERED, _is_lettered),
        (_DIGITS, _is_number),
        (_WALLET, bitcoin.is_valid),
    ):
        for match in pattern.finditer(text):
            if check(match.group()):
                yield _certain(match)
    for match in _AFTER_A_WORD.finditer(text):
        if _is_named(text, match.start()) and _is_some_number(match.group()):
            yield _certain(match)


def _certain(match: re.Match[str]) -> Finding:
    return Finding(match.start(), match.end(), Kind.CHECKED_ID, certain=True)


def _is_named(text: str, start: int) -> bool:
    """Whether a word for a paper with a number stands before."""
    found = _WORD_BEFORE.search(text[max(0, start - WINDOW) : start])
    return found is not None and found.group().casefold() in PAPERS


def _iban_end(run: str) -> int:
    """Where the number ends, before words of the sentence that look like more of it; 0 for no number."""
    while len(run) >= IBAN_SHORTEST:
        if iban.is_valid(run, check_country=False):
            return len(run)
        run = run.rpartition(" ")[0]
    return 0


def _card_end(run: str) -> int:
    """Where the number ends, before groups of something else such as ``12/28``; 0 for no number."""
    while len(_SEPARATORS.sub("", run)) >= CARD_DIGITS.start:
        if _is_card(run):
            return len(run)
        shorter = _LAST_GROUP.sub("", run)
        if shorter == run:
            return 0
        run = shorter
    return 0


def _is_card(written: str) -> bool:
    bare = _SEPARATORS.sub("", written)
    return len(bare) in CARD_DIGITS and len(set(bare)) > 1 and bool(luhn.is_valid(bare))


@remembered
def _is_lettered(written: str) -> bool:
    return any(check(written.upper()) for check in LETTERED)


@remembered
def _is_number(written: str) -> bool:
    bare = _SEPARATORS.sub("", written)
    return not _DATED.match(written) and len(set(bare)) > 2 and any(check(bare) for check in DIGITS)  # noqa: PLR2004 - a row of one digit is none


@remembered
def _is_some_number(written: str) -> bool:
    bare = _SEPARATORS.sub("", written)
    return not _DATED.match(written) and len(set(bare)) > 1 and any(check(bare) for check in AFTER_A_WORD)
