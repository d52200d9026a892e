"""Which language tags there are (BCP 47, as far as CLDR knows them), and which one somebody means. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global

NAMED_IN = ("en", "fr", "es", "ar")
"""Languages in which names of languages are understood."""
ALPHA_2 = 2
"""Letters of a code of ISO 639-1, whose names come before those of rarer languages."""
SCRIPT, REGION = 4, 2
"""Letters of a script and of a country within a tag."""
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")


@lru_cache(maxsize=1000)
def is_known(tag: str) -> bool:
    """Whether each part of a well-formed tag is a language, script, region or variant that exists."""
    first, *others = tag.split("-")
    english = Locale("en")
    return first in _languages() and all(
        part.title() in english.scripts
        or part.upper() in english.territories
        or part.upper() in english.variants
        for part in others
    )


def meant(said: str) -> str:
    """The tag that somebody means by a name, or by a tag in any spelling; else what they wrote."""
    named = _names().get(_fold(said))
    if named is not None:
        return named
    written = said.strip()
    return _spelled(written) if _TAG.fullmatch(written) else written


def _spelled(tag: str) -> str:
    """A tag in its usual letters, ``eng`` as ``en``."""
    first, *others = re.split("[-_]", tag)
    first = get_global("language_aliases").get(first.lower(), first.lower())
    return "-".join([first.replace("_", "-"), *map(_cased, others)])


def _cased(part: str) -> str:
    if part.isalpha() and len(part) == SCRIPT:
        return part.title()
    return part.upper() if len(part) == REGION else part.lower()


@cache
def _languages() -> frozenset[str]:
    told = (*Locale("en").languages, *get_global("likely_subtags"))
    return frozenset(re.split("[-_]", tag)[0] for tag in told)


@cache
def _names() -> Mapping[str, str]:
    """Folded name → tag; where two languages have one name, the more widely used one keeps it."""
    known: dict[str, str] = {}
    for wide in (True, False):
        for language in NAMED_IN:
            for code, name in Locale(language).languages.items():
                if (len(code) == ALPHA_2) is wide:
                    known.setdefault(_fold(str(name)), code.replace("_", "-"))
    return known


def _fold(name: str) -> str:
    """A name without case, accents and signs."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if sign.isalnum())
