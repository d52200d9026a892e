"""Web addresses that open something or lead to one person: with a token, a key, an account in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import key_of
from registry.privacy.words.accounts import SITES
from registry.privacy.words.ordinary import DICTIONARIES, RARE, is_ordinary, is_used
from registry.privacy.words.people import names
from registry.privacy.words.tables import table

_LINK = re.compile(
    r"""(?: (?<![\w@.+-])[a-z][a-z0-9+.-]{1,15}://
          | (?<![\w@.-]) www\.
          | (?<![\w@./-]) (?:[\w-]{1,63}\.){1,5} [a-z]{2,24} (?:\.[a-z]{2})? / (?=\S)
          | (?<!\S) / (?=[\w/]{1,60}\?\w) )
        (?:\[\.\]|[^\s<>"'«»“”‘’()\[\]{}،]){1,2000}+""",
    re.VERBOSE | re.IGNORECASE,
)
_QUERY = re.compile(r"[?&#;][\w.\-\[\]]{1,60}=[^&#]{2,}|/@-?\d")
_ACCOUNT = re.compile(r"/u(?:ser)?s?/\w+|/~\w+|//[^/@\s]{1,80}@|//[\w-]*\d{3,}[\w-]*\.", re.IGNORECASE)
_WEB = re.compile(r"(?:h..ps?|s?ftp)://", re.IGNORECASE)
_MACHINE = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?|localhost(?::\d{1,5})?")
_ROOM = re.compile(r"[a-z]{3,4}(?:-[a-z]{3,4}){2,4}")
"""The name of a room for a meeting: ``zqk-vbwd-hup``."""
_HOST_TOKEN = re.compile(r"(?:^|-)(?=[a-z]{0,8}\d)(?=\d{0,8}[a-z])[a-z\d]{4,32}(?=-|$)")
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:[-_.]?\d\d){0,2}(?!\d)|(?<!\d)\d\d?[-_.]\d\d?[-_.](?:19|20)\d\d(?!\d)"
    r"|^v\d+(?:\.\d+)*$"
)
_NUMBER = re.compile(r"\d{4,}")
_MIXED = re.compile(
    r"(?<![\w=~.-])(?=[\w=~.-]{0,99}[a-z])(?=[\w=~.-]{0,99}[A-Z])(?=[\w=~.-]{0,99}(?:\d|[a-z][A-Z]))[\w=~.-]{5,999}"
)
_LONG = re.compile(
    r"(?<![\w=-])(?:(?=[A-Za-z_-]{0,99}\d)[A-Za-z0-9_-]{16,999}|[A-Za-z0-9_]{24,999}|[\w-]{1,999}==)"
)
_HEXLIKE = re.compile(r"(?<![\w-])(?=[a-f-]{0,40}\d)[0-9a-f]{4,64}(?:-[0-9a-f]{2,32}){0,8}")
_PATH_MARK = re.compile(r"[/#]")
_SLUG = re.compile(r"(?<![\w.-])(?:[^\W\d_]{2,60}[-_.]?\d{0,3}[-_.]?){1,30}+|\d{1,3}(?:\.\w{2,4})?|p\d+")
_SCHEME = re.compile(r"^\w+://(?:www\.)?")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SHARING = table(
    "bit goo tinyurl t drive docs forms dropbox wetransfer we onedrive 1drv zoom meet teams jitsi",
    "whereby chat calendly doodle cal vault bucket photos share file files cloud nube nas sheet",
    "sheets meeting notion airtable pastebin lnkd discord invite join video audio foto photo mega",
    "icloud mediafire",
)
"""First names of hosts on which an address is a key."""
_KEY_PATHS = frozenset(
    {
        "s",
        "d",
        "j",
        "t",
        "r",
        "c",
        "i",
        "l",
        "p",
        "f",
        "join",
        "invite",
        "share",
        "reset",
        "unsub",
        "entrar",
        "conv",
        "private",
    }
)
"""Parts of a path before a key."""
_HANDED_OUT = frozenset(
    {
        "share",
        "shared",
        "invite",
        "join",
        "joinchat",
        "reset",
        "magic",
        "unsubscribe",
        "compartido",
        "partage",
    }
)
"""Parts of a path after which anything is a key."""


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
    if link.startswith("/") or _QUERY.search(link) or _ACCOUNT.search(link) or _is_private(link, host, path):
        return True
    shared = key_of(host.partition(".")[0]) in _SHARING
    parts = [part for part in _PATH_MARK.split(path) if part]
    if any(part.casefold() in _HANDED_OUT for part in parts[:-1]):
        return True
    if any(part.casefold() in _KEY_PATHS for part in parts[:-1]) or shared:
        return any(_is_strange(part) for part in parts)
    return any(_is_token(part) for part in parts) or "/#/" in link


def _is_private(link: str, host: str, path: str) -> bool:
    """Whether the place is nobody's public page: of an app, a machine, a copy with a key for a name."""
    if "://" in link and not _WEB.match(link):
        return True
    first = host.partition(".")[0].casefold()
    return (bool(path) and _MACHINE.fullmatch(host) is not None) or _HOST_TOKEN.search(first) is not None


def _is_token(part: str) -> bool:
    """Whether a part of a path is made by a machine: long, mixed, or a long number; dates are none."""
    dateless = _DATE.sub("", part)
    if (
        _NUMBER.search(dateless)
        or _MIXED.fullmatch(dateless)
        or _LONG.fullmatch(dateless)
        or _HEXLIKE.fullmatch(dateless)
        or _is_room(dateless)
    ):
        return True
    return any(map(str.isdigit, dateless)) and not _SLUG.fullmatch(dateless)


def _is_room(part: str) -> bool:
    words = part.split("-")
    return _ROOM.fullmatch(part) is not None and sum(not _is_known(word, "en") for word in words) > 1


def _is_strange(part: str) -> bool:
    """Whether a part of a path is a token or has a word that is in no dictionary."""
    return (
        _is_token(part)
        or any(not _is_known(word, "en") for word in _WORD.findall(part))
        or any(map(str.isdigit, _DATE.sub("", part)))
    )


def _is_known(word: str, language: str) -> bool:
    known = [language] if language in DICTIONARIES else []
    return any(is_ordinary(word.casefold(), one) for one in dict.fromkeys([*known, "en", "fr", "es"]))


def _has_unknown_words(link: str, language: str) -> bool:
    """Whether the path has a word that is in no dictionary: perhaps a name, perhaps a key."""
    _, path = _host_and_path(link)
    if not path.isascii():
        return True
    parts = path.rpartition(".")[0] if "." in path.rpartition("/")[2] else path
    return any(_may_be_somebody(word, language) for word in _WORD.findall(parts))


def _may_be_somebody(word: str, language: str) -> bool:
    lower = word.casefold()
    return not _is_known(word, language) or (lower in names() and not is_used(lower, language, RARE))
