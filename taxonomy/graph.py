"""The taxonomy as a small RDF graph in SKOS (W3C Recommendation of 18 August 2009), before any syntax.

One ``skos:ConceptScheme`` carries the version; concepts never do. Every facet is a ``skos:Collection``.
Addresses: ``<base>`` the scheme, ``<base>/<facet>`` a collection, ``<base>/<facet>/<slug>`` a concept,
``<base>/lists/<list>/<code>`` a concept of an external list, its code percent-encoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from taxonomy.core import Taxonomy
from taxonomy.types import Facet, Value

BASE = "https://incident-commons.example/taxonomy"
"""Addresses of a node that has not set its own."""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Terms of the taxonomy and its crosswalk; lists of others keep theirs."""
PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """An address."""

    iri: str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal, with a language tag or a datatype (prefixed) or neither."""

    text: str
    lang: str | None = None
    datatype: str | None = None


Term = Iri | Text | bool


@dataclass(frozen=True, slots=True)
class Node:
    """A subject, its class and its statements (prefixed property, object), in a stable order."""

    subject: str
    type: str
    statements: list[tuple[str, Term]] = field(default_factory=list)


def nodes(taxonomy: Taxonomy, base: str = BASE) -> Iterator[Node]:
    """The scheme, then each facet followed by its concepts."""
    base = base.rstrip("/")
    yield _scheme(taxonomy, base)
    for facet in taxonomy.facets.values():
        yield _collection(taxonomy, facet, base)
        for value in facet.values.values():
            yield _concept(taxonomy, value, base)


def external_iri(external: str, base: str = BASE) -> str:
    """The address of ``<list>:<code>``."""
    list_id, _, code = curie(external).partition(":")
    return f"{base.rstrip('/')}/lists/{list_id}/{code}"


def curie(external: str) -> str:
    """``<list>:<code>`` with the code percent-encoded, so that it is a compact IRI."""
    list_id, _, code = external.partition(":")
    return f"{list_id}:{quote(code, safe='')}"


def _scheme(taxonomy: Taxonomy, base: str) -> Node:
    node = Node(base, "skos:ConceptScheme")
    node.statements.append(("dcterms:title", Text(taxonomy.name, "en")))
    node.statements.append(("dcterms:license", Iri(LICENCE)))
    node.statements.append(("owl:versionInfo", Text(taxonomy.version)))
    return node


def _collection(taxonomy: Taxonomy, facet: Facet, base: str) -> Node:
    node = Node(f"{base}/{facet.id}", "skos:Collection")
    for lang in taxonomy.languages:
        node.statements.append(("skos:prefLabel", Text(taxonomy.title(facet.id, lang), lang)))
        node.statements.append(("skos:scopeNote", Text(taxonomy.ask(facet.id, lang), lang)))
    node.statements.append(("skos:notation", Text(facet.id)))
    node.statements.extend(("skos:member", Iri(f"{base}/{code}")) for code in facet.values)
    return node


def _concept(taxonomy: Taxonomy, value: Value, base: str) -> Node:
    node = Node(f"{base}/{value.code}", "skos:Concept")
    add = node.statements.append
    add(("skos:notation", Text(value.code)))
    add(("skos:inScheme", Iri(base)))
    if value.broader is None:
        add(("skos:topConceptOf", Iri(base)))
    else:
        add(("skos:broader", Iri(f"{base}/{value.broader}")))
    node.statements.extend(_words(taxonomy, value))
    if value.deprecated:
        add(("owl:deprecated", True))
    node.statements.extend(("dcterms:isReplacedBy", Iri(f"{base}/{code}")) for code in value.replaced_by)
    for match in taxonomy.crosswalk.of(value.code):
        add((f"skos:{match.match}", Iri(external_iri(match.external, base))))
    return node


def _words(taxonomy: Taxonomy, value: Value) -> Iterator[tuple[str, Term]]:
    for lang in taxonomy.languages:
        yield "skos:prefLabel", Text(taxonomy.label(value.code, lang), lang)
        if lang == "en" or value.code in taxonomy.words.keys(lang, "definitions"):
            yield "skos:definition", Text(taxonomy.definition(value.code, lang), lang)
    for other in value.alt:
        yield "skos:altLabel", Text(other, "en")
    for note in (value.note, value.test):
        if note:
            yield "skos:scopeNote", Text(note, "en")
    if value.history:
        yield "skos:historyNote", Text(value.history, "en")
