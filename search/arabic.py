"""A light stemmer for Arabic: articles, joined particles and inflection are taken off, roots are left alone.

Root extraction (what Whoosh offers) makes one term of "office", "book" and "clerk". A light stemmer
finds nearly as much and confuses far less: Larkey, Ballesteros and Connell, "Improving Stemming for
Arabic Information Retrieval" (SIGIR 2002). The lists below are ours, in that spirit.
"""

from __future__ import annotations

_ARTICLES = ("وبال", "وال", "بال", "كال", "فال", "لل", "ال")
_CONJUNCTION = "و"
_ENDINGS = ("هما", "تين", "تان", "ها", "ان", "ات", "ون", "ين", "يه", "هم", "كم", "نا", "ه", "ي", "ا")
_LEAST = 3
"""A stem keeps at least so many letters; a shorter one would no longer tell words apart."""


def stem(word: str) -> str:
    """The stem of a folded Arabic word (see ``analysis.fold``)."""
    return _without_ending(_without_article(word))


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST:
            return word[len(article) :]
    if word.startswith(_CONJUNCTION) and len(word) > _LEAST + 1:
        return word[1:]
    return word


def _without_ending(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word[: -len(ending)]
    return word
