"""Possible names of people in Arabic script, which has no capitals to go by.

A word is suspicious when a list knows it as a name and it is no everyday word, when it stands
after a title or a word such as *called*, beside another name, or when no dictionary knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from registry.privacy.doubtful.tokens import Word, split
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.ordinary import is_ordinary
from registry.privacy.words.people import ARABIC_JOINTS, ARABIC_TITLES, names
from registry.privacy.words.things import things

_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_CLITICS = ("ول", "وب", "فل", "لل", "و", "ف", "ب", "ل", "ك", "يا")
_EVERYDAY = frozenset(
    "نور أمل كريم سعيد جميل صالح سلام حياة سماء ربيع شمس قمر هدى رجاء فرح وفاء نجاح إيمان حنان سلمى ندى منى دعاء صباح زهرة وردة "
    "بشرى سحر رحمة نعمة عادل ناصر صابر شاكر حكيم عزيز غريب فارس هادي راضي سالم عامر ماهر حسن خير بدر نجم أمين رشيد شريف كامل فاضل جديد "
    "كبير صغير طويل مصري مغربي سوري عربي الكبير الصغير بيت عين دار أحد سبت حد عام شهر يوم ليلة واحد باب جبل قدر حق دين علي فضل غير "
    "بعد قبل عن من الى كل ذلك هذا هذه ان ما لا".split()
)  # fmt: skip
"""Names that are everyday words too: asked about only beside another sign."""


class ArabicNames:
    """Finds possible names of people."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        words = [word for word in split(text.text) if _ARABIC.match(word.text)]
        told = [_suspicion(words, index) for index in range(len(words))]
        index = 0
        while index < len(words):
            if not told[index]:
                index += 1
                continue
            first, last = _widened(words, told, index)
            yield Finding(words[first].start, words[last].end, Kind.PERSON, certain=False)
            index = last + 1


def _suspicion(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if word.text in ARABIC_TITLES or word.text in ARABIC_JOINTS or len(word.text) == 1:
        return False
    if index and words[index - 1].text in ARABIC_TITLES and word.gap in (" ", ". ", ": ", " (", "/", ".", ":"):
        return word.text not in things() and not _plain(word.text) or _is_name(word.text)
    if index and words[index - 1].text in ARABIC_JOINTS and words[index - 1].text not in ("أم", "ال", "ام") and word.gap == " ":
        return True
    if _stems(word.text) & things():
        return False
    if _is_name(word.text):
        return word.text not in _EVERYDAY
    return not _plain(word.text)


def _widened(words: Sequence[Word], told: Sequence[bool], index: int) -> tuple[int, int]:
    first = last = index
    while last + 1 < len(words) and words[last + 1].gap in (" ", "-") and _joins(words, told, last + 1):
        last += 1
    while first > 0 and words[first].gap == " " and words[first - 1].text.lstrip("ولبف") in ARABIC_JOINTS:
        first -= 1
        if first > 0 and words[first].gap == " " and (told[first - 1] or _is_name(words[first - 1].text)):
            first -= 1
    return first, last


def _joins(words: Sequence[Word], told: Sequence[bool], index: int) -> bool:
    word = words[index]
    if told[index] or _is_name(word.text):
        return True
    if word.text in ARABIC_JOINTS:
        return index + 1 < len(words) and words[index + 1].gap == " "
    return word.text.startswith("ال") and word.text.endswith("ي") and len(word.text) > 4 and not _plain(word.text)  # noqa: PLR2004


@cache
def _listed() -> frozenset[str]:
    """Names of the lists in one spelling: hamzas, final letters and vowel signs differ from hand to hand."""
    return frozenset(_spelling(name) for name in names() if _ARABIC.match(name))


def _is_name(word: str) -> bool:
    return any(_spelling(stem) in _listed() for stem in _stems(word))


def _stems(word: str) -> set[str]:
    """The word, and what is left without *and*, *for*, *by*."""
    stems = {word}
    for clitic in _CLITICS:
        rest = word.removeprefix(clitic)
        if len(rest) > 2:  # noqa: PLR2004 - two letters are no name
            stems.add(rest)
    return stems


def _plain(word: str) -> bool:
    return is_ordinary(word, "ar")


def _spelling(word: str) -> str:
    return word.translate(str.maketrans("أإآىة", "ااايه"))
