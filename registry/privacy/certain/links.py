"""Web addresses that open something: with a token, a key, an id or a place in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_LINK = re.compile(
    r"(?:\b(?:https?|ftp|sftp|ssh|file)://|(?<![\w@.-])www\.|(?<![\w@.-])(?:[\w-]{1,63}\.){1,5}[a-z]{2,24}(?:\.[a-z]{2})?/(?=\S))[^\s<>\"'«»“”‘’()\[\]{}]{1,2000}",
    re.IGNORECASE,
)
_QUERY = re.compile(r"[?&#;][\w.\-\[\]]{1,60}=[^&#]{2,}|/@-?\d")
_LONG_ID = re.compile(
    r"[/=](?=[A-Za-z0-9_\-]{0,80}\d)[A-Za-z0-9_\-]{8,}(?![A-Za-z])|[/=_-]\d{4,}|/[A-Za-z0-9_-]{20,}(?:[/?#]|$)|/(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[A-Z\d][\w-]*[A-Z\d])[A-Za-z0-9_-]{5,}(?:[/?#]|$)|/u(?:ser)?s?/\w+|/(?=[0-9a-f]*\d)[0-9a-f]{5,}(?:[/?#]|$)|//[^/@\s]{1,80}@"
)
_SHORT = re.compile(
    r"(?:bit\.ly|goo\.gl|maps\.app\.goo\.gl|tinyurl\.com|t\.co|drive\.google|docs\.google|forms\.gle|dropbox\.com|we\.tl|1drv\.ms|zoom\.us|meet\.google|chat\.whatsapp)",
    re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}(?=/|$)|[/-](?:19|20)\d\d(?:-\d\d){0,2}(?=[/.\-]|$)")


class Links:
    """Finds web addresses that give access or lead to one person; plain ones stay."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for match in _LINK.finditer(text.text):
            link = match.group().rstrip(".,;:!?،؛")
            if opens_something(link):
                yield Finding(match.start(), match.start() + len(link), Kind.LINK, certain=True)


def opens_something(link: str) -> bool:
    """Whether the address holds more than the name of a public page."""
    dateless = _DATED.sub("/", link)
    return bool(_QUERY.search(link) or _SHORT.search(link) or _LONG_ID.search(dateless))
