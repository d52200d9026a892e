"""Possible names of people in Arabic script, which has no capitals to go by.

A word is suspicious when a list knows it as a name and it is no everyday word, when it stands
after a title or a word such as *called*, beside another name, or when no dictionary knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from registry.privacy.doubtful.tokens import Word, split
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.reading import CLITICS, key_of
from registry.privacy.words import field
from registry.privacy.words.arabic_people import (
    EVERYDAY,
    FAMILY_TOO,
    FUNCTION_WORDS,
    KIN,
    NAMES,
    ROLES,
    SYLLABLES,
    TELLING,
)
from registry.privacy.words.jobs import ONE_HOLDS, PEOPLE
from registry.privacy.words.ordinary import COMMON, arabic_roots, spelling, used
from registry.privacy.words.people import ARABIC_JOINTS, ARABIC_TITLES, names
from registry.privacy.words.things import things

_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_CLITICS = ("ول", "وب", "فل", "لل", "ال", "وال", "و", "ف", "ب", "ل", "ك", "يا")
_BETWEEN = (" ", ". ", ": ", " (", "/", ".", ":", " «", "«")
_BEFORE = (
    "",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
    "ول",
    "وب",
    "لل",
    "ال",
    "وال",
    "بال",
    "كال",
    "فال",
    "ولل",
    "ي",
    "ت",
    "ن",
    "ا",
    "س",
    "سي",
    "ست",
    "وي",
    "وت",
    "فت",
    "في",
    "لي",
    "لت",
)
_AFTER = (
    "",
    "ها",
    "هم",
    "هما",
    "ه",
    "نا",
    "ي",
    "ك",
    "كم",
    "ات",
    "ون",
    "ين",
    "ان",
    "ة",
    "وا",
    "ت",
    "ا",
    "تها",
    "ته",
    "تا",
    "تان",
    "تهم",
    "ني",
    "تين",
    "تنا",
    "ية",
    "يا",
)
"""What is written together with a word, before it and after it."""
_VERB_ENDINGS = ("ت", "وا", "تا", "ها", "ه", "هم")
SHORTEST = 3
FUNCTION, SOMETIMES, NISBA = 60.0, 30.0, 3.0
"""Uses in a million of words that are never part of a name, and of those that begin none."""
SYLLABLE = 3
"""Letters of a word that may be a syllable of a Chinese name, however common it is."""
AHEAD, BACK = 2, 2
"""Words that join a name without being suspicious themselves, at most."""


class ArabicNames:
    """Finds possible names of people."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
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


def _suspicion(words: Sequence[Word], index: int) -> bool:  # noqa: PLR0911 - one reason after the other
    """Whether this word alone, or with the word before it, is reason to ask."""
    word = words[index]
    if word.text in ARABIC_TITLES or word.text in ROLES or word.text in ARABIC_JOINTS or len(word.text) == 1:
        return False
    if _stems(word.text) & things():
        return False
    before = words[index - 1].text if index and words[index].gap in _BETWEEN else ""
    if before in ARABIC_TITLES:
        return not _common(word.text) or _is_name(word.text)
    if before in ARABIC_JOINTS and before not in ("أم", "ال", "ام", "ولد", "أبي"):
        return True
    if before in ("أم", "ام") and (_is_name(word.text) or _is_seldom(word.text, FUNCTION)):
        return True
    if before and (in_table_of_roles(before) or _is_kin(before)):
        return _is_name(word.text) or not (
            word.text.startswith("ال")
            or word.text.endswith(_VERB_ENDINGS)
            or not _is_seldom(word.text, SOMETIMES)
        )
    if before in ROLES or before in TELLING:
        return _is_name(word.text) or not (word.text.startswith("ال") or _common(word.text))
    if _is_pair(words, index):
        return True
    if _is_name(word.text):
        return word.text not in EVERYDAY and not _common(word.text)
    return not _plain(word.text) or _is_rare_nisba(word.text)


def _is_pair(words: Sequence[Word], index: int) -> bool:
    """Whether two names or syllables of names stand side by side, however common each of them is."""
    if words[index].text in FAMILY_TOO:
        return _is_family(words, index)
    if not _may_be_half(words[index].text):
        return False
    return any(
        0 <= at < len(words) and words[max(index, at)].gap == " " and _may_be_half(words[at].text)
        for at in (index - 1, index + 1)
    )


def _is_family(words: Sequence[Word], index: int) -> bool:
    """Whether a function word that is a family name too (*Ma*, *Li*) stands before a syllable of a name."""
    after = words[index + 1] if index + 1 < len(words) else None
    return (
        after is not None
        and after.gap == " "
        and after.text in SYLLABLES
        and after.text not in FUNCTION_WORDS | FAMILY_TOO
    )


def _may_be_half(word: str) -> bool:
    if word in FUNCTION_WORDS or word.startswith("ال"):
        return False
    return _name_spelling(spelling(word)) in _listed() or word in SYLLABLES


def _is_rare_nisba(word: str) -> bool:
    """*Al-…i*, where somebody is from, and seldom used: most often the end of a name."""
    return word.startswith("ال") and word.endswith("ي") and len(word) > 5 and _is_seldom(word, NISBA)  # noqa: PLR2004 - with article and ending a name of four letters


@lru_cache(maxsize=4096)
def _is_kin(word: str) -> bool:
    """Whether the word is one for a person, with what is written together with it."""
    return any(root in KIN or root.removesuffix("ت") + "ة" in KIN for root in _roots_raw(word))


def _widened(words: Sequence[Word], told: Sequence[bool], index: int) -> tuple[int, int]:
    """The run of words that may be one name around a suspicious one."""
    first = last = index
    while (
        last + 1 < len(words)
        and words[last + 1].gap in (" ", "-")
        and _joins(words, told, last + 1, last - index)
    ):
        last += 1
    while first > 0 and words[first].gap in (" ", "-") and _leads(words, told, first - 1, index - first):
        first -= 1
    return first, last


def _joins(words: Sequence[Word], told: Sequence[bool], index: int, sofar: int) -> bool:
    word = words[index]
    if told[index] or (_is_name(word.text) and not word.text.startswith(("و", "ف"))):
        return True
    if word.text in ARABIC_JOINTS:
        return index + 1 < len(words) and words[index + 1].gap == " "
    if words[index - 1].text in ARABIC_JOINTS:
        return True
    if word.text.startswith("ال"):
        return word.text.endswith("ي") and len(word.text) > 4 and not _common(word.text)  # noqa: PLR2004 - with article and ending a name
    if (
        sofar >= AHEAD
        or word.text in FUNCTION_WORDS
        or (word.text.startswith(("و", "ف")) and len(word.text) > SYLLABLE)
    ):
        return False
    return len(word.text) <= SYLLABLE or (
        not word.text.startswith(("ب", "ل")) and _is_seldom(word.text, FUNCTION)
    )


def _leads(words: Sequence[Word], told: Sequence[bool], index: int, sofar: int) -> bool:
    """Whether the word before the run is a joint or the beginning of the name."""
    word = words[index]
    if (
        word.text in ROLES
        or word.text in ARABIC_TITLES
        or word.text in TELLING
        or in_table_of_roles(word.text)
    ):
        return False
    if told[index]:
        return True
    if _is_kin(word.text) or word.text in FUNCTION_WORDS:
        return False
    if told[index] or word.text.lstrip("ولبف") in ARABIC_JOINTS or _is_name(word.text):
        return True
    return sofar < BACK and not word.text.startswith("ال") and _is_seldom(word.text, SOMETIMES)


def in_table_of_roles(word: str) -> bool:
    """Whether the word is a role, with or without *the*."""
    key = key_of(word)
    return any(
        key.removeprefix(clitic) in ONE_HOLDS or key.removeprefix(clitic) in PEOPLE
        for clitic in ("", *CLITICS)
    )


def _is_seldom(word: str, often: float) -> bool:
    return spelling(word) not in used("ar", often)


@cache
def _listed() -> frozenset[str]:
    """Names of the lists in one spelling: hamzas, final letters and vowel signs differ from hand to hand."""
    return frozenset(_name_spelling(name) for name in names() | NAMES if _ARABIC.match(name))


def _is_name(word: str) -> bool:
    return any(_name_spelling(stem) in _listed() for stem in _stems(word))


def _stems(word: str) -> set[str]:
    """The word, and what is left without *and*, *for*, *by*."""
    stems = {word}
    for clitic in _CLITICS:
        rest = word.removeprefix(clitic)
        if len(rest) > 2:  # noqa: PLR2004 - two letters are no name
            stems.add(rest)
    return stems


def _plain(word: str) -> bool:
    """Whether the word is one of the language: used very often, or inflected from one that is."""
    word = spelling(word)
    return (
        word in used("ar", FUNCTION)
        or word in _ours()
        or any(root in arabic_roots() for root in _roots(word))
    )


@cache
def _ours() -> frozenset[str]:
    return frozenset(map(spelling, field.WORDS["ar"]))


def _roots_raw(word: str) -> tuple[str, ...]:
    """Like ``_roots``, and in the spelling of the tables too."""
    return (*_roots(word), *_roots(word.replace("أ", "ا")))


@lru_cache(maxsize=4096)
def _roots(word: str) -> tuple[str, ...]:
    """What is left without what Arabic writes together with a word."""
    found = []
    for before in _BEFORE:
        if not word.startswith(before):
            continue
        rest = word[len(before) :]
        for after in _AFTER:
            root = rest.removesuffix(after) if after and rest.endswith(after) else rest if not after else ""
            if len(root) >= (SHORTEST if before or after else 2):
                found.append(root)
                if after:
                    found.append(root + "ة")
    return tuple(found)


def _common(word: str) -> bool:
    """Whether the word is used so often that it is hardly a name."""
    return spelling(word) in used("ar", COMMON)


def _name_spelling(word: str) -> str:
    return spelling(word).replace("ة", "ه")
