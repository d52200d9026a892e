"""Possible names of people in Arabic script, which has no capitals to go by.

A word is suspicious when a list knows it as a name and it is no everyday word, when it stands
after a title or a word such as *called*, beside another name, or when it is no form of any word.
The words beside it that may belong to the name go with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.privacy.doubtful import arabic_syllables
from registry.privacy.doubtful.arabic_reasons import SOMETIMES, SYLLABLE, Reason, reason
from registry.privacy.doubtful.arabic_words import (
    ARABIC,
    FUNCTION,
    is_common,
    is_kin,
    is_name,
    is_plain,
    is_role,
    is_seldom,
    listed,
    name_spelling,
)
from registry.privacy.doubtful.tokens import Word, split
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.arabic_people import (
    FAMILY_TOO,
    FOREIGN_PARTICLES,
    FUNCTION_WORDS,
    GIVEN_TOO,
    ROLES,
    TELLING,
)
from registry.privacy.words.people import ARABIC_JOINTS, ARABIC_TITLES

_DESCENT = ("بن", "بنت", "بت", "ولد", "ابن")
AHEAD, BACK = 2, 2
"""Words that join a name without being suspicious themselves, at most."""


class ArabicNames:
    """Finds possible names of people."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        words = [word for word in split(text.text) if ARABIC.match(word.text)]
        told = [reason(words, index) for index in range(len(words))]
        index = 0
        while index < len(words):
            if not told[index]:
                index += 1
                continue
            first, last = _widened(words, told, index)
            yield Finding(words[first].start, words[last].end, Kind.PERSON, certain=False)
            index = last + 1


def _widened(words: Sequence[Word], told: Sequence[Reason], index: int) -> tuple[int, int]:
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


def _joins(words: Sequence[Word], told: Sequence[Reason], index: int, sofar: int) -> bool:
    """Whether this word goes on the name that the words before it began."""
    word, before = words[index].text, words[index - 1].text
    if told[index] or (is_name(word) and not word.startswith(("و", "ف"))):
        return True
    if word in ARABIC_JOINTS or word in FOREIGN_PARTICLES:
        return _name_follows(words, told, index)
    syllables = word in GIVEN_TOO and bool(told[index - 1]) and _is_syllables(before)
    if syllables or before in ARABIC_JOINTS or (before in FOREIGN_PARTICLES and sofar > 1):
        return syllables or word not in FUNCTION_WORDS
    if word.startswith("ال"):
        return word.endswith("ي") and len(word) > 4 and not is_common(word)  # noqa: PLR2004 - with article and ending a name
    if word in FUNCTION_WORDS or sofar >= AHEAD or (word.startswith(("و", "ف")) and len(word) > SYLLABLE):
        return False
    return _goes_along(word, told[index - 1 - sofar])


def _is_syllables(word: str) -> bool:
    return arabic_syllables.is_run(word) or arabic_syllables.may_be_part(word)


def _name_follows(words: Sequence[Word], told: Sequence[Reason], index: int) -> bool:
    """Whether a name may go on after a joint, or after the particle of a European one."""
    if index + 1 >= len(words) or words[index + 1].gap != " ":
        return False
    after = words[index + 1].text
    return words[index].text in ARABIC_JOINTS or bool(told[index + 1]) or is_seldom(after, SOMETIMES)


def _goes_along(word: str, strength: Reason) -> bool:
    """Whether a word without reason of its own belongs to the suspicious one before it."""
    if len(word) <= SYLLABLE:
        return strength is Reason.STRONG or arabic_syllables.may_be_part(word)
    if word.startswith(("ب", "ل")):
        return False
    return not is_plain(word) or (strength is Reason.STRONG and is_seldom(word, FUNCTION))


def _leads(words: Sequence[Word], told: Sequence[Reason], index: int, sofar: int) -> bool:
    """Whether the word before the run is a joint or the beginning of the name."""
    word = words[index].text
    if word in ROLES or word in ARABIC_TITLES or word in TELLING or is_role(word):
        return False
    after = words[index + 1].text
    if told[index] or after in _DESCENT or (word in FAMILY_TOO and told[index + 1] and _is_syllables(after)):
        return True
    if is_kin(word) or word in FUNCTION_WORDS:
        return False
    if word in ARABIC_JOINTS or word.lstrip("ولبف") in ARABIC_JOINTS or is_name(word):
        return True
    if word.startswith("ال"):
        return name_spelling(word[2:]) in listed()
    strong = told[index + 1 + sofar] is Reason.STRONG
    return sofar < BACK and (not is_plain(word) or (strong and is_seldom(word, SOMETIMES)))
