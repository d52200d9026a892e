"""Names of natural persons in lists of parties become general words. Pure.

A registry that finds people by what happened to them harms them twice, so the parties of a foreign
record are generalised when they look like a natural person: ``a person``, ``a child``, ``Family of
a person``. Organizations, groups and places stay. The rules know nobody; they go by form: common
given names, initials, titles, and words that mark groups and organizations. They are conservative:
where harm is alleged, two to four unknown words without any sign of an organization count as a
person, so now and then a small firm is hidden with them. Alleged developers and deployers need
better evidence, since most of them are firms. A public figure known by a single word is not
recognised. Titles and texts stay as the collection gives them.
"""

from __future__ import annotations

import re
import unicodedata

from registry.record.collections.given_names import FAMILY_NAMES_FIRST, GIVEN_NAMES
from registry.record.collections.ordinary_words import (
    GROUPS,
    NAMES_TOO,
    ORGANIZATIONS,
    OTHERS,
    SURNAMES_TOO,
)
from registry.record.collections.wordlist import words

PERSON = "a person"
CHILD = "a child"
FAMILY = "a family"
SEVERAL = "several people"

PAIR = 2
"""Words of the usual name."""
FAMILY_MAX = 3
"""Words of a family name, or of a name whose family part comes first."""
STRANGER_MAX = 4
"""Words of a name in which we know none."""
NAME_WORDS_MAX = 5
"""Longer is a phrase, not a name."""
SHORT = 4
"""Letters of a word too short to be called a plural."""

_STRONG = GROUPS | ORGANIZATIONS
_TITLES = words(
    """
    mr mrs ms miss mx dr prof sir dame lord lady bishop archbishop pope rabbi imam sister judge justice
    senator representative congressman congresswoman president governor mayor prince princess king queen
    attorney advocate counsel respondent plaintiff defendant appellant debtor defense defence assistant
    district plaintiff's plaintiff’s defendants’ debtor’s appellants’ supervising lead
    """
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
_CHILDREN = words("child boy girl baby infant toddler teenager minor kid pupil adolescent")
_CLOSE = words(
    """
    family families mother father parent parents sister brother daughter son wife husband spouse child
    children widow estate relatives friend friends classmate colleague colleagues acquaintance fans client
    clients impersonating mimicking
    """
)
"""Words beside a name that make it more likely a person's."""
_CONNECTORS = words("of impersonating mimicking targeting as by for against to from representing accusing")
_NAMED = frozenset({"named", "called", "alias"})
_WITHHELD = re.compile(r"\bname\b.*\b(withheld|unknown|of)\b|surname|pseudonym")
_ASIDE = re.compile(r"\([^()]{0,200}\)|[\"“”][^\"“”]{0,60}[\"“”]")
_INITIALS = re.compile(r"(?:[a-z]\.){1,3}|[a-z]")


def generalise(name: str, *, harmed: bool) -> str | None:
    """The general word for a party that looks like a natural person, or None to keep the name.

    ``harmed`` says that the party is alleged to be harmed, where weaker signs are enough.
    """
    folded = _fold(name).replace("pro se ", "")
    plain = _ASIDE.sub(" ", folded)
    if "@" in folded:
        return PERSON
    if plain != folded and (_WITHHELD.search(folded) or _is_bare_name(_words(plain))):
        return CHILD if _CHILDREN & set(_words(folded)) else PERSON
    inside = _inside(_words(plain), harmed=harmed)
    return inside or (PERSON if _names_a_person(plain, harmed=harmed) else None)


def generalise_all(names: list[str], *, harmed: bool) -> tuple[list[str], bool]:
    """A list of parties with the persons generalised, each answer once, and whether any was."""
    kept: dict[str, int] = {}
    changed = False
    for name in names:
        general = generalise(name, harmed=harmed)
        changed = changed or general is not None
        kept[general or name] = kept.get(general or name, 0) + 1
    return [SEVERAL if name == PERSON and times > 1 else name for name, times in kept.items()], changed


def _names_a_person(plain: str, *, harmed: bool) -> bool:
    """Whether the whole, or any of several names in it, is a person's."""
    pieces = [piece for piece in re.split(r"[,;/]| and | & ", plain) if piece.strip()]
    return any(_is_person(_words(piece), harmed=harmed and len(pieces) == 1) for piece in pieces)


def _inside(parts: list[str], *, harmed: bool) -> str | None:
    """A person named inside a phrase: ``family of …``, ``…'s parents``, ``a teacher named …``."""
    for position, word in enumerate(parts):
        before, after = parts[:position], parts[position + 1 :]
        if word in _NAMED and before and _is_called(after):
            return CHILD if _CHILDREN & set(before) else PERSON
        close = harmed and bool(_CLOSE & {*before, word})
        if word in _CONNECTORS and before and _is_person(after, harmed=close):
            return _sentence([*before, word, PERSON])
        close = harmed and bool(_CLOSE & set(after))
        owner = [*before, word[:-2]]
        owns = word.endswith(("'s", "’s")) and after and "county" not in after
        if owns and _is_person(owner, harmed=close):
            return _sentence([*after, "of", PERSON])
    return FAMILY if parts[-1:] == ["family"] and _is_family_name(parts[:-1]) else None


def _is_called(parts: list[str]) -> bool:
    """Whether what follows "named" is a name rather than the rest of a sentence."""
    return _is_person(parts, harmed=True) or (len(parts) == 1 and parts[0] not in OTHERS | _STRONG)


def _is_family_name(parts: list[str]) -> bool:
    parts = [word.rstrip("'’") for word in parts if word != "the"]
    return 1 <= len(parts) <= FAMILY_MAX and not any(word in _STRONG or word in OTHERS for word in parts)


def _is_person(parts: list[str], *, harmed: bool) -> bool:
    """Whether words that stand alone are the name of a person."""
    while parts and parts[-1].strip(".") in _SUFFIXES:
        parts = parts[:-1]
    titled = 0
    while titled < len(parts) and parts[titled].strip(".") in _TITLES:
        titled += 1
    parts = parts[titled:]
    if not parts or len(parts) > NAME_WORDS_MAX or any(re.search(r"\d", word) for word in parts):
        return False
    if _has_strong(parts):
        return False
    if len(parts) == 1:
        return _is_single(parts[0], titled=titled > 0, harmed=harmed)
    return _has_name(parts) or (titled > 0 and _is_unknown(parts)) or (harmed and _is_stranger(parts))


def _has_strong(parts: list[str]) -> bool:
    """Whether a word marks a group, an organization or a place and is not part of a name here."""
    for position, word in enumerate(parts):
        named = (position == 0 and word in NAMES_TOO) or (position == 1 and _is_given_surname(parts))
        if word.strip(".'’") in _STRONG and not named:
            return True
    return False


def _is_given_surname(parts: list[str]) -> bool:
    return len(parts) == PAIR and parts[0] in GIVEN_NAMES - NAMES_TOO and parts[1] in SURNAMES_TOO


def _is_single(word: str, *, titled: bool, harmed: bool) -> bool:
    if titled:
        return word not in OTHERS and not _is_plural(word)
    if re.fullmatch(r"(?:[a-z]\.){2,3}", word):
        return True
    return harmed and word in GIVEN_NAMES and word not in NAMES_TOO


def _is_bare_name(parts: list[str]) -> bool:
    """A single name before an aside that explains who it is."""
    return len(parts) == 1 and (parts[0] in GIVEN_NAMES - NAMES_TOO or parts[0] in FAMILY_NAMES_FIRST)


def _has_name(parts: list[str]) -> bool:
    first, rest = parts[0], parts[1:]
    ordinary = bool(set(rest) & OTHERS)
    if first in GIVEN_NAMES and (not ordinary or _is_given_surname(parts)):
        return True
    if first in FAMILY_NAMES_FIRST and len(parts) <= FAMILY_MAX and not ordinary:
        return True
    if re.fullmatch(r"[a-z]\.", first):
        return _is_unknown([word for word in rest if not _INITIALS.fullmatch(word)])
    initials = [word for word in rest if _INITIALS.fullmatch(word) and (word != rest[-1] or "." in word)]
    return bool(initials) and len(first) > 1 and first not in OTHERS and not set(rest) & (OTHERS - {"a"})


def _is_stranger(parts: list[str]) -> bool:
    """Two to four words that mean nothing to us: taken for a person where harm is alleged."""
    if any(word in GIVEN_NAMES and word not in NAMES_TOO for word in parts):
        return not set(parts) & OTHERS and not _is_plural(parts[-1])
    return PAIR <= len(parts) <= STRANGER_MAX and _is_unknown(parts)


def _is_unknown(parts: list[str]) -> bool:
    return bool(parts) and not any(
        word in _STRONG or word in OTHERS or _is_plural(word) or not re.fullmatch(r"[a-z'’]+\.?", word)
        for word in parts
    )


def _is_plural(word: str) -> bool:
    return len(word) > SHORT and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _words(folded: str) -> list[str]:
    return [word for word in re.split(r"[\s\-,;/()\"“”]+", folded) if word]


def _fold(name: str) -> str:
    """Small letters without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).strip()


def _sentence(parts: list[str]) -> str:
    text = " ".join(parts)
    return text[:1].upper() + text[1:]
