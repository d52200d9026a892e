"""Small places: a village, a camp, a quarter names its people when the story is told with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import Piece
from registry.privacy.words.places import AFTER_ONLY, BEFORE_NAME, GENERIC, PLACES

LONGEST = 5
"""Words of a name, at most."""

_ARABIC = re.compile(
    r"(?:قرية|القرية|مخيم|المخيم|بلدة|حي|دوار|عزبة|نجع|كفر|ضيعة|واحة|جزيرة|تجمع|عشيرة|ناحية|قصر|هجرة|منطقة|محلة)(?: (?:ال)?(?:صغيرة|نازحين|لاجئين))? (?P<name>[\u0621-\u064a]{2,20}(?: (?:ال[\u0621-\u064a]{2,18}|[\u0621-\u064a]{2,12}(?=[ ،.]))){0,2})"
)

_NATURE = re.compile(
    r"(?<![\u0621-\u064a])[وبلف]?(?P<name>(?:خربة|عين|نبع|بئر|بير|تل|كفر|وادي|جبل|حلة|أبو|أولاد|أيت|آيت|بني|دوار|عزبة|نجع|كوم|ميت|شط|رأس|راس|سيدي|حصن|قلعة|دونكي|رجم|بويرتو|سان|كامبونغ|أم|واحة|حسي|بن)"
    r" [\u0621-\u064a]{2,15}(?: ال[\u0621-\u064a]{2,15})?)(?![\u0621-\u064a])"
)
"""What a small place is called after, when the word belongs to its name."""
_SIDE = re.compile(
    r"(?<![\u0621-\u064a])(?P<name>[\u0621-\u064a]{3,15}(?: [\u0621-\u064a]{3,15})? (?:الشرقية|الغربية|الجنوبية|الشمالية|الجديدة|القديمة|العتيقة|الفوقا|التحتا|الفوقاني|التحتاني|القبلية|البحرية|الأيسر|الأيمن)(?: \d{1,2})?)(?![\u0621-\u064a\w])"
)
_HOUSES = re.compile(
    r"(?:مدرسة|مستشفى|مستوصف|دير|إعدادية|ثانوية|ابتدائية|مزرعة) (?P<name>[\u0621-\u064a]{2,15}(?: [\u0621-\u064a]{3,15})?)"
)


class Places:
    """Finds small places."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        pieces = text.pieces
        for index, piece in enumerate(pieces):
            if piece.key in PLACES:
                yield from _named_after(pieces, index)
                if piece.key in AFTER_ONLY:
                    yield from _named_before(pieces, index)
        for pattern in (_ARABIC, _NATURE, _SIDE, _HOUSES):
            for match in pattern.finditer(text.text):
                yield Finding(match.start("name"), match.end("name"), Kind.PLACE, certain=False)


def _named_after(pieces: Sequence[Piece], index: int) -> Iterator[Finding]:
    """*Vereda de La Esperanza*: capitals after the word, particles between them."""
    last, at = index, index + 1
    while at < len(pieces) and at - index <= LONGEST and pieces[at].gap == " ":
        if pieces[at].capital:
            last = at
        elif pieces[at].key not in BEFORE_NAME:
            break
        at += 1
    if last > index:
        first = next(at for at in range(index + 1, last + 1) if pieces[at].capital)
        yield Finding(pieces[first].start, pieces[last].end, Kind.PLACE, certain=False)


def _named_before(pieces: Sequence[Piece], index: int) -> Iterator[Finding]:
    """*Kolwenyi village*."""
    first = index
    while first and index - first < LONGEST and pieces[first].gap == " " and pieces[first - 1].capital:
        if pieces[first - 1].key in GENERIC:
            break
        first -= 1
    if first < index:
        yield Finding(pieces[first].start, pieces[index - 1].end, Kind.PLACE, certain=False)
