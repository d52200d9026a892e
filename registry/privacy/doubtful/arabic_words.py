"""What a word in Arabic script is: a listed name, a word of the language in one of its many forms, neither.

Arabic writes *and*, *the*, *for*, *his* together with a word, so lists know few of the forms in use. A
form is told for one of the language by its relatives: other forms of the same root that are in use.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain

from registry.privacy.reading import CLITICS, key_of
from registry.privacy.remembering import remembered
from registry.privacy.words import field
from registry.privacy.words.arabic_people import FUNCTION_WORDS, KIN, NAMES
from registry.privacy.words.ordinary import COMMON, UNKNOWN, arabic_roots, lexicon, spelling, used
from registry.privacy.words.people import names
from registry.privacy.words.roles import ONE_HOLDS, PEOPLE
from registry.privacy.words.tables import ordered

ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3]")
_BEFORE_NAMES = ordered("ول وب فل و ف ب ل ك يا")
_BEFORE_THINGS = (*_BEFORE_NAMES, *ordered("لل ال وال"))
_BEFORE_NOUNS = ("", *ordered("و ف ب ل ك ول وب لل ال وال بال كال فال ولل"))
_BEFORE_VERBS = ordered("ي ت ن ا سي ست وي وت فت في لي لت")
_AFTER_NOUNS = (
    "",
    *ordered("ها هم هما ه نا ي ك كم ات ون ين ان ة وا ت ا تها ته تا تان تهم ني تين تنا ية يا هن تم ناه وه"),
)
_AFTER_VERBS = ("", *ordered("ها هم هما ه نا ك كم وا ون ان ين ن ني هن"))
"""What is written together with a word, before it and after it."""
_NOUN_BEFORE = ordered("ال وال بال لل")
_NOUN_AFTER = ordered("ة ات ون ين ان ية ها هم ه نا ته تها هن")
_VERB_BEFORE = ordered("ي ت ن ا سي وي وت")
_VERB_AFTER = ordered("ت وا ون ها ه نا تم هم ني ن")
_AND_FOR = ordered("و ف ب ل")
SHORTEST = 3
FUNCTION = 60.0
"""Uses in a million of words that are never part of a name."""
FREQUENT, IN_USE, ARTICLE_IN_USE = 12.0, 0.3, 0.1
"""Uses in a million of a form that needs no relatives, of one that needs many, of one with *the*."""
RELATIVES, ARTICLE_RELATIVES = 4, 2
"""Other forms of a root that show that it is one of the language."""


def is_seldom(word: str, often: float) -> bool:
    """Whether the word is used less often."""
    return spelling(word) not in used("ar", often)


def is_common(word: str) -> bool:
    """Whether the word is used so often that it is hardly a name."""
    return spelling(word) in used("ar", COMMON)


@remembered
def is_name(word: str) -> bool:
    """Whether lists know the word as a name, with or without *and*, *for*, *by* before it."""
    if word in FUNCTION_WORDS:
        return False
    return any(name_spelling(stem) in listed() for stem in stems(word))


@cache
def listed() -> frozenset[str]:
    """Names of the lists in one spelling: hamzas, final letters and vowel signs differ from hand to hand."""
    return frozenset(name_spelling(name) for name in names() | NAMES if ARABIC.match(name))


def name_spelling(word: str) -> str:
    """One spelling for names, whose last letter differs too."""
    return spelling(word).replace("ة", "ه")


def stems(word: str, *, article: bool = False) -> set[str]:
    """The word, and what is left without *and*, *for*, *by*, and without *the* when asked."""
    found = {word}
    for clitic in _BEFORE_THINGS if article else _BEFORE_NAMES:
        rest = word.removeprefix(clitic)
        if len(rest) > 2:  # noqa: PLR2004 - two letters are no name
            found.add(rest)
    return found


def unjoined(word: str) -> tuple[str, ...]:
    """The word, and without what joins it: ``للمريضة`` is *the patient* after *for*."""
    if word.startswith("لل"):
        return word, "ال" + word[2:]
    if word.startswith(("ولل", "فلل")):
        return word, "ال" + word[3:]
    return (word, word[1:]) if word.startswith(("وال", "بال", "فال", "كال")) else (word,)


@remembered
def is_kin(word: str) -> bool:
    """Whether the word is one for a person, with what is written together with it."""
    return any(root in KIN or root.removesuffix("ت") + "ة" in KIN for root in _roots_raw(word))


def is_role(word: str) -> bool:
    """Whether the word is a role, with or without *the*."""
    key = key_of(word)
    return any(
        key.removeprefix(clitic) in ONE_HOLDS or key.removeprefix(clitic) in PEOPLE
        for clitic in ("", *CLITICS)
    )


@remembered
def is_plain(word: str) -> bool:
    """Whether the word is one of the language: used often, or one of the forms of a root that is."""
    bare, word = word, spelling(word)
    if word in used("ar", FREQUENT) or stems(word, article=True) & _ours():
        return True
    if bare[0] != word[0] and word.startswith("ال"):  # Elif, Alfred: the first letters are no article
        return word in arabic_roots()
    if any(root in arabic_roots() for root in _roots(word)):
        return True
    return _has_relatives(word)


def _has_relatives(word: str) -> bool:
    """Whether forms of the same root are in use, fewer of them for a word with *the*."""
    defined = any(word.startswith(article) for article in ("ال", "وال", "بال", "لل", "فال", "كال"))
    if defined and not word.endswith("ي"):
        return _in_use(word, ARTICLE_IN_USE) or _relatives(word) >= ARTICLE_RELATIVES
    bare = word[1:] if word.startswith(_AND_FOR) and len(word) > SHORTEST + 1 else word
    return (_in_use(word, IN_USE) or _in_use(bare, IN_USE)) and _relatives(word) >= RELATIVES


def is_in_use(word: str) -> bool:
    """Whether the word is found in texts at all, with or without *and*, *for*, *the* before it."""
    return any(spelling(stem) in used("ar", ARTICLE_IN_USE) for stem in stems(word, article=True))


def _in_use(word: str, least: float) -> bool:
    return word in used("ar", least)


def _relatives(word: str) -> int:
    """How many other forms of a root of this word are in use, at most over its roots."""
    return max((_forms(root) for root in _roots(word) if len(root) >= SHORTEST), default=0)


@remembered
def _forms(root: str) -> int:
    """How many kinds of forms of a root are in use."""
    words = lexicon("ar")
    stem = root.removesuffix("ة")
    base = stem + "ت" if root.endswith("ة") else root
    nouns = {
        end
        for end in _NOUN_AFTER
        for form in (base + end, stem + end)
        if form != root and _known(words.bucket(form))
    }
    defined = any(_known(words.bucket(start + root)) for start in _NOUN_BEFORE)
    verbs = chain((start + root for start in _VERB_BEFORE), (root + end for end in _VERB_AFTER))
    return len(nouns) + defined + sum(_known(words.bucket(form)) for form in verbs)


def _known(bucket: int) -> bool:
    return bucket != UNKNOWN


@cache
def _ours() -> frozenset[str]:
    return frozenset(map(spelling, field.WORDS["ar"]))


def _roots_raw(word: str) -> tuple[str, ...]:
    """Like ``_roots``, and in the spelling of the tables too."""
    return (*_roots(word), *_roots(word.replace("أ", "ا")))


@remembered
def _roots(word: str) -> tuple[str, ...]:
    """What is left without what Arabic writes together with a word; verbs have other ends than nouns."""
    found: list[str] = []
    for starts, ends in ((_BEFORE_NOUNS, _AFTER_NOUNS), (_BEFORE_VERBS, _AFTER_VERBS)):
        for before in starts:
            if not word.startswith(before):
                continue
            rest = word[len(before) :]
            for after in ends:
                root = rest.removesuffix(after) if after and rest.endswith(after) else "" if after else rest
                if len(root) >= (SHORTEST if before or after else 2):
                    found += [root, root + "ة"] if after else [root]
    return tuple(found)
