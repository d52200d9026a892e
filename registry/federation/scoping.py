"""Which entries of a peer somebody wants, as they wrote it: what could never match is refused. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from registry.account.languages import is_known, meant
from registry.errors import N_, Invalid, Problem
from registry.federation.rules import Scope
from registry.ledger.telling import TOLD_FACETS
from registry.record.types import RecordType
from taxonomy import Taxonomy

WORD_MAX: Final = 60
"""Characters of somebody's word that a sentence repeats."""
KINDS: Final = tuple(kind.value for kind in RecordType)


def scope_of(words: Iterable[str], taxonomy: Taxonomy) -> Scope:
    """From ``kind=report``, ``language=fr`` and codes; raises ``Invalid`` with every word that is none."""
    parts: dict[str, set[str]] = {"kind": set(), "language": set(), "": set()}
    problems = []
    for position, word in enumerate(words):
        name, _, value = word.rpartition("=")
        value = meant(value) if name == "language" else value
        problem = _problem(f"/only/{position}", name, value, taxonomy)
        if problem is None:
            parts[name].add(value)
        else:
            problems.append(problem)
    if problems:
        raise Invalid(problems)
    return Scope(*(frozenset(part) for part in parts.values()))


def _problem(pointer: str, name: str, value: str, taxonomy: Taxonomy) -> Problem | None:
    if name == "kind":
        return None if value in KINDS else _no_kind(pointer, value)
    if name == "language":
        return None if is_known(value) else _no_language(pointer, value)
    if name or "/" not in value:
        return Problem(pointer, N_("Write kind=report, language=fr or sector/health."))
    return None if value in _told(taxonomy) else _no_code(pointer, value, taxonomy)


def _no_kind(pointer: str, value: str) -> Problem:
    message = N_("%(word)s is no kind of record. Choose one of: %(known)s.")
    return Problem(pointer, message, {"word": value[:WORD_MAX], "known": ", ".join(KINDS)})


def _no_language(pointer: str, value: str) -> Problem:
    message = N_("%(code)s is no language that we know. Write a code of BCP 47, such as sw, rhg or pt-BR.")
    return Problem(pointer, message, {"code": value[:WORD_MAX]})


def _no_code(pointer: str, value: str, taxonomy: Taxonomy) -> Problem:
    message = N_(
        "%(word)s is no code by which entries can be chosen. Those of %(facets)s are, such as %(code)s."
    )
    codes = _told(taxonomy)
    near = difflib.get_close_matches(value, codes, n=1, cutoff=0) or codes
    facts = {"word": value[:WORD_MAX], "facets": ", ".join(TOLD_FACETS), "code": near[0]}
    return Problem(pointer, message, facts)


def _told(taxonomy: Taxonomy) -> list[str]:
    """The codes of which a log tells the main ones."""
    return [code for facet in TOLD_FACETS for code in taxonomy.facets[facet].values]
