"""Dates of birth: full dates beside a word of birth or a child, and full dates that lie years back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import CLITICS, is_roman, key_of
from registry.privacy.words.births import BORN, CHILDREN, NOT_BORN, SECOND_OF_MONTH
from registry.privacy.words.numbers import MONTHS

_YEAR = r"(?:1[3-9]\d\d|2[05]\d\d|'\d\d|\d\d)"
_NUMERIC = re.compile(
    rf"""(?<![\w./-]) (?:(?:le|el|tgl|tarehe)\ )?+ (?:
        (?P<y1>1[3-9]\d\d|2[05]\d\d) ([-/.]) \d{{1,2}} \2 \d{{1,2}}
      | \d{{1,2}} (\ ?[-/.]\ ?) \d{{1,2}} \3 (?P<y2>{_YEAR})
    ) (?:هـ|م)?+ (?![\w/-]|\.\d)""",
    re.VERBOSE,
)
_DAY = r"(?: \d{1,2} (?:st|nd|rd|th|er|re|o|a|°|\.o|\.)?+ | first | premier | primero | أول | غرة | منتصف )"
_WRITTEN = re.compile(
    rf"""(?<![\w./-]) (?:(?:[^\W\d_]{{3,10}},?|le|el)\ )?+
    {_DAY} [\ ./-]{{0,2}}+ (?:(?:of|de|del|d'|the|من)\ ?)?+
    (?P<month>[^\W\d_]{{1,12}}+(?:-[^\W\d_]{{1,8}}+)?)\.?+
    (?:\ (?P<second>[^\W\d]{{2,9}}(?:-[^\W\d]{{2,8}})?+))??
    [\ ,./-]{{0,2}} (?:(?:of|de|del|an|year|año|عام|سنة)\ )? (?P<year>{_YEAR}|[CDLMXVI]{{3,8}})
    (?:\ ?(?:AH|AP|هـ|م)(?!\w))?+ (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"""(?<!\w) (?:[^\W\d_]{3,10},\ )?+ (?P<month>[^\W\d_]{3,12})\.?\ (?:the\ )?+
    \d{1,2}(?:st|nd|rd|th)?+ ,?\ (?P<year>(?:19|20)\d\d|'\d\d) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<![\w./-])(?:(?:19|20)\d\d[01]\d[0-3]\d|[0-3]\d[01]\d(?:19|20)?\d\d)(?![\w/-]|\.\d)"
)
_YEAR_ONLY = re.compile(
    r"""(?<![\w./-]) (?:
        (?P<word>[^\W\d_]{3,12}\ )?+ (?:(?:de|of|del)\ )?+ (?:(?:19[2-9]|20[01]|1[34]\d)\d | '\d\d)
      | \d{1,2}\ (?:(?:of|de|d')\ ?)?(?P<month>[^\W\d_]{3,12})           # a day without a year
      | \d{1,2}[-/.](?:19|20)\d\d | \d{1,2}\ \d{1,2}\ (?:19|20)\d\d     # a month and a year, spaces
      | (?<=\b(?:el|du|de)\ )\d\d(?=[^\w%]|$)                            # en el 56
    ) (?![\w/-]|\.\d)""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]\b)*")
YEARS_AGO = 2016
"""A full date up to this year may be a date of birth without any word."""
BEFORE, AFTER, NEAR = 50, 30, 22
"""Characters around a date in which words say what it is."""


class Births:
    """Finds dates of birth."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        if not text.has_digit:
            return
        for find in (_numeric, _written, _compact, _year_only):
            for match in find(text.text):
                yield Finding(match.start(), match.end(), Kind.BIRTH, certain=False)


def _numeric(text: str) -> Iterator[re.Match[str]]:
    """``14/02/1961``."""
    for match in _NUMERIC.finditer(text):
        if _is_birth(text, match.span(), match["y1"] or match["y2"]):
            yield match


def _written(text: str) -> Iterator[re.Match[str]]:
    """*9 Aug 1974*; after a word of birth the month may be one we do not know."""
    for pattern in (_WRITTEN, _MONTH_FIRST):
        for match in pattern.finditer(text):
            born = _words(text, match.start() - BEFORE, match.start("month")) & BORN
            if born or (_is_month(match) and _is_birth(text, match.span(), match["year"])):
                yield match


def _compact(text: str) -> Iterator[re.Match[str]]:
    """``050862``, beside a word of birth."""
    for match in _COMPACT.finditer(text):
        before = _words(text, match.start() - BEFORE, match.start())
        if (before | _words(text, match.end(), match.end() + AFTER)) & BORN:
            yield match


def _year_only(text: str) -> Iterator[re.Match[str]]:
    """A year, or a day without a year, right after a word of birth."""
    for match in _YEAR_ONLY.finditer(text):
        if match["month"] and key_of(match["month"]) not in MONTHS:
            continue
        if _words(text, match.start() - NEAR, match.start() + len(match["word"] or "")) & BORN:
            yield match


def _is_month(match: re.Match[str]) -> bool:
    """Whether the word is a month, by name or by Roman number."""
    month = key_of(match["month"])
    second = match.groupdict().get("second")
    if second is not None and not {key_of(second), *key_of(second).split("-")} & SECOND_OF_MONTH:
        return False
    return bool({month, *month.split("-")} & MONTHS) or is_roman(_latin(month))


def _latin(month: str) -> str:
    """Cyrillic letters that look like Roman numbers."""
    return month.translate(str.maketrans("іх", "ix"))


def _is_birth(text: str, span: tuple[int, int], year: str) -> bool:
    before = _words(text, span[0] - BEFORE, span[0])
    if before & BORN or _words(text, span[1], span[1] + AFTER) & BORN:
        return True
    if _words(text, span[0] - BEFORE // 2, span[0]) & NOT_BORN:
        return False
    digits = year.strip("'")
    if before & CHILDREN or not digits.isdecimal():
        return True
    return int(digits) <= YEARS_AGO if len(digits) > 2 else True  # noqa: PLR2004 - a year of two digits


def _words(text: str, start: int, end: int) -> set[str]:
    """The words of a window, Arabic ones also without what is written together with them."""
    keys = {key_of(word) for word in _WORD.findall(text[max(0, start) : end])}
    stems = {
        key.removeprefix(clitic)
        for key in keys
        if not key.isascii()
        for clitic in CLITICS
        if key.startswith(clitic)
    }
    return keys | stems
