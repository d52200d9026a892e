"""Tokens that look like the number of a case, a person, a card, a vehicle or a device."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, in_table
from registry.privacy.words.ids import COUNTED, MODELS, STANDARDS, UNITS
from registry.privacy.words.papers import PAPERS

_HARMLESS = re.compile(
    rf"""\A (?: (?=\d) (?:  # a whole token, never a part of a text
        \d{{1,3}}(?:\.\d{{1,3}}){{1,3}}                                  # versions
      | (?:19|20)\d\d (?:[-/](?:19|20)?\d\d)? | [01]?\d/(?:19|20)\d\d
      | \d{{4}}-\d\d-\d\d | \d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}           # dates
      | \d{{1,2}}:\d\d (?:-\d{{1,2}}:\d\d)? | \d{{1,2}}h\d\d | \d{{4}}Z
      | \d{{1,3}}/\d{{1,3}} | \d{{1,4}}-\d{{1,4}} | \d{{1,2}}\.?\d{{3}}/(?:19|20)\d\d  # shares, laws
      | \d{{1,12}} (?:{"|".join(UNITS)})
      | \d[\d.,]{{0,11}}/(?:{"|".join(UNITS)}) | \d{{4}}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d{{1,6}})?Z?
      | [1-9]\d?0{{3,6}} | \d{{1,3}}(?:[.,]\d{{3}}){{1,5}} | \d{{1,12}}[.,]\d{{1,4}}
    ) | (?=[a-z]) (?:
        v\d{{1,3}}(?:\.\d{{1,3}}){{1,3}}
      | (?:{"|".join(MODELS)}) -? v? \d [\w.-]{{0,12}}          # models and standards
      | [a-z]{{1,2}}\d{{1,2}} | [qts][1-4] | [a-z]\d{{1,3}}
    ))""",
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = re.compile(r"^[وبلف](?=\d)")
"""*And* and *for*, written together with a number."""
_LETTERS = re.compile(r"[A-Z]{1,6}(?:[-/][A-Z]{1,4})?")
"""What stands before the digits of a number and belongs to it: ``TJ-A 0417733``."""
_GROUP = re.compile(r"[A-Z]{1,6}(?:[-/][A-Z]{1,4})?|[\u0621-\u064a]|(?=[^\d]{0,12}\d)[\w./#*-]+", re.ASCII)
_PLATE = re.compile(
    r"""(?<![\w-]) (?:
        [A-Z]{1,4}[ -]?\d{2,4}[ -]?[A-Z]{1,3} | [A-Z]{1,4}[ -]\d{3,4}(?:[ -]?\d{2,4})?
      | \d{1,4}[ -][A-Z]{1,3}[ -]\d{1,4} | [A-Z]{2}[ ]\d{5,8}
      | \d{2,6}[ /-]?[\u0621-\u064a](?:[ ][\u0621-\u064a]){0,2}(?:[ -]\d{1,4})?
      | (?![وبلف]\d) [\u0621-\u064a](?:[ /-][\u0621-\u064a]){0,2}[ /-]?\d{3,6}
      | \d{4}/\d{2,6}/[\u0621-\u064a]
      | \d{1,2}/[A-Za-z]{3,9}\([A-Z]{1,2}\)[ ]?\d{6}               # Myanmar
    ) (?![\w-])""",
    re.VERBOSE,
)
_WALLET = re.compile(
    r"(?<!\w)(?:0x[0-9a-fA-F]{20,64}|bc1[a-z0-9]{20,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})(?!\w)"
)
_HEX = re.compile(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")
_STANDARD_END = re.compile(r"[ \d-]")
_DIGIT = re.compile(r"\d")
LEAST_DIGITS, LEAST_BARE = 3, 5
BETWEEN, GROUPS, DIGITS = 3, 6, 30
"""Words between the name of a paper and its number, groups of a number, digits told one by one, at most."""


class Ids:
    """Finds tokens that look like somebody's number."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        if not text.has_digit:
            return
        pieces = text.pieces
        for index, piece in enumerate(pieces):
            if in_table(piece, PAPERS) and (span := _number_of(pieces, index)):
                yield _doubtful(span)
            elif piece.has_digit and _stands_alone(pieces, index):
                yield _doubtful((_start(pieces, index), piece.end))
        for match in _PLATE.finditer(text.text):
            if not _is_standard(text.text, match):
                yield _doubtful(match.span())
        for pattern in (_WALLET, _HEX):
            for match in pattern.finditer(text.text):
                yield _doubtful(match.span())


def _doubtful(span: tuple[int, int]) -> Finding:
    return Finding(*span, Kind.ID, certain=False)


def _number_of(pieces: Sequence[Piece], index: int) -> tuple[int, int] | None:
    """The groups of the number of a paper: ``Passport N 7718204``, ``NAS provisoire 911 447 203``."""
    at = index + 1
    while at < len(pieces) and at - index <= BETWEEN and not _GROUP.fullmatch(pieces[at].text):
        if pieces[at].gap.strip(" :.#=°()"):
            return None
        at += 1
    first = at
    while (
        at < len(pieces)
        and (at - first < GROUPS or (at - first < DIGITS and len(pieces[at].text) == 1))
        and _GROUP.fullmatch(pieces[at].text)
        and _close(pieces[at], at > first)
    ):
        at += 1
    groups = pieces[first:at]
    while groups and not groups[-1].has_digit and len(groups[-1].text) > 2:  # noqa: PLR2004 - a word in capitals
        groups = groups[:-1]
    if not groups or len(_DIGIT.findall("".join(group.text for group in groups))) < LEAST_DIGITS:
        return None
    alone = len(groups) == 1 and (_HARMLESS.fullmatch(groups[0].text) or _counts(pieces, at - 1))
    small = (
        alone
        and len(_DIGIT.findall(groups[0].text)) <= LEAST_BARE
        and not in_table(pieces[index], PAPERS - COUNTED)
    )
    return None if small or (alone and pieces[index].key in COUNTED) else (groups[0].start, groups[-1].end)


def _close(piece: Piece, inside: bool) -> bool:  # noqa: FBT001 - one of two rules
    return not piece.gap.strip(" ") if inside else not piece.gap.strip(" :.#=°()\"'«")


def _start(pieces: Sequence[Piece], index: int) -> int:
    """Where a number begins: with the letters in capitals right before it, if any."""
    before = pieces[index - 1] if index else None
    if before is None or pieces[index].gap != " " or not _LETTERS.fullmatch(before.text):
        return pieces[index].start
    return before.start


def _stands_alone(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a token is somebody's number without a word that says so."""
    piece = pieces[index]
    text = _JOINED.sub("", piece.text)
    digits = len(_DIGIT.findall(text))
    if digits < LEAST_DIGITS or _HARMLESS.fullmatch(text):
        return False
    if "@" in piece.text or piece.text.startswith("//"):  # of an address, which has its own detectors
        return False
    if index and pieces[index - 1].key in STANDARDS:
        return False
    bare = not any(map(str.isalpha, text))
    return not (
        bare and (digits < LEAST_BARE or "%" in piece.text or "," in piece.text or _counts(pieces, index))
    )


def _counts(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the number counts what follows it: *64 120 patients*."""
    after = pieces[index + 1] if index + 1 < len(pieces) else None
    return after is not None and after.gap == " " and (after.key in COUNTED or after.key in UNITS)


def _is_standard(text: str, match: re.Match[str]) -> bool:
    """``ISO 27001``, ``RFC 5321``, ``EK 722`` after *flight*."""
    first = _STANDARD_END.split(match.group(), maxsplit=1)[0].casefold()
    before = text[max(0, match.start() - 12) : match.start()].casefold().split()
    return first in STANDARDS or bool(before and before[-1].strip("( ") in STANDARDS)
