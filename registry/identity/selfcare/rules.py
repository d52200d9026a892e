"""What a new password must be. Pure.

Length counts, and that a guesser's list does not hold it (NIST SP 800-63B, section 3.1.1.2). Whatever
is on such lists, or known of the person, is taken away first: common words, names, years, runs along
alphabet and keyboard. What is left must still be something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from registry.errors import N_, Problem

PASSWORD_MIN: Final = 12
PASSWORD_MAX: Final = 200
LEFT_MIN: Final = 7
"""Characters that must be left."""
DIFFERENT_MIN: Final = 5
"""Different characters that must be among them."""
OWN_MIN: Final = 3
"""Letters of a person's own word, below which it is too short to matter."""
RUN_MIN: Final = 3
TOO_COMMON: Final = N_(
    "This is easy to guess: it is made of common words, of a simple pattern, or of what others know of you. "
    "A few words that only you would put together are best."
)
_WORDS: Final = """
password passwort passphrase contrasena motdepasse letmein welcome bienvenue changeme iloveyou qwerty qwertz
azerty asdfgh zxcvbn administrator administrador admin root superuser login signin default secret master
monkey dragon football baseball basketball sunshine princess superman batman starwars pokemon whatever
trustno abcdef google facebook youtube instagram microsoft windows iphone samsung chatgpt openai internet
computer security reviewer steward incident commons registry summer winter spring autumn january february
march april june july august september october november december monday tuesday wednesday thursday friday
saturday sunday spiderman liverpool chelsea arsenal barcelona correcthorsebatterystaple test example demo
guest user hello happy lovely loveyou jesus blessed michael jordan jennifer shadow hunter killer freedom
money ninja mustang charlie ashley nicole daniel access flower cookie cheese pepper ginger hannah matthew
andrew joshua thomas robert soccer hockey ranger george michelle jessica tigger cowboy
"""
COMMON: Final = frozenset(_WORDS.split())
"""Words that lists of guesses begin with, in lower case and without signs."""
ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "azertyuiop",
)
_READ_AS: Final = tuple(str.maketrans("013457@$!|", f"o{one}eastasii") for one in "li")
"""Signs that stand for letters; the figure one for either of two."""
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_WORD: Final = re.compile(r"[^\W\d_]+")
_RUNS: Final = frozenset(
    one
    for row in ROWS
    for way in (row, row[::-1])
    for one in (way[at : at + RUN_MIN] for at in range(len(way) - RUN_MIN + 1))
)


def password_problems(password: str, about: Iterable[str] = ()) -> list[Problem]:
    """What is wrong with a new password; ``about`` is what others know: name, address, organization."""
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        facts = {"least": PASSWORD_MIN, "most": PASSWORD_MAX}
        message = N_("Use between %(least)s and %(most)s characters for a password.")
        return [Problem("/password", message, facts)]
    left = what_is_left(password, about)
    if len(left) < LEFT_MIN or len(set(left)) < DIFFERENT_MIN:
        return [Problem("/password", TOO_COMMON)]
    return []


def what_is_left(password: str, about: Iterable[str] = ()) -> str:
    """The password without what a guesser tries first, and without signs; in lower case."""
    words = {*COMMON, *(word for text in about for word in own_words(text))}
    plain = _without_runs(_YEAR.sub(" ", password.casefold()))
    for read in (plain, *(plain.translate(signs) for signs in _READ_AS)):
        found = _without_words(read, words)
        if len(found.replace(" ", "")) < len(plain.replace(" ", "")):
            plain = found
    return "".join(character for character in plain if character.isalnum())


def own_words(text: str) -> set[str]:
    """The words of a text as they may stand in a password: each alone, and all together."""
    words = [word for word in _WORD.findall(text.casefold()) if len(word) >= OWN_MIN]
    return {*words, "".join(words)} - {""}


def _without_words(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def _without_runs(text: str) -> str:
    """The text without three or more characters that follow each other on the keyboard, or repeat."""
    doomed: set[int] = set()
    for at in range(len(text) - RUN_MIN + 1):
        part = text[at : at + RUN_MIN]
        if part in _RUNS or len(set(part)) == 1:
            doomed.update(range(at, at + RUN_MIN))
    return "".join(" " if at in doomed else character for at, character in enumerate(text))
