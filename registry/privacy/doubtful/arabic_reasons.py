"""Reasons to ask whether a word in Arabic script belongs to a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from registry.privacy.doubtful import arabic_syllables
from registry.privacy.doubtful.arabic_words import (
    FUNCTION,
    is_common,
    is_in_use,
    is_kin,
    is_name,
    is_plain,
    is_role,
    is_seldom,
    listed,
    name_spelling,
    stems,
    unjoined,
)
from registry.privacy.doubtful.tokens import Word
from registry.privacy.words.arabic_people import (
    DOING,
    EVERYDAY,
    FAMILY_TOO,
    FUNCTION_WORDS,
    NEVER_WORDS,
    ROLES,
    SYLLABLES,
    TELLING,
)
from registry.privacy.words.people import ARABIC_JOINTS, ARABIC_TITLES
from registry.privacy.words.things import things

_BETWEEN = (" ", ". ", ": ", " (", "/", ".", ":", " «", "«")
_MOTHER = ("أم", "ام")
_OFTEN_NO_JOINT = ("ال", "ولد", "أبي")
_FOREIGN_LETTER = re.compile("[پچژگڤ]")
"""Letters that Arabic lacks: a name of Iran, of Central Asia or of Europe."""
_VERB_ENDINGS = ("ت", "وا", "تا", "ها", "ه", "هم")
SOMETIMES, NISBA = 30.0, 3.0
"""Uses in a million of words that begin no name, and of those for where somebody is from."""
SYLLABLE = 3
"""Letters of a word that may be a syllable of a Chinese name, however common it is."""


class Reason(IntEnum):
    """How much there is to a suspicion: a strong one takes the seldom words beside it along."""

    NONE = 0
    WEAK = 1  # a word in use, but seldom, and without relatives
    STRONG = 2


def reason(words: Sequence[Word], index: int) -> Reason:
    """Whether this word alone, or with the words beside it, is reason to ask."""
    word = words[index].text
    if word in ARABIC_JOINTS or len(word) == 1 or any(one in ARABIC_TITLES | ROLES for one in unjoined(word)):
        return Reason.NONE
    if stems(word, article=True) & things():
        return Reason.NONE
    before = words[index - 1].text if index and words[index].gap in _BETWEEN else ""
    if before and any(_announces(one, word) for one in unjoined(before)):
        return Reason.STRONG
    if _is_pair(words, index) or arabic_syllables.is_run(word) or _FOREIGN_LETTER.search(word):
        return Reason.STRONG
    return _by_the_word(word)


def _by_the_word(word: str) -> Reason:
    """What the word says without those beside it."""
    if is_name(word):
        found = stems(word)
        told = bool(found & NEVER_WORDS) or not (found & EVERYDAY or is_common(word))
        return Reason.STRONG if told else Reason.NONE
    if _is_rare_nisba(word):
        return Reason.STRONG
    if is_plain(word):
        return Reason.NONE
    return Reason.WEAK if is_in_use(word) else Reason.STRONG


def _announces(before: str, word: str) -> bool:
    """Whether a word is a name after a title, a joint, a role or *said*."""
    if before in ARABIC_TITLES:
        return is_name(word) or not (is_common(word) or _reads_as_itself(word))
    if before in _MOTHER:
        return word not in FUNCTION_WORDS and (is_name(word) or is_seldom(word, FUNCTION))
    if before in ARABIC_JOINTS and before not in _OFTEN_NO_JOINT:
        return word not in FUNCTION_WORDS
    if is_role(before) or is_kin(before):
        return is_name(word) or not (
            word.startswith("ال")
            or word.endswith(_VERB_ENDINGS)
            or not is_seldom(word, SOMETIMES)
            or _reads_as_itself(word)
        )
    return _follows_a_verb(before, word)


def _follows_a_verb(before: str, word: str) -> bool:
    """Whether a bare word stands after what people do, and reads as a name there."""
    if before in DOING:
        joined = word.startswith(("ال", "ب", "ل", "و", "ف"))
        return is_name(word) or not (joined or _reads_as_itself(word) or not is_seldom(word, NISBA))
    if before not in ROLES and before not in TELLING:
        return False
    return is_name(word) or not (word.startswith("ال") or is_common(word) or _reads_as_itself(word))


def _reads_as_itself(word: str) -> bool:
    """Whether a word that no list knows as a name is a form that names do not have."""
    if word in FUNCTION_WORDS or word.startswith(("بال", "لل", "كال", "فال", "وال")):
        return True
    if word.endswith("ا"):
        return not is_seldom(word[:-1], SOMETIMES) and not is_name(word[:-1])
    return word.endswith(("ة", "ين", "ون", "ات", "هن", "هم")) and is_plain(word)


def _is_pair(words: Sequence[Word], index: int) -> bool:
    """Whether two names or syllables of names stand side by side, however common each of them is."""
    if words[index].text in FAMILY_TOO:
        return _is_family(words, index)
    if not _may_be_half(words[index].text):
        return False
    return any(
        0 <= at < len(words) and words[max(index, at)].gap in (" ", "-") and _may_be_half(words[at].text)
        for at in (index - 1, index + 1)
    )


def _is_family(words: Sequence[Word], index: int) -> bool:
    """Whether a function word that is a family name too (*Ma*, *Li*) stands before a syllable of a name."""
    after = words[index + 1] if index + 1 < len(words) else None
    if after is None or after.gap != " " or after.text in FUNCTION_WORDS | FAMILY_TOO:
        return False
    if after.text in SYLLABLES:
        return True
    long = len(after.text) > SYLLABLE
    return long and arabic_syllables.may_be_part(after.text) and is_seldom(after.text, NISBA)


def _may_be_half(word: str) -> bool:
    if word in FUNCTION_WORDS or word.startswith("ال"):
        return False
    return any(name_spelling(stem) in listed() for stem in stems(word)) or arabic_syllables.may_be_part(word)


def _is_rare_nisba(word: str) -> bool:
    """*Al-…i*, where somebody is from, and seldom used: most often the end of a name."""
    return word.startswith("ال") and word.endswith("ي") and len(word) > 5 and is_seldom(word, NISBA)  # noqa: PLR2004 - with article and ending a name of four letters
