"""SKOS in two syntaxes: Turtle (W3C Recommendation of 25 February 2014) and JSON-LD 1.1.

Both say exactly the same; the tests compare the two graphs. Written by hand because the graph is
small and its order should stay stable between releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from taxonomy.core import Taxonomy
from taxonomy.graph import BASE, PREFIXES, Iri, Node, Term, Text, nodes

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def to_turtle(taxonomy: Taxonomy, base: str = BASE) -> str:
    """The whole taxonomy as Turtle text; ``base`` is the address of the scheme."""
    return turtle(nodes(taxonomy, base), PREFIXES)


def to_jsonld(taxonomy: Taxonomy, base: str = BASE) -> dict[str, Any]:
    """The whole taxonomy as a JSON-LD document: ``@context`` with prefixes, ``@graph`` with nodes."""
    return jsonld(nodes(taxonomy, base), PREFIXES)


def turtle(graph: Iterable[Node], prefixes: Mapping[str, str]) -> str:
    """Any small graph as Turtle text."""
    heads = [f"@prefix {name}: <{iri}> ." for name, iri in prefixes.items()]
    return "\n".join(heads) + "\n\n" + "\n".join(_turtle_node(node) for node in graph)


def jsonld(graph: Iterable[Node], prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The same as a JSON-LD document."""
    return {"@context": dict(prefixes), "@graph": [_json_node(node) for node in graph]}


def _turtle_node(node: Node) -> str:
    lines = [f"<{node.subject}> a {node.type}"]
    lines.extend(f"    {name} {_turtle_term(term)}" for name, term in node.statements)
    return " ;\n".join(lines) + " .\n"


def _turtle_term(term: Term) -> str:
    if isinstance(term, Iri):
        return f"<{term.iri}>"
    if isinstance(term, Text):
        quoted = f'"{term.text.translate(_ESCAPES)}"'
        if term.datatype:
            return f"{quoted}^^{term.datatype}"
        return f"{quoted}@{term.lang}" if term.lang else quoted
    return "true" if term else "false"


def _json_node(node: Node) -> dict[str, Any]:
    whole: dict[str, Any] = {"@id": node.subject, "@type": node.type}
    for name, term in node.statements:
        whole.setdefault(name, []).append(_json_term(term))
    return whole


def _json_term(term: Term) -> object:
    if isinstance(term, Iri):
        return {"@id": term.iri}
    if isinstance(term, Text):
        if term.datatype:
            return {"@value": term.text, "@type": term.datatype}
        return {"@value": term.text, "@language": term.lang} if term.lang else term.text
    return term
