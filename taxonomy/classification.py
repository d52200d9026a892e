"""Check a classification (facet → list of codes) against the taxonomy. Pure.

The shape is ``{"failure": ["failure/bias", …], …}``; in a facet with a main value the first code
is the main one. Messages are English gettext ids, their facts stand apart.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from taxonomy.types import Facet, Problem, Value

NAME_MAX = 60
"""Characters of an unknown name that are repeated to its sender."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for extraction and return it unchanged."""
    return message


def problems(facets: Mapping[str, Facet], classification: object) -> Iterator[Problem]:
    """Everything wrong with the answers given, in their order."""
    if not isinstance(classification, Mapping):
        yield Problem("", N_("This should be an object: facet name, then a list of codes."))
        return
    for name, codes in classification.items():
        facet = facets.get(name) if isinstance(name, str) else None
        here = f"/{_escape(str(name))}"
        if facet is None:
            yield _unknown_facet(here, str(name), facets)
        elif not isinstance(codes, list):
            yield Problem(here, N_("This should be a list of codes."))
        else:
            yield from _facet_problems(here, facet, codes, facets)


def is_good(facets: Mapping[str, Facet], name: str, codes: tuple[str, ...]) -> bool:
    """Whether nothing is wrong with the answers to one question, whatever else is answered."""
    return not any(problems(facets, {name: list(codes)}))


def missing(facets: Mapping[str, Facet], classification: Mapping[str, object]) -> Iterator[Problem]:
    """Required facets without an answer: not those that software sets, nor those for a later stage."""
    for facet in facets.values():
        asked = facet.required and not facet.set_by and not facet.required_when
        if asked and not classification.get(facet.id):
            yield Problem(
                f"/{facet.id}",
                N_("Answer “%(title)s”; not known is an answer too."),
                {"title": facet.title, "facet": facet.id},
            )


def _facet_problems(
    here: str, facet: Facet, codes: list[object], facets: Mapping[str, Facet]
) -> Iterator[Problem]:
    seen: dict[str, None] = {}  # a set would shuffle the problems
    for position, code in enumerate(codes):
        yield from _code_problems(f"{here}/{position}", facet, code, facets)
        if isinstance(code, str):
            if code in seen:
                yield Problem(f"{here}/{position}", N_("%(code)s is given twice."), {"code": code[:NAME_MAX]})
            seen[code] = None
    if facet.cardinality == "one" and len(seen) > 1:
        yield Problem(
            here,
            N_("Only one answer is possible for “%(title)s”."),
            {"title": facet.title, "facet": facet.id},
        )
    else:
        yield from _alone(here, [facet.values[code] for code in seen if code in facet.values])


def _alone(here: str, values: list[Value]) -> Iterator[Problem]:
    if len(values) > 1:
        for value in values:
            if value.exclusive:
                yield Problem(
                    here,
                    N_("“%(label)s” cannot stand together with other answers."),
                    {"label": value.label, "code": value.code},
                )


def _code_problems(here: str, facet: Facet, code: object, facets: Mapping[str, Facet]) -> Iterator[Problem]:
    if not isinstance(code, str):
        yield Problem(here, N_("A code should be text."))
        return
    value = facet.values.get(code)
    if value is None:
        yield _unknown_code(here, facet, code, facets)
    elif value.deprecated:
        yield _deprecated(here, value)


def _deprecated(here: str, value: Value) -> Problem:
    if not value.replaced_by:
        return Problem(here, N_("%(code)s is no longer used."), {"code": value.code})
    facts = {"code": value.code, "replacement": ", ".join(value.replaced_by)}
    return Problem(here, N_("%(code)s is no longer used. Use %(replacement)s."), facts)


def _unknown_facet(here: str, name: str, facets: Mapping[str, Facet]) -> Problem:
    near = difflib.get_close_matches(name[:NAME_MAX], facets, n=1)
    if near:
        message = N_("There is no facet %(name)s. Did you mean %(suggestion)s?")
        return Problem(here, message, {"name": name[:NAME_MAX], "suggestion": near[0]})
    return Problem(here, N_("There is no facet %(name)s."), {"name": name[:NAME_MAX]})


def _unknown_code(here: str, facet: Facet, code: str, facets: Mapping[str, Facet]) -> Problem:
    shown = code[:NAME_MAX]
    other = facets.get(code.partition("/")[0])
    if other is not None and code in other.values:
        message = N_("%(code)s belongs to facet %(other)s, not to %(facet)s.")
        return Problem(here, message, {"code": shown, "other": other.id, "facet": facet.id})
    current = [value.code for value in facet.values.values() if not value.deprecated]
    near = difflib.get_close_matches(shown, current, n=1)
    if near:
        message = N_("%(code)s is not a code of this facet. Did you mean %(suggestion)s?")
        return Problem(here, message, {"code": shown, "suggestion": near[0]})
    return Problem(here, N_("%(code)s is not a code of facet %(facet)s."), {"code": shown, "facet": facet.id})


def _escape(name: str) -> str:
    """A name as a step of a JSON pointer (RFC 6901 section 3), cut to a length worth repeating."""
    return name[:NAME_MAX].replace("~", "~0").replace("/", "~1")
