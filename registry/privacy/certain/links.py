"""Web addresses that open something or lead to one person: with a token, a key, an account in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import key_of
from registry.privacy.words.accounts import SITES
from registry.privacy.words.ordinary import DICTIONARIES, is_ordinary
from registry.privacy.words.tables import table

_LINK = re.compile(
    r"""(?: \b(?:https?|ftp|sftp|ssh|file)://
          | (?<![\w@.-]) www\.
          | (?<![\w@./-]) (?:[\w-]{1,63}\.){1,5} [a-z]{2,24} (?:\.[a-z]{2})? / (?=\S)
          | (?<!\S) / (?=[\w/]{1,60}\?\w) )
        [^\s<>"'«»“”‘’()\[\]{}،]{1,2000}""",
    re.VERBOSE | re.IGNORECASE,
)
_QUERY = re.compile(r"[?&#;][\w.\-\[\]]{1,60}=[^&#]{2,}|/@-?\d")
_TOKEN = re.compile(
    r"""[/=](?=[A-Za-z0-9_\-]{0,80}\d)[A-Za-z0-9_\-]{6,}(?![A-Za-z]) | [/=_-]\d{4,}
      | /[A-Za-z0-9_-]{20,}(?:[/?#]|$)
      | /(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[A-Z\d][\w-]*[A-Z\d])[A-Za-z0-9_-]{5,}(?:[/?#]|$)   # QzKdtYh
      | /u(?:ser)?s?/\w+ | /~\w+ | /(?=[0-9a-f]*\d)[0-9a-f]{5,}(?:[/?#]|$) | /\#/ | %[0-9a-f]{2} | == $
      | //[^/@\s]{1,80}@ | //[\w-]*\d{3,}[\w-]*\.  | /(?=\w*\d)(?=\w*[a-z])[a-z0-9]{5,9}$""",
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2}){0,2}(?=/|$)|[/-](?:19|20)\d\d(?:-\d\d){0,2}(?=[/.\-]|$)|/v\d+(?=/|$)")
_SCHEME = re.compile(r"^\w+://(?:www\.)?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHARING = table(
    "bit goo tinyurl t drive docs forms dropbox wetransfer we onedrive 1drv zoom meet teams jitsi whereby chat calendly doodle cal vault bucket photos",
    "share file files cloud nube nas sheet sheets meeting notion airtable pastebin lnkd discord invite join video audio foto photo mega icloud mediafire",
)
"""First names of hosts on which an address is a key."""
_KEY_PATHS = frozenset({"s", "d", "j", "t", "r", "c", "i", "l", "p", "f", "join", "invite", "share", "reset", "unsub", "entrar", "conv", "private"})
"""Parts of a path before a key."""


class Links:
    """Finds web addresses that give access or lead to one person; plain ones stay."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings, and doubtful ones whose path has words of no dictionary."""
        language = language.partition("-")[0]
        if "/" not in text.text and "www." not in text.text:
            return
        for match in _LINK.finditer(text.text):
            link = match.group().rstrip(".,;:!?؛؟")
            end = match.start() + len(link)
            if _is_profile(link):
                yield Finding(match.start(), end, Kind.HANDLE, certain=True)
            elif opens_something(link):
                yield Finding(match.start(), end, Kind.LINK, certain=True)
            elif _has_unknown_words(link, language):
                yield Finding(match.start(), end, Kind.LINK, certain=False)


def _host_and_path(link: str) -> tuple[str, str]:
    host, _, path = _SCHEME.sub("", link).partition("/")
    return host, path


def _is_profile(link: str) -> bool:
    """Whether the host is one where people have accounts, and something follows."""
    host, path = _host_and_path(link)
    labels = host.casefold().split(".")
    return bool(path) and any(label in SITES for label in labels[:-1]) and not _QUERY.search(link)


def opens_something(link: str) -> bool:
    """Whether the address holds more than the name of a public page."""
    host, path = _host_and_path(link)
    first = key_of(host.partition(".")[0])
    if path and first in _SHARING:
        return True
    if any(part in _KEY_PATHS for part in path.split("/")[:-1]):
        return True
    dateless = _DATED.sub("/", link)
    return bool(link.startswith("/") or _QUERY.search(link) or _TOKEN.search(dateless))


def _has_unknown_words(link: str, language: str) -> bool:
    """Whether the path has a word that is in no dictionary: perhaps a name, perhaps a key."""
    _, path = _host_and_path(link)
    if not path.isascii():
        return True
    parts = path.rpartition(".")[0] if "." in path.rpartition("/")[2] else path
    known = [language] if language in DICTIONARIES else []
    return any(
        not any(is_ordinary(word.casefold(), one) for one in [*known, "en", "fr", "es"]) for word in _WORD.findall(parts)
    )
