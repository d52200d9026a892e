"""Names in capitals: *refused AMINA HASSAN*, *M. KOFFI YAO*; abbreviations and stressed words are none.

Lists of words hold names too, since people write about people. In capitals a word that lists know as a
given name is therefore asked about however often it is used, unless it is an everyday word
(``STRESSED``); a family name or an unknown word where another name stands beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from registry.privacy.doubtful.tokens import Word
from registry.privacy.words.ordinary import RARE, is_used
from registry.privacy.words.people import FIRST_WORDS, bare, given_names, names
from registry.privacy.words.stressed import STRESSED
from registry.privacy.words.things import things

AROUND = 6
"""Words before and after that tell whether all of the text is in capitals."""
LEAST, LEAST_RARE, LEAST_ALONE = 2, 4, 6
"""Letters of a name in a list; of a seldom word beside one; of a seldom word that is no abbreviation."""


def is_name_in_capitals(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether this word in capitals may be a name or a part of one."""
    lower = words[index].lower
    if not _may_be(lower, language):
        return False
    if is_given_name(lower):
        return True
    if lower in things():
        return False
    loud = _is_loud(words, index)
    rare = not is_used(lower, language, RARE)
    if not loud and rare and (_is_listed(lower) or len(lower) >= LEAST_ALONE):
        return True
    beside = [words[at].lower for at in _beside(words, index)]
    if loud:
        return rare and any(is_given_name(one) for one in beside)
    return any(_may_be(one, language) and (_is_listed(one) or _is_listed(lower)) for one in beside)


def _may_be(lower: str, language: str) -> bool:
    """Whether a word may be a part of a name at all: listed, or seldom and too long for an abbreviation."""
    if len(lower) < LEAST or lower in STRESSED or lower in FIRST_WORDS:
        return False
    return _is_listed(lower) or (len(lower) >= LEAST_RARE and not is_used(lower, language, RARE))


def _is_listed(lower: str) -> bool:
    return lower in names() or bare(lower) in names()


def is_given_name(lower: str) -> bool:
    """Whether lists know the word as somebody's first name, and it is no everyday word."""
    return lower not in STRESSED and (lower in given_names() or bare(lower) in given_names())


def _beside(words: Sequence[Word], index: int) -> list[int]:
    """The words in capitals right before and after."""
    return [
        at
        for at in (index - 1, index + 1)
        if 0 <= at < len(words) and words[max(at, index)].gap in (" ", "-") and words[at].shouted
    ]


def _is_loud(words: Sequence[Word], index: int) -> bool:
    """Whether the text around is in capitals as well, beyond the run of them in which a name would stand."""
    near = words[max(0, index - AROUND) : index + AROUND + 1]
    plain = sum(1 for word in near if word.text.islower())
    return plain < len(near) / 4
