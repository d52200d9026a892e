"""Dates of birth: any full date beside a word of birth, and full dates that lie years back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{2,4}|\d{1,2}(?:st|nd|rd|th|er|º|°)?(?: of| de| d'|\.)? ?"
    rf"{_MONTH},?(?: (?:of|de|del|سنة|عام))? ?\d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|(?:(?:early|late|mid|vers|hacia|en|in|in the)[ -])?(?:{_MONTH} (?:of |de |del )?)?(?:19|20)\d\d|1[34]\d\d)"
)
_BORN = (
    r"(?:\bborn|\bb\.|\bd\.?o\.?b\.?|\bbirth(?:day|date)?|\bdate of birth|\bn[ée]{1,2}s?\b|\bnaissance|\bdate de naissance|\bnaquit|\bnaci[óo]|\bnacid[oa]s?|\bnacimiento|\bcumplea[ñn]os|\bf\.? ?(?:de )?nac\.?|"
    r"\bnascid[oa]|\bnascimento|\bnasceu|\bdata de nasc\.?|\blahir|\btgl lahir|\bkuzaliwa|\balizaliwa|\bdoğum|مواليد|ولد|ولدت|مولود|مولودة|الميلاد|ميلاد|ميلادها|ميلاده|تولد)"
)
_CUED = re.compile(rf"{_BORN}[^\d\n]{{0,30}}?(?P<date>{_DATE})", re.IGNORECASE)
_ALSO = re.compile(rf"{_BORN}[^\d\n]{{0,30}}?{_DATE}[^\d\n]{{0,30}}?(?P<date>{_DATE})", re.IGNORECASE)
_OLD = re.compile(
    r"(?<![\d./-])(?:(?:19[2-9]\d|200\d|201[0-5])[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19[2-9]\d|200\d|201[0-5]))(?![\d/-])"
)
_OLD_WORDS = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th|er|º)?(?: of| de)? {_MONTH}(?: (?:of|de|del))? (?:19[2-9]\d|200\d)(?!\d)"
)


class Births:
    """Finds dates of birth."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        for pattern in (_CUED, _ALSO):
            for match in pattern.finditer(text.text):
                yield Finding(*match.span("date"), Kind.BIRTH, certain=False)
        for pattern in (_OLD, _OLD_WORDS):
            for match in pattern.finditer(text.text):
                yield Finding(*match.span(), Kind.BIRTH, certain=False)
