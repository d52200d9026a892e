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
    FREQUENT,
    FUNCTION,
    is_common,
    is_kin,
    is_name,
    is_plain,
    is_role,
    is_seldom,
    listed,
    name_spelling,
    unjoined,
)
from registry.privacy.doubtful.tokens import Word, split
from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.arabic_people import (
    DOING,
    FAMILY_TOO,
    FOREIGN_PARTICLES,
    FUNCTION_WORDS,
    GIVEN_TOO,
    NEVER_WORDS,
    ORIGINS,
    ROLES,
    TELLING,
)
from registry.privacy.words.people import ARABIC_JOINTS, ARABIC_TITLES

_DESCENT = ("بن", "بنت", "بت", "ولد", "ابن")
_AND_FOR = ("و", "ل", "ب", "ف")
_LEADS_TO = ROLES | ARABIC_TITLES | TELLING | (DOING - ARABIC_JOINTS)
"""Words that stand before a name and are none of it."""
_OF_THINGS = ("ة", "ات", "ين", "ون")
OFTEN = 100.0
"""Uses in a million of a word with *the* that is hardly a family name, even where lists know it as a name."""
_HERS = ("ها", "هم", "هن", "هما")
"""*Her* and *their*, written together with what is theirs."""
LEAST_GLUED = 4
"""Letters of a name that is told apart from *and* or *for* before it."""
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
            start = words[first].start + _glued(words, first)
            yield Finding(start, words[last].end, Kind.PERSON, certain=False)
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
    while (
        first > 0
        and words[first].gap in (" ", "-")
        and not _glued(words, first)
        and _leads(words, told, first - 1, index - first)
    ):
        first -= 1
    return first, last


def _joins(words: Sequence[Word], told: Sequence[Reason], index: int, sofar: int) -> bool:
    """Whether this word goes on the name that the words before it began."""
    word, before = words[index].text, words[index - 1].text
    glued = _glued(words, index) > 0
    if glued or told[index] or (is_name(word) and not word.startswith(("و", "ف"))):
        return not glued
    if word in ARABIC_JOINTS or word in FOREIGN_PARTICLES:
        return _name_follows(words, told, index)
    syllables = word in GIVEN_TOO and bool(told[index - 1]) and _is_syllables(before)
    if syllables or before in ARABIC_JOINTS or (before in FOREIGN_PARTICLES and sofar > 1):
        return syllables or word not in FUNCTION_WORDS
    if word.startswith("ال"):
        return _is_second_part(word, is_name(before) and bool(told[index - 1 - sofar]))
    if word in FUNCTION_WORDS or sofar >= AHEAD or (word.startswith(("و", "ف")) and len(word) > SYLLABLE):
        return False
    ended = (
        before.startswith("ال") and sofar > 0 and not is_name(before)
    )  # after *Al-Ahmad* no word goes along
    return _goes_along(word, Reason.WEAK if ended else told[index - 1 - sofar])


def _glued(words: Sequence[Word], index: int) -> int:
    """Letters of *and*, *for*, *by* written together with a listed name: a name begins after them."""
    word = words[index].text
    rest = word[1:]
    if not word.startswith(_AND_FOR) or word in FUNCTION_WORDS or name_spelling(word) in listed():
        return 0
    if index and words[index].gap == " " and words[index - 1].text in ARABIC_JOINTS:
        return 0
    known = rest in NEVER_WORDS or (len(rest) >= LEAST_GLUED and name_spelling(rest) in listed())
    return 1 if known and not arabic_syllables.may_be_part(word) else 0


def _is_second_part(word: str, after_a_name: bool) -> bool:  # noqa: FBT001 - one of two rules
    """Whether a word with *the* ends a name: *Al-Ahmad*, *the Syrian*, or one that is hardly used."""
    nisba = word.endswith("ي") and len(word) > 4  # noqa: PLR2004 - with article and ending a name
    if nisba and not is_common(word):
        return True
    if not after_a_name or word in FUNCTION_WORDS:
        return False
    if word in ORIGINS or (name_spelling(word[2:]) in listed() and is_seldom(word, OFTEN)):
        return True
    return is_seldom(word, FREQUENT) and not (is_role(word) or is_kin(word) or word.endswith(_OF_THINGS))


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
    if word.startswith(("ب", "ل")) or (word.endswith(_HERS) and is_plain(word)):
        return False
    return not is_plain(word) or (strength is Reason.STRONG and is_seldom(word, FUNCTION))


def _leads(words: Sequence[Word], told: Sequence[Reason], index: int, sofar: int) -> bool:
    """Whether the word before the run is a joint or the beginning of the name."""
    word = words[index].text
    if is_role(word) or any(one in _LEADS_TO for one in unjoined(word)):
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
