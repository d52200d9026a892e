"""Which language a text is likely in, by its letters: what the question on it proposes. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

LOOKED_AT = 2_000
"""Signs of a text that are counted."""
SCRIPTS: Mapping[str, str] = MappingProxyType(
    {
        "ARABIC": "ar",
        "CYRILLIC": "ru",
        "DEVANAGARI": "hi",
        "BENGALI": "bn",
        "ETHIOPIC": "am",
        "HANGUL": "ko",
        "HIRAGANA": "ja",
        "CJK": "zh",
        "GREEK": "el",
        "HEBREW": "he",
        "THAI": "th",
        "TAMIL": "ta",
        "MYANMAR": "my",
        "KHMER": "km",
        "GEORGIAN": "ka",
        "ARMENIAN": "hy",
    }
)
"""First word of a letter's name → the language most often written so; the writer has the last word."""


def tongue_of(text: str, page: str) -> str:
    """Code of the proposed language: the page's, unless most letters are of a script that it does not use."""
    names = (unicodedata.name(sign, "") for sign in text[:LOOKED_AT] if sign.isalpha())
    counted = Counter(name.partition(" ")[0] for name in names)
    if not counted:
        return page
    script = counted.most_common(1)[0][0]
    if script == "LATIN":
        return "en" if page in SCRIPTS.values() else page
    return SCRIPTS.get(script, page)
