"""E-mail addresses, also as people write them to hide them from programs: ``name (at) clinic dot org``.

More is taken than RFC 5321 allows: any letters of any script around the sign, since an address with
a Cyrillic letter in it gives a person away just as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece, key_of
from registry.privacy.words import accounts as words
from registry.privacy.words import numbers

_LABEL = r"[\w-]{1,63}"
_TYPO = r",(?=(?:com|org|net|info|example|[a-z]{2})\b)"
_SPELT_DOT = r"\ ?[\[({<](?:\.|dot|punto|ponto|point|pt|دوت|نقطة)[\])}>]\ ?|\ (?:dot|punto|ponto|دوت|نقطة)\ "
_DOTTED = rf"(?:(?:\.|{_TYPO}|%2E|{_SPELT_DOT}|\ \.\ ?){_LABEL}){{1,8}}"
_SIGN = r"(?:\\?@|\[@\]|\(@\)|<@>|%40|=40(?=[a-z])|\\u0040|\\x40|\U0001f4e7|\U0001f4e9|\u2709)"
_LOCAL = r"(?<![\w.+'-])[\w+'-](?:[\w.+'%-]|\[\.\]){0,99}"
_PLAIN = re.compile(
    rf"""(?:(?:(?<![\w.+'-])[\w.+'%-]{{2,40}}-\n(?=\w))?+ {_LOCAL} | (?<!\w)"[^"\n@]{{1,64}}")
    (?:\ ?\[[^\]\n@]{{1,20}}\])?+ \ ?{_SIGN}[ \n]?
    (?P<host>{_LABEL}{_DOTTED})""",
    re.VERBOSE,
)
_OVER_A_LINE = re.compile(
    rf"""{_LOCAL}@{_LABEL}(?:\.\n|\n\.)[a-z]{{2,10}}\b
      | (?<![\w.+'-])[\w+'-]{{1,40}}[._+][\w.+'-]{{1,60}}\n@{_LABEL}{_DOTTED}""",
    re.VERBOSE,
)
"""Broken before the sign, or at the one dot of the host."""
_SPACED = re.compile(
    r"(?<!\w)(?<!\W[\w.] )(?:[\w.] ){3,200}+@ ?"
    r"(?:(?:\w ){2,60}+(?:\. (?:\w ){1,60}+){0,4}\. \w(?: \w){1,9}(?!\w)"
    rf"|{_LABEL}(?: ?\. ?{_LABEL}){{1,5}})"
)
_NO_DOT = re.compile(rf"{_LOCAL}@[^\W\d_]{{2,60}}(?<=.(?:com|org|net))(?![\w.])", re.IGNORECASE)
"""``name@examplecom``: the dot was lost."""
_OPEN, _CLOSE = r"[\[({<#/|*_+=~'\"«‹“【-]{1,2}\ ?", r"\ ?[\])}>#/|*_+=~'\"»›”】-]{1,2}"
_BRACKETED = re.compile(
    rf"""{_LOCAL} \ {{0,2}} {_OPEN} (?P<at>[^\W\d_]{{1,10}}(?:-[^\W\d_]{{1,8}})?(?=\W)|@)
    (?:\ sign)? {_CLOSE} \ {{0,2}}
    {_LABEL} (?P<rest> (?:
        \ {{0,2}} (?: \. | {_OPEN}(?:[^\W\d_]{{1,8}}|\.){_CLOSE} | (?<=\ )[^\W\d_]{{3,6}}(?=\ ) )
        \ {{0,2}} {_LABEL}
    ){{1,5}}+ )""",
    re.VERBOSE,
)
_JOINED = re.compile(
    r"(?<![\w.])[^\W_]{1,40}(?P<by>[-.+~=_])(?:at|arroba|arobase)(?P=by)[^\W_]{1,40}"
    r"(?:(?P=by)(?:dot|punto|point)(?P=by)[^\W_]{1,20}){1,4}(?!\w)",
    re.IGNORECASE,
)
"""``maria-at-clinic-dot-example``."""
_SAYS_JOINED = (*(f"{by}at{by}" for by in "-.+~=_"), "arroba", "arobase")
_SHOUTED = re.compile(
    r"(?<!\w)[a-z0-9._-]{2,40}(?:AT|ARROBA|AROBASE)[a-z0-9-]{2,40}(?:(?:DOT|PUNTO|POINT)[a-z0-9-]{2,20}){1,4}(?!\w)"
)
"""``mariaATclinicDOTexample``."""
_SHOUTED_DOTS = ("DOT", "PUNTO", "POINT")
_ANY_SIGN = re.compile(r"@|%40|=40|\\u0040|\\x40|[\U0001f4e7\U0001f4e9\u2709]")
_AT_HOST = re.compile(
    rf"(?P<local>{_LOCAL}) (?:at|ät|chez|(?P<sure>arroba|arobase)) "
    rf"(?P<host>{_LABEL}(?:\.{_LABEL}){{1,5}})(?![\w@])",
    re.IGNORECASE,
)
_AT_WORD = re.compile(r" (?:at|arroba|arobase|ät|chez) [\w-]{1,63}\.\w", re.IGNORECASE)
_OPENED = re.compile(
    r"[\[({<#/|*_+=~'\"«‹“【-]{1,2} ?[^\W\d_@]{0,10}(?:-[^\W\d_]{1,8})?(?: sign)?@? ?[\])}>#/|*_+=~'\"»›”】-]"
)
"""``amina.njoroge at clinic.example``: the sign in words, the host as it is."""
_NAME_IN_IT = re.compile(r"[^\W\d_]{3}")
_SIGN_IN_IT = re.compile(r"[._+]|[a-z]\d", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
LOCAL_WORDS = 3
"""Words of a name before a sign that is spelt out, at most, when nothing joins them."""
SPELT = 12
"""Pieces of a name in which the signs are spelt out, at most."""


class Emails:
    """Finds e-mail addresses."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings."""
        for match in _written(text):
            yield _certain(match.start(), match.end())
        yield from _in_words(text.pieces)


def _written(folded: Folded) -> Iterator[re.Match[str]]:
    """Addresses by the sign, by its name between brackets, and by its name before a host."""
    text = folded.text
    if _ANY_SIGN.search(text):
        for match in _PLAIN.finditer(text):
            if _WORD.search(match["host"].rpartition(".")[2]):
                yield match
        for pattern in (_SPACED, _OVER_A_LINE, _NO_DOT):
            yield from pattern.finditer(text)
    if _AT_WORD.search(text):
        yield from filter(_names_a_host, _AT_HOST.finditer(text))
    if _OPENED.search(text):
        yield from filter(_is_spelt, _BRACKETED.finditer(text))
    if folded.says(_SAYS_JOINED):
        yield from _JOINED.finditer(text)
    if any(dot in text for dot in _SHOUTED_DOTS):
        yield from _SHOUTED.finditer(text)


def _names_a_host(match: re.Match[str]) -> bool:
    """Whether *at* means the sign: it is *arroba*, or what stands before it is no word of prose."""
    local = match["local"]
    like_one = match["sure"] or (_NAME_IN_IT.search(local) and _SIGN_IN_IT.search(local))
    return bool(like_one) and _WORD.search(match["host"].rpartition(".")[2]) is not None


def _is_spelt(match: re.Match[str]) -> bool:
    """Whether what stands in brackets means the sign, or what joins the rest means a dot."""
    if match["at"] == "@" or key_of(match["at"]) in words.AT:
        return "." in match["rest"] or _has_dot(match["rest"])
    return _has_dot(match["rest"]) and match["at"].isalpha()


def _has_dot(rest: str) -> bool:
    return any(key_of(word) in words.DOT_IN_BRACKETS for word in _WORD.findall(rest))


def _in_words(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """``old miller at riverbend dot example``."""
    for index in range(1, len(pieces) - 3):
        if pieces[index].key in words.AT and pieces[index].gap == " " and pieces[index + 1].gap == " ":
            end = _host_end(pieces, index + 1)
            if end and (pieces[end].key in words.ENDS or not _is_prose(pieces, index)):
                yield _certain(pieces[_local_start(pieces, index)].start, pieces[end].end)


def _host_end(pieces: Sequence[Piece], index: int) -> int:
    """The last piece of a host that is spelt out from here; 0 for none."""
    end, at = 0, index
    while at + 1 < len(pieces) and at - index < SPELT and pieces[at + 1].gap == " ":
        if pieces[at + 1].key in words.DOT and at + 2 < len(pieces) and pieces[at + 2].gap == " ":
            end = at = at + 2
        elif end == 0 and at - index < 2:  # noqa: PLR2004 - a host may be two or three words: busia seeds
            at += 1
        else:
            break
    return end


def _is_prose(pieces: Sequence[Piece], index: int) -> bool:
    """*At one point he*, *chez ce point*."""
    sign, host = pieces[index].key, pieces[index + 1].key
    dot = next((piece.key for piece in pieces[index + 2 : index + 5] if piece.key in words.DOT), "")
    return (
        host in words.NO_HOST
        or (sign in words.FALSE_AT and dot in ("point", "punto", "ponto", "dot"))
        or (sign == "at" and dot == "point")
    )


def _local_start(pieces: Sequence[Piece], at: int) -> int:
    """The first piece of the name before the sign."""
    index, plain = at, 0
    while index and at - index < SPELT and (index == at or pieces[index].gap == " "):
        before = pieces[index - 1]
        joined = before.key in words.INSIDE or (index < at and pieces[index].key in words.INSIDE)
        if not joined and (before.key in words.LEADING or plain >= LOCAL_WORDS) and index < at:
            break
        plain += not (joined or before.key in numbers.DIGITS or before.key in numbers.TENS)
        index -= 1
    return index


def _certain(start: int, end: int) -> Finding:
    return Finding(start, end, Kind.EMAIL, certain=True)
