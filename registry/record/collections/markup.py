"""HTML and Markdown to plain text. Pure, and linear in the length of the input.

Only elements that HTML has are taken for markup: prompts and code in these records are full of other
words in angle brackets, and losing those would lose what happened.
"""

from __future__ import annotations

import html
import re

from registry.record.collections.text import INPUT_MAX
from registry.record.collections.wordlist import words

_ELEMENTS = words(
    """
    a abbr address article aside b big blockquote body br button center cite code col colgroup dd del
    details div dl dt em fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6 head header
    hr html i iframe img input ins kbd label legend li link main mark meta nav noscript object ol option
    p pre q s samp script section select small span strike strong style sub summary sup svg table tbody
    td textarea tfoot th thead title tr tt u ul var video
    """
)
_BLOCKS = words(
    """
    address article aside blockquote br dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr li main
    ol p pre section table td th tr ul
    """
)
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,11})((?:\s[^<>]{0,2000})?)/?>")
_COMMENT = re.compile(r"<!--.{0,5000}?-->|<!\[CDATA\[|\]\]>", re.DOTALL)

_DEFINITION = re.compile(
    r"^[ ]{0,3}\[\^?[^\[\]\n]{1,60}\]:[ ]*(\S{1,800})[^\n]{0,400}(?:\n[^\n\"]{0,200}\"[ ]*$)?", re.MULTILINE
)
_FOOTNOTE = re.compile(
    r"\[<sup>[^\[\]<>]{0,20}(?:\\?\[[^\[\]]{0,20}\\?\])?[^<>]{0,20}</sup>\]\[[^\[\]]{1,20}\]", re.IGNORECASE
)
_NUMBERED = re.compile(r"\[\[\d{1,3}\]\]\([^()\n]{0,800}\)")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,200})\]\([^()\n]{0,800}\)")
_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\([ ]?(?:https?:|/|#|mailto:)[^()\s]{0,800}(?:[ ]\"[^\"\n]{0,200}\")?\)"
)
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,60}\]")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ ]+", re.MULTILINE)
_STRONG = re.compile(r"(?<![\\*\w])(\*\*|__)(?=\S)([^*\n]{1,500}?)(?<=\S)\1(?![*\w])")
_EMPHASIS = re.compile(r"(?<![\\*\w])([*_])(?=\S)([^*_\n]{1,300}?)(?<=\S)\1(?![*\w])")
_CODE = re.compile(r"(?<!`)`([^`\n]{1,500})`(?!`)")
_FENCE = re.compile(r"^[ ]{0,3}```[^\n]{0,40}$", re.MULTILINE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|^~])")


def plain(text: str) -> str:
    """The words of a text with HTML and Markdown taken away; paragraphs stay apart."""
    return _from_html(_from_markdown(text[:INPUT_MAX]))


def link_targets(text: str) -> list[str]:
    """Addresses that the text defines for its footnotes and references."""
    return [match[1].strip("<>") for match in _DEFINITION.finditer(text[:INPUT_MAX])]


def _from_html(text: str) -> str:
    text = _COMMENT.sub("", _without(_without(text, "script"), "style"))
    return html.unescape(_TAG.sub(_tag, text))


def _without(text: str, element: str) -> str:
    """The text without an element and what is in it; one that never closes keeps its content."""
    lower = text.lower() if text.isascii() else re.sub("[A-Z]+", lambda match: match[0].lower(), text)
    kept, done = [], 0
    while (start := lower.find(f"<{element}", done)) >= 0:
        end = lower.find(f"</{element}", start)
        close = lower.find(">", end) if end >= 0 else -1
        if close < 0:
            break
        kept.append(text[done:start])
        done = close + 1
    return "".join([*kept, text[done:]])


def _tag(match: re.Match[str]) -> str:
    name = match[2].lower()
    if name not in _ELEMENTS:
        return match[0]
    if name == "li" and not match[1]:
        return "\n- "
    return "\n" if name in _BLOCKS else ""


def _from_markdown(text: str) -> str:
    for pattern, replacement in (
        (_FOOTNOTE, ""),
        (_DEFINITION, ""),
        (_NUMBERED, ""),
        (_IMAGE, r"\1"),
        (_LINK, r"\1"),
        (_REFERENCE, r"\1"),
        (_FENCE, ""),
        (_HEADING, ""),
        (_STRONG, r"\2"),
        (_EMPHASIS, r"\2"),
        (_CODE, r"\1"),
        (_ESCAPE, r"\1"),
    ):
        text = pattern.sub(replacement, text)
    return text
