"""From words to index terms: stemmed by the language they are written in.

A term carries its language (``fr:hopital``), so a French stem never meets an English word by
accident. A record is indexed in its own language; a query does not say its language, so each of its
words looks for the stems that it would have in every language the index holds.

A French or Spanish stemmer wants its accents, many people type none. Where both spellings stem
differently a word is indexed under both, so a query without accents finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from whoosh.lang import NoStemmer, stemmer_for_language

from search import arabic
from search.folding import fold
from search.stopwords import stop_words

OTHER = "xx"
"""Mark of terms in a language without a stemmer."""


def language_of(tag: str) -> str:
    """The two-letter code of a BCP 47 tag when we can stem it, else ``xx``."""
    code = tag.partition("-")[0].lower()
    return code if _stemmer(code) is not None else OTHER


def terms(word: str, language: str) -> tuple[str, ...]:
    """The index terms of a word as written, in a language of ``language_of``: one, rarely two, or none.

    Not cached: the word may be what somebody just typed, and that is not kept.
    """
    plain = fold(word)
    if not plain:
        return ()
    stem = _stemmer(language)
    if stem is None:
        return (f"{language}:{plain}",)
    first = f"{language}:{stem(plain)}"
    if word.isascii() or language == "ar":
        return (first,)
    second = f"{language}:{fold(stem(word.lower()))}"
    return (first,) if first == second else (first, second)


public_terms = lru_cache(maxsize=60_000)(terms)
"""``terms``, remembered: for words of public records alone, which come again and again."""


def is_stop_word(word: str, language: str) -> bool:
    """Whether a word as written is among the stop words of a language."""
    return fold(word) in stop_words(language)


def query_terms(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The index terms that a query word stands for, over the languages of an index."""
    return tuple(dict.fromkeys(term for language in languages for term in terms(word, language)))


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    if language == "ar":
        return arabic.stem
    try:
        stem: Callable[[str], str] | None = stemmer_for_language(language)
    except (NoStemmer, KeyError):
        return None
    return stem
