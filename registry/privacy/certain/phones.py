"""Telephone numbers, in international form or as people of a country write them.

A run of digits is a number to call when it says so (``+``, ``00``, a word such as *tel* before it)
or when its groups have the shape in which numbers are written; thousands, dates and versions have
other shapes. ``phonenumbers`` decides where the plan of a country is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_RUN = re.compile(
    r"(?<![\w./:@#-])(?:\+ ?|00 ?)?\(?\d(?:[ ().\-/]{0,3}\d){5,16}(?![\w])(?!\.\d)(?: ?(?:ext|x|anexo|poste|int|ext\.|تحويلة)\.? ?\d{1,5})?",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:\b(?:tel[eé]?(?:f[oó]no?|phone)?s?|t[eé]l|ph|phone[ds]?|call(?:s|ed|ing)?|ring|dial|cell|mobile|mob|whats ?app|wa|"
    r"sms|text(?:ed)?|fax|signal|viber|hotline|number is|portable|appel(?:ez|er|le)|joindre|num[eé]ro|contact|"
    r"m[oó]vil|celular|cel|llam(?:ar?|e|en|ó)|fijo|ligar?|telem[oó]vel|contacto|telepon|hp|simu|nambari|namba)\b"
    r"|هاتف|جوال|موبايل|واتس ?[اآ]ب|واتساب|تلفون|اتصل|الاتصال|رقمه|رقمها|رقمي|للتواصل|محمول|نقال)"
    r"[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:\b(?:case|ticket|ref(?:erence)?|id|passport|dossier|expediente|caso|folio|file|card|account|record|isbn|doi|version|invoice|mrn|cuenta|compte|no\.? de dossier)\b|رقم الملف|رقم القضية|ملف)"
    r"[^\d\n]{0,15}$",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"""\(0?\d{1,4}\)[ -]?\d{2,4}[ .-]?\d{2,4}(?:[ .-]?\d{2,4})?   # (011) 4321-5678
      | 0\d(?:[ .-]\d\d){4}                                       # 06 12 34 56 78
      | 0\d{8,10}                                                 # 0712345678
      | 0\d{1,4}[ ./-]\d{2,4}(?:[ .-]?\d{2,4}){1,3}               # 0712 345 678
      | \d{3}[-. ]\d{3}[-. ]\d{4}                                 # 202-555-0143
      | \d\d(?:[ .-]\d\d){3,4}                                    # 77 12 34 56
      | \d\d[ .-]\d{3}[ .-]\d\d[ .-]\d\d                          # 77 123 45 67
      | \d{3}[ .-]\d\d[ .-]\d\d[ .-]\d\d(?:[ .-]\d\d)?            # 612 34 56 78
      | \d{2}[ -]\d{4}[ -]\d{4}                                   # 55 1234 5678
      | 9\d{8} | 9\d{2}[ -]\d{3}[ -]\d{3} | [67]\d{2}[ -]\d{3}[ -]\d{3}   # mobiles of Spain, Peru, Chile, Zambia
      | 9\d[ ]?\d{3}[ ]?\d{5} | [6-9]\d{4}[ -]\d{5} | 9[ ]\d{4}[ -]\d{4}  # India, Chile
      | \d{4}[ -]\d{4} | 3\d{2}[ -]\d{3}[ -]\d{4}
    """,
    re.VERBOSE,
)
_DATE = re.compile(
    r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)\d\d|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d)"
)
_THOUSANDS = re.compile(r"\d{1,3}([ .])\d{3}(?:\1\d{3})*")
_DIGITS = re.compile(r"\d")
LEAST, MOST = 6, 15  # ITU-T E.164: at most fifteen digits


class Phones:
    """Finds telephone numbers."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for match in _RUN.finditer(text.text):
            before = text.text[max(0, match.start() - 40) : match.start()]
            if is_phone(match.group(), before):
                yield Finding(match.start(), match.end(), Kind.PHONE, certain=True)


def is_phone(run: str, before: str) -> bool:
    """Whether a run of digits and separators is a number to call, given the text before it."""
    digits = len(_DIGITS.findall(run))
    if not LEAST <= digits <= MOST + 2 or _DATE.fullmatch(run):
        return False
    if run.startswith("+"):
        return True
    if _CUE.search(before):
        return True
    if _NOT.search(before):
        return False
    if run.startswith("00 ") or run.startswith("00") and not _NATIONAL.fullmatch(run):
        return True
    if _NATIONAL.fullmatch(run):
        return True
    return not _THOUSANDS.fullmatch(run) and _possible("+" + run)


def _possible(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
