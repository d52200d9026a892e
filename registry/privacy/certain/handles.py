"""Names of accounts: ``@name``, *instagram: name*, ``name#1234``, ``u/name``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, in_table, key_of
from registry.privacy.words import accounts as words
from registry.privacy.words.ordinary import is_ordinary

_AT = re.compile(r"(?<![\w@.+/-])@\w[\w.-]{1,38}(?<![.-])(?:[@:][\w-]{1,63}(?:\.[\w-]{1,63}){1,5})?(?!@)")
_IN_LINK = re.compile(r"(?<=/)@\w[\w.-]{1,38}(?<![.-])")
_FORMS = re.compile(
    r"""(?<![\w#/]) (?:
        [^\W\d_][\w.]{1,31} \# \d{3,5} (?!\w)                    # marmotte#4471
      | /?u/ [\w-]{3,20} (?![\w/])                               # u/slow_tractor
      | live: [\w.]{3,40}\w                                      # Skype
      | wxid_ \w{4,30}                                           # WeChat
    )""",
    re.VERBOSE,
)
_LIKE_ONE = re.compile(
    r"(?<![\w.-])@?(?:in/)?(?=[^\W\d_]{0,38}[\d_.-]|[A-Za-z]{0,38}[a-z][A-Z])[A-Za-z_][\w.-]{1,38}\w"
)
_SURE_ONE = re.compile(r"(?<![\w.])(?=[\w.]{1,40}[^\W_]_[^\W_]|[\w.]{0,40}__)[\w.]{4,40}")
_FILES = (
    ".com",
    ".org",
    ".net",
    ".example",
    ".json",
    ".csv",
    ".pdf",
    ".txt",
    ".py",
    ".js",
    ".htm",
    ".html",
    ".xml",
    ".jpg",
    ".jpeg",
    ".png",
)
_VERSION = re.compile(r"(?<![\w.-])[\w-]{0,30}\d\.\d{1,9}(?![\w.])")
_ANNOUNCING = frozenset((*words.SITES, *words.USERS))
_MARKS = frozenset(" :=()\"'«»")
_SAYING = frozenset(":=")
AHEAD, BACK, SHORTEST = 3, 3, 5


class Handles:
    """Finds names of accounts."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings, and doubtful words with a stroke in them."""
        if "@" in text.text:
            for pattern in (_AT, _IN_LINK):
                for match in pattern.finditer(text.text):
                    if key_of(match.group()[1:]) not in words.EVERYBODY and any(
                        map(str.isalpha, match.group())
                    ):
                        yield _certain(match.start(), match.end())
        for match in _FORMS.finditer(text.text):
            yield _certain(match.start(), match.end())
        pieces = text.pieces
        for index, piece in enumerate(pieces):
            if in_table(piece, _ANNOUNCING):
                yield from _named_after(pieces, index, language.partition("-")[0])
                yield from _named_before(pieces, index)
            if "_" in piece.text and _SURE_ONE.fullmatch(piece.text) and not piece.text.isupper():
                yield Finding(piece.start, piece.end, Kind.HANDLE, certain=False)


def _named_after(pieces: Sequence[Piece], index: int, language: str) -> Iterator[Finding]:
    """``Instagram handle is name.name``; after *is* or a colon also a word of no dictionary."""
    said = False
    for at in range(index + 1, min(index + 1 + AHEAD, len(pieces))):
        piece, marks = pieces[at], set(pieces[at].gap)
        numbered = piece.has_digit or "_" in piece.text
        if not marks <= _MARKS and not (marks <= _MARKS | {","} and numbered):
            return
        said = said or bool(marks & _SAYING)
        if _is_like_one(piece.text) or (said and _is_unknown(piece, language)):
            yield _certain(piece.start, piece.end)
            return
        if not (in_table(piece, words.CONNECTING) or in_table(piece, words.USERS)):
            return
        said = said or in_table(piece, words.CONNECTING)


def _is_unknown(piece: Piece, language: str) -> bool:
    """Whether a word in Latin letters may be the name of an account for want of another meaning."""
    word = piece.text.casefold()
    plain = len(word) >= SHORTEST and word.isascii() and word.isalnum() and not word.isdecimal()
    return plain and not in_table(piece, words.SITES) and not is_ordinary(word, language)


def _named_before(pieces: Sequence[Piece], index: int) -> Iterator[Finding]:
    """``name_name (IG)``, ``name.name on Telegram``."""
    bracketed = "(" in pieces[index].gap
    for at in range(index - 1, max(index - 1 - BACK, -1), -1):
        gap = pieces[at + 1].gap.strip(" ")
        if gap not in ("", "("):
            return
        if _is_like_one(pieces[at].text) and (
            bracketed or (at + 1 < index and in_table(pieces[at + 1], words.ON))
        ):
            yield _certain(pieces[at].start, pieces[at].end)
            return


def _is_like_one(word: str) -> bool:
    return (
        _LIKE_ONE.fullmatch(word) is not None
        and not word.endswith(_FILES)
        and _VERSION.fullmatch(word) is None
    )


def _certain(start: int, end: int) -> Finding:
    return Finding(start, end, Kind.HANDLE, certain=True)
