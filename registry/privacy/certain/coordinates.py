"""Where something is, to the metre: degrees, geo addresses, plus codes, grid references, three words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_DEGREE = r"(?:°|º|˚|deg(?:rees)?|degr[eé]s|grados|درجة)"
_NUMBER = r"-?\d{1,3}(?:[.,]\d{1,9})?"
_SIDE = r"(?:[NSEWO](?![a-z])|north|south|east|west|nord|sud|est|ouest|norte|sur|este|oeste|شمالا?ً?|جنوبا?ً?|شرقا?ً?|غربا?ً?)"
_PAIR = re.compile(
    r"(?:(?<![\w.,+-])|(?<=!3d))([+-]?\d{1,2}[.٫]\d{3,12}) ?(?:[,;/ ،]|!4d) ?([+-]?1?\d{1,2}[.٫]\d{3,12})(?![\w]|[.]\d)"
)
_SIDED = re.compile(
    rf"(?<![\w.,])(?:{_SIDE} ?)?{_NUMBER} ?{_DEGREE}?(?: ?{_NUMBER} ?(?:['′]|min))?(?: ?{_NUMBER} ?(?:''|[\"″]|sec))? ?{_SIDE}?"
    rf" ?[,;/ ،و] ?(?:(?:and|et|y) )?(?:{_SIDE} ?)?{_NUMBER} ?{_DEGREE}?(?: ?{_NUMBER} ?(?:['′]|min))?(?: ?{_NUMBER} ?(?:''|[\"″]|sec))?(?: ?{_SIDE})?(?!\w)",
    re.IGNORECASE,
)
_CUED = re.compile(
    r"\b(?:lat(?:itude|itud)?|خط العرض|عرض)\.?[ :=]{0,3}-?\d{1,2}[.,]\d{2,12}[,;/ ،و]{1,3}(?:and |et |y )?(?:lon(?:g|gitude|gitud)?|lng|خط الطول|طول)\.?[ :=]{0,3}-?\d{1,3}[.,]\d{2,12}"
    r"|\b(?:gps|coordinates?|coords?|coordenadas?|coordonn[eé]es|position|ubicaci[oó]n|إحداثيات|الإحداثيات)[^\d\n]{0,20}(?P<pair>-?\d{1,3}[.,]\d{2,12} ?[,;/ ،] ?-?\d{1,3}[.,]\d{2,12})",
    re.IGNORECASE,
)
_GEO = re.compile(r"\bgeo:-?\d{1,2}\.\d+,-?\d{1,3}\.\d+(?:,-?\d+)?(?:[;?][\w=.,;&]{0,60})?", re.IGNORECASE)
_PLUS = re.compile(r"(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)")
_GRID = re.compile(
    r"(?<!\w)\d{1,2} ?[C-HJ-NP-X] ?(?:[A-HJ-NP-Z]{2} ?\d{2,5} ?\d{2,5}|\d{6} ?(?:m ?E ?)?\d{7})(?!\w)"
)
_THREE_WORDS = re.compile(r"///[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}")
LATITUDE, LONGITUDE = 90.0, 180.0


class Coordinates:
    """Finds coordinates."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for match in _PAIR.finditer(text.text):
            if _on_earth(match.group(1), match.group(2)):
                yield _certain(match.span())
        for match in _SIDED.finditer(text.text):
            if _says_where(match.group()):
                yield _certain(_trimmed(text.text, *match.span()))
        for match in _CUED.finditer(text.text):
            yield _certain(match.span("pair") if match["pair"] else match.span())
        for pattern in (_GEO, _PLUS, _GRID, _THREE_WORDS):
            for match in pattern.finditer(text.text):
                yield _certain(match.span())


def _on_earth(first: str, second: str) -> bool:
    """Within the globe, and no pair of scores between 0 and 1 with three decimals."""
    one, other = (float(part.replace("٫", ".")) for part in (first, second))
    scores = max(abs(one), abs(other)) <= 1 and len(first) - 1 - max(first.find("."), first.find("٫")) < 4  # noqa: PLR2004 - eleven metres
    return abs(one) <= LATITUDE and abs(other) <= LONGITUDE and not scores


def _says_where(found: str) -> bool:
    """Two numbers are coordinates only with two sides, or two degrees."""
    sides = len(re.findall(rf"(?<![^\W\d_]){_SIDE}(?![^\W\d_])", found, re.IGNORECASE))
    degrees = len(re.findall(_DEGREE, found, re.IGNORECASE))
    return (sides >= 2 and any(mark in found for mark in ".,°º˚'′")) or (degrees >= 2 and sides >= 1)  # noqa: PLR2004


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1] in " ,;/":
        end -= 1
    return start, end


def _certain(span: tuple[int, int]) -> Finding:
    return Finding(*span, Kind.COORDINATES, certain=True)
