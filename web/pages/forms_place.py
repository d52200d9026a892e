"""Where it happened: the question on the place, read, filled in and said, all in this one room.

It asks for countries today. A finer or coarser place is one more input here and in
``report/_place.html``; nothing else knows how a place is put together.
"""

from __future__ import annotations

import unicodedata

from babel import Locale
from werkzeug.datastructures import MultiDict

from taxonomy import Taxonomy
from web.pages.forms import UNSAID, Field
from web.pages.words import country, locale

LANGUAGES = ("fr", "es", "ar", "pt", "sw", "de", "it")
"""Languages whose names of countries are understood whichever language the page is in."""
LINES = 3
"""Countries for which there is room at first; one more than were given otherwise."""


def read(question: Field, typed: MultiDict[str, str], taxonomy: Taxonomy) -> list[str]:
    """The codes of what was typed; what is no country stays as it is, for the account's check."""
    names = _names(taxonomy)
    written = (" ".join(entry.split()) for entry in typed.getlist(question.name))
    codes = [names.get(_fold(entry), entry) for entry in written if entry]
    codes += [code for code in UNSAID if code in typed.getlist(f"{question.name}-none")]
    return list(dict.fromkeys(codes))


def fill(question: Field, answer: list[str]) -> list[tuple[str, str]]:
    """What the inputs hold for these codes."""
    names = locale().territories
    return [
        (f"{question.name}-none", code) if code in UNSAID else (question.name, names.get(code, code))
        for code in answer
    ]


def said(answer: list[str]) -> str:
    """The countries in words, one a line."""
    return "\n".join(country(code) for code in answer)


def lines(question: Field, values: MultiDict[str, str]) -> list[tuple[str, str]]:
    """Id and value of each line to write a country in."""
    given = [entry for entry in values.getlist(question.name) if entry]
    room = max(LINES, len(given) + 1)
    ids = (question.name if place == 0 else f"{question.name}-{place + 1}" for place in range(room))
    return list(zip(ids, [*given, *[""] * (room - len(given))], strict=True))


def _names(taxonomy: Taxonomy) -> dict[str, str]:
    """Folded name or code → code; names in every language of the pages, and of some that are spoken more."""
    names = {_fold(name): code for code, name in taxonomy.countries.items()}
    for tongue in (*LANGUAGES, locale()):  # people write names in the language that they think in
        local = Locale.parse(str(tongue)).territories
        names |= {_fold(local[code]): code for code in taxonomy.countries if code in local}
    return names | {_fold(code): code for code in taxonomy.countries}


def _fold(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Cf"))
