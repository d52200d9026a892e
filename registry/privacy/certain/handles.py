"""Names of accounts: ``@name``, ``t.me/name``, *instagram: name*, ``name#1234``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_AT = re.compile(r"(?<![\w@.+-])@[\w][\w.]{1,38}[\w](?![@])")
_SITE = (
    r"(?:t\.me|telegram\.me|wa\.me|m\.me|instagram\.com|instagr\.am|facebook\.com|fb\.com|fb\.me|x\.com|twitter\.com|tiktok\.com|"
    r"linkedin\.com/in|github\.com|youtube\.com|snapchat\.com/add|threads\.net|vk\.com|reddit\.com/u(?:ser)?|signal\.me)"
)
_PATH = re.compile(
    rf"(?<![\w.-])(?:https?://)?(?:www\.|m\.)?{_SITE}/@?[\w.%+-]{{2,60}}(?:/[\w.%+-]{{1,60}})?", re.IGNORECASE
)
_NAMED = re.compile(
    r"\b(?:insta(?:gram)?|ig|telegram|twitter|tiktok|snap(?:chat)?|discord|skype|facebook|fb|messenger|github|signal|wechat|weixin|line|threads|"
    r"انستغرام|إنستغرام|انستقرام|تلغرام|تيليغرام|تويتر|سناب|فيسبوك)"
    r"(?: (?:handle|user(?:name)?|account|id|name|profile|compte|usuario|cuenta|pseudo|حساب))?(?: (?:is|was|est|es|era|était|:))? ?[:=]? ?"
    r"(?P<name>@?(?=[\w.]*[\d_.])[A-Za-z_][\w.]{2,38}\w)",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?<![\w@./-])(?P<name>[A-Za-z]\w{1,30}[_.]\w{1,20}) (?:on|en|sur|في|على) (?:telegram|insta(?:gram)?|twitter|x|tiktok|facebook|snap(?:chat)?|discord|signal|تلغرام)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<![\w#])[A-Za-z][\w.]{1,31}#\d{4}(?!\w)")
_REDDIT = re.compile(r"(?<![\w/])/?u/[\w-]{3,20}(?![\w/])")
_FEDIVERSE = re.compile(r"(?<![\w@.])@[\w.]{1,40}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_TECHNICAL = frozenset({"@media", "@import", "@param", "@return", "@override", "@property"})


class Handles:
    """Finds names of accounts."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for pattern in (_AT, _PATH, _NUMBERED, _REDDIT, _FEDIVERSE):
            for match in pattern.finditer(text.text):
                if match.group().lower() not in _TECHNICAL:
                    yield Finding(match.start(), _end(text.text, *match.span()), Kind.HANDLE, certain=True)
        for match in [*_NAMED.finditer(text.text), *_POSTED.finditer(text.text)]:
            yield Finding(match.start("name"), match.end("name"), Kind.HANDLE, certain=True)


def _end(text: str, start: int, end: int) -> int:
    """The end without the full stop of the sentence."""
    while end > start and text[end - 1] in ".%+-":
        end -= 1
    return end
