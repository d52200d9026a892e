"""Runs of Han, Kana, Hangul, Devanagari, Ethiopic and the like inside a report of another language.

Whoever writes a name in its own script means it as a name; a whole report in such a script is
beyond these rules, and the page says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_LETTER = (
    r"\u0590-\u05ff\u0900-\u109f\u10a0-\u10ff\u1200-\u137f\u1780-\u17ff"
    r"\u2d30-\u2d7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
_RUN = re.compile(rf"[{_LETTER}][{_LETTER}\u0300-\u036f· ]*")
LONGEST = 40
"""Characters; a longer run is a sentence and no name."""
OWN = frozenset(
    {"zh", "ja", "ko", "hi", "bn", "ta", "te", "mr", "ne", "am", "ti", "th", "my", "km", "he", "si", "ka"}
)
"""Languages written in these scripts."""


class OtherScripts:
    """Finds possible names in scripts that the report is not written in."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        if language.partition("-")[0] in OWN:
            return
        for match in _RUN.finditer(text.text):
            run = match.group().rstrip()
            if len(run) <= LONGEST:
                yield Finding(match.start(), match.start() + len(run), Kind.PERSON, certain=False)
