"""Telephone numbers, in international form or as people of a country write them.

A run of digits is a number to call when it says so (``+``, ``00``, a word such as *tel* before it)
or when its groups have the shape in which numbers are written; thousands, dates and versions have
other shapes. ``phonenumbers`` decides where the plan of a country is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import phonenumbers

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import key_of
from registry.privacy.words.papers import PAPERS
from registry.privacy.words.phones import CALLS, EXTENSION, LAWS, NUMBER, OWNERS

_EXTENSION = rf"(?: ?,? ?(?:{'|'.join(EXTENSION)})\.? ?\d{{1,5}}| to \d{{2,3}})(?!\w)"
_RUN = re.compile(
    rf"""(?: (?<![\w.@#-]) | (?<=[\s(«،][وفبل]) ) (?<!\d[/:]) (?<!://)
    \(?+ (?:\+\ ? | 00[ .-]?+(?=\d|\())?+ \(?+ \d (?: [ ().\-/]{{0,3}} \d ){{5,28}} \+?
    (?: {_EXTENSION.replace(" ", chr(92) + " ")} | (?!\w) (?!\.\d) )""",
    re.VERBOSE | re.IGNORECASE,
)
_LOOKALIKE = re.compile(r"(?<![\w./@#-])\+?[\dOoIlSОоΟο](?:[ ().\-/]{0,2}[\dOoIlSОоΟο]){6,18}(?!\w)")
_STRANGE = re.compile(
    r"""(?<![\w.+/-]) (?: \(?0xx\d\d\)? [ -]? 9?\d{4} [ -]? \d{4} |
      \+ \ ? \d{1,4} (?:[ _*|~=:;,…\n]{1,3} \d{1,4}){2,6}
      | 0\d{1,4} (?:(?:[_*|~=:…] | \ [/|*~]\ ){1,2} \d{2,4}){2,5}) (?![\w-])""",
    re.VERBOSE,
)
"""Digits with signs between that no country writes: to fool a program, or from a table."""
_SPACED = re.compile(
    r"""(?<![\w.,+/-])(?<!\d[ ]) (?: \+[ ]{0,2}\d | 0 )
      (?: (?:[ ]{1,3}\d){7,14} | (?P<gap>[ ]?[.\-/_*·][ ]?)\d (?:(?P=gap)\d){6,13} ) (?![.,]?\w) (?![ ]\d)""",
    re.VERBOSE,
)
"""Digits told one by one, from the sign or the nought that begins a number to call: ``0 7 1 2 3 4 5 6 7``."""
_SPACED_GROUPS = re.compile(
    r"""(?<![\w.,+/-])(?<!\d[ ]) (?: \+[ ]{0,2}\d | 0 ) (?:[ ]{1,3}\d){1,5}
      (?: [ ]?(?:[,،…–/|-]|\.{2,3})[ ]? \d (?:[ ]{1,3}\d){1,5} ){1,4} (?![.,]?\w) (?![ ]\d)""",
    re.VERBOSE,
)
"""The same in groups, with a pause between them: ``0 7 1 2, 3 4 5, 6 7 8``."""
LEAST_DIFFERENT = 4
"""Different digits of a number told one by one: noughts and ones in a row are labels."""
_NATIONAL = re.compile(
    r"""\(0?\d{1,5}\)[ .-]?\d{1,4}(?:[ .-]?\d{2,4}){1,3}             # (011) 4321-5678
      | 0\d(?:[ ./-]\d\d){4}                                      # 06 12 34 56 78
      | 0\d{8,10}                                                 # 0712345678
      | 0[ ]\d{3}(?:[ ]\d{3}){2} | 0[ ]\d{3}(?:[ ]\d\d){3}         # 0 712 345 678
      | 0\d{1,4}[ ./-]\d{1,4}(?:[ .-]?\d{2,4}){1,3}               # 0712 345 678
      | (?:1[-. ])?\d{3}[-. ]\d{3}[-. ]\d{4}                      # 202-555-0143
      | 8[ ]?\(\d{3}\)[ ]?\d{3}[- ]\d\d[- ]\d\d                   # Russia
      | \d\d(?:[ .-]\d\d){3,4}                                    # 77 12 34 56
      | \d\d[ .-]\d{3}[ .-]\d\d[ .-]\d\d                          # 77 123 45 67
      | \d{3}[ .-]\d\d[ .-]\d\d[ .-]\d\d(?:[ .-]\d\d)?            # 612 34 56 78
      | \d{2}[ -]\d{4}[ -]\d{4}                                   # 55 1234 5678
      | 1\d{2}[ -]\d{4}[ -]\d{4}                                  # China
      | \d{2}[ -](?:9[ .-]?)?\d{4}[ -]\d{4} | \d{2}[ ]9\d{4}[ -]\d{4} | 9\d{4}[-.]\d{4}  # Brazil
      | [679]\d{8} | 9\d{2}[ -]\d{3}[ -]\d{3} | [67]\d{2}[ -]\d{3}[ -]\d{3}   # mobiles
      | 9\d[ ]?\d{3}[ ]?\d{5} | [6-9]\d{4}[ -]\d{5} | 9[ ]\d{4}[ -]\d{4}  # India, Chile
      | \(0?\d{1,4}\)[ .-]?\d{6,8}                             # (010) 123456
      | [2-9]\d{1,2}[ ](?!(?:19|20)\d\d$)\d{4,6} | [2-9][ ]\d{7}  # small countries
      | [2-9]\d{2}[ -]\d{7}                                       # Colombia
      | [2-9]\d{3}[ -]\d{4} | [2-9]\d{2}-\d{4} | 3\d{2}[ -]\d{3}[ -]\d{4}
    """,
    re.VERBOSE,
)
_GROUPED = re.compile(r"\d{1,4}(?:[ .-]\d{2,4}){2,4}")
_DATE = re.compile(
    r"""\d{4}([-/.]|[ ])\d{1,2}\1\d{1,2} | \d{1,2}([-/. ])\d{1,2}\2(?:19|20)\d\d
      | (?:19|20)\d\d[ ]?[-/][ ]?(?:19|20)\d\d
      | (?:19|20)\d\d-\d{2}-\d{2}.{0,9} | \d{1,2}/\d{1,2}/\d{2}""",
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"\d{1,3}([ .])\d{3}(?:\1\d{3})*")
_ENDS_HERE = re.compile(r"\s{0,2}(?:[.,;:!?)»\"”؟،؛|]|$|\n)")
_AMOUNT = re.compile(
    r"(?:[$€£¥+=<>%]|(?<![^\W\d_])(?:of|to|from|than|total|about|nearly|some|de|à|sur|total|environ|près|hasta|a|"
    r"unos|casi|من|إلى|نحو|بلغ|حوالي|was|were|usd|eur|fcfa|xof|kes))[ :]{0,2}$",
    re.IGNORECASE,
)
"""Before a number that counts or costs something."""
_NUMBER_END = re.compile(r"[^\d\s().+/-]")
_GAP = re.compile(r" {2,3}")
_DIGITS = re.compile(r"\d")
_LAST_GROUP = re.compile(r"[ ().-]{1,4}\d{1,30}\+?$")
_MARK = re.compile(r"\[[A-Z-]{2,12}-\d{1,4}\]")
_WORDS = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_PARTS = re.compile(r" ?/ ?| - ")
LONGEST_COUNT = 10
"""Digits of a number in threes that still counts something."""
LEAST, MOST = 6, 15  # ITU-T E.164: at most fifteen digits
CALL_WINDOW, PAPER_WINDOW = 90, 22
"""Characters before a number in which a word says what it is."""


class Phones:
    """Finds telephone numbers."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings, and doubtful ones that only have the shape of a number to call."""
        if not text.has_digit:
            return
        for match in _RUN.finditer(text.text):
            run, start = shortened(match.group()), match.start()
            if run.startswith("(") and ")" not in run:  # the bracket of the sentence
                run, start = run[1:], start + 1
            certain = rating(run, text.text[max(0, match.start() - CALL_WINDOW) : match.start()])
            if certain is False:
                certain = _counts_nothing(text.text, run, start)
            if certain is not None:
                yield Finding(start, start + len(run), Kind.PHONE, certain)
        for pattern, holds in _UNUSUAL:
            for match in pattern.finditer(text.text):
                if holds(match.group()):
                    yield Finding(match.start(), match.end(), Kind.PHONE, certain=True)


def _counts_nothing(text: str, run: str, start: int) -> bool:
    """Whether digits in threes are hardly an amount: with blanks, not round, at the end, not *of* or *to*."""
    if "." in run or run.endswith("00") or not _ENDS_HERE.match(text, start + len(run)):
        return False
    return _AMOUNT.search(text[max(0, start - PAPER_WINDOW) : start]) is None


def shortened(run: str) -> str:
    """Without the groups at the end that belong to another number, when one alone cannot be so long."""
    while "/" not in run and len(_DIGITS.findall(run)) > MOST + 2 and (last := _LAST_GROUP.search(run)):
        run = run[: last.start()]
    return run


def rating(run: str, before: str) -> bool | None:
    """Whether a run of digits is a number to call for certain, by the text before it; None for no number."""
    number = _GAP.sub(" ", _NUMBER_END.split(run, maxsplit=1)[0]).rstrip(" ,")
    told = said(before)
    whole = told is True and LEAST <= len(_DIGITS.findall(number)) <= MOST
    fits = whole or _NATIONAL.fullmatch(number) or all(_fits(part) for part in _PARTS.split(number))
    if _DATE.fullmatch(number) or not fits:
        return None
    if number.startswith(("+", "(+")) or number.endswith("+") or told is True:
        return True
    if told is False and not number.startswith("("):
        return None
    return _by_shape(number)


def _by_shape(number: str) -> bool | None:
    if number.startswith("00 ") or (number.startswith("00") and not _NATIONAL.fullmatch(number)):
        return True
    if any(_NATIONAL.fullmatch(part) for part in (number, *_PARTS.split(number))):
        return True
    if _THOUSANDS.fullmatch(number):
        if " " in number and len(_DIGITS.findall(number)) > LONGEST_COUNT and not number.endswith("000"):
            return True if _possible("+" + number) else None
        return False if len(_DIGITS.findall(number)) > LEAST + 3 and _possible("+" + number) else None
    if _possible("+" + number):
        return True
    return True if _GROUPED.fullmatch(number) else None


def _fits(part: str) -> bool:
    digits = len(_DIGITS.findall(part))
    return LEAST <= digits <= MOST + 2 or digits in (2, 3, 4)  # 5550143/44


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def said(before: str) -> bool | None:
    """True after a word for calling, False after one for a paper or a law, None after neither."""
    before = _MARK.sub(_blank, before)  # a mark such as [PHONE-1] is no word
    line = before[before.rfind("\n") + 1 :]
    near, words = len(before) - PAPER_WINDOW, list(_WORDS.finditer(line))
    offset = len(before) - len(line)
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        key = key_of(word.group())
        if key in NUMBER and index and key_of(words[index - 1].group()) in OWNERS:
            return True
        if not CALLS.isdisjoint({key, key.removeprefix("ال"), key.lstrip("وبل").removeprefix("ال")}):
            return True
        if (
            (key in PAPERS or key in LAWS)
            and key not in ("no", "number", "numero", "رقم")
            and word.end() + offset > near
        ):
            return False
    return None


def _is_long_enough(run: str) -> bool:
    return LEAST + 2 <= len(_DIGITS.findall(run)) <= MOST


def _is_told_one_by_one(run: str) -> bool:
    """Whether these digits are no labels (``0 1 0 0 1``) and no count (``0 1 2 3 4``)."""
    digits = [int(digit) for digit in _DIGITS.findall(run)]
    steps = {after - before for before, after in pairwise(digits)}
    return len(set(digits)) >= LEAST_DIFFERENT and len(steps) > 1


def _is_told_in_groups(run: str) -> bool:
    """Whether as many digits as a number has are told one by one, with pauses."""
    return LEAST + 2 <= len(_DIGITS.findall(run)) <= MOST and _is_told_one_by_one(run)


def _is_disguised(run: str) -> bool:
    """Digits among which letters stand for 0 and 1: ``O8O3 555 Ol 62``."""
    digits = len(_DIGITS.findall(run))
    letters = sum(map(str.isalpha, run))
    word = run[:2].isalpha()  # ISO 27001
    return not word and 0 < letters <= digits and digits + letters <= MOST and digits >= LEAST - 1


_UNUSUAL = (
    (_SPACED, _is_told_one_by_one),
    (_SPACED_GROUPS, _is_told_in_groups),
    (_STRANGE, _is_long_enough),
    (_LOOKALIKE, _is_disguised),
)


def _possible(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False
