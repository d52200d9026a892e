"""Make foreign text harmless: control characters out, length bounded. Pure; markup is in ``markup``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from registry.account import LINK_MAX, LIST_MAX
from registry.account.fields import is_web_address

ELLIPSIS = "…"
INPUT_MAX = 100_000
"""Characters of one text that are looked at."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Controls, halves of pairs, and marks that reorder or hide text."""
_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85]")


def one_line(text: str, limit: int) -> str:
    """A text on a single line, without surrounding blanks, cut to ``limit`` characters."""
    return shorten(" ".join(_visible(text).split()), limit)


def paragraphs(text: str, limit: int) -> str:
    """A text of several lines, at most one empty line between them, cut to ``limit`` characters."""
    lines = [" ".join(line.split(" ")).strip() for line in _BREAK.sub("\n", _visible(text)).split("\n")]
    return shorten(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), limit)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a blank where one is near, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    blank = cut.rfind(" ", max(0, len(cut) - 40))
    return (cut[:blank] if blank > 0 else cut).rstrip() + ELLIPSIS


def web_links(addresses: Iterable[str]) -> list[str]:
    """The addresses that may be shown as links, each once, at most as many as an account holds."""
    good = dict.fromkeys(link for address in addresses if (link := address.strip()) and _may_link(link))
    return list(good)[:LIST_MAX]


def _may_link(address: str) -> bool:
    return len(address) <= LINK_MAX and is_web_address(address) and _UNSEEN.search(address) is None


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text[:INPUT_MAX]).replace("\t", " "))
