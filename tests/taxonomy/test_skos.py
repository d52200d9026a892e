"""Turtle and JSON-LD are valid, say the same, and hold together."""

from __future__ import annotations

import json

import pytest
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from taxonomy import Taxonomy
from taxonomy.graph import BASE, external_iri
from taxonomy.skos import to_jsonld, to_turtle


@pytest.fixture(scope="module")
def graph(taxonomy: Taxonomy) -> Graph:
    return Graph().parse(data=to_turtle(taxonomy), format="turtle")


# rdflib's own JSON-LD reader still uses a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_turtle_and_jsonld_give_isomorphic_graphs(taxonomy: Taxonomy, graph: Graph) -> None:
    other = Graph().parse(data=json.dumps(to_jsonld(taxonomy)), format="json-ld")
    assert len(graph) > 4000
    assert isomorphic(graph, other)


def test_every_concept_belongs_to_the_scheme_and_to_one_collection(taxonomy: Taxonomy, graph: Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == sum(len(facet.values) for facet in taxonomy.facets.values())
    assert set(graph.subjects(SKOS.inScheme, URIRef(BASE))) == concepts
    members = list(graph.objects(None, SKOS.member))
    assert len(members) == len(concepts)
    assert set(members) == concepts
    assert len(set(graph.subjects(RDF.type, SKOS.Collection))) == 31


def test_no_broader_concept_dangles_and_every_other_is_on_top(graph: Graph) -> None:
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert set(graph.objects(None, SKOS.broader)) <= concepts
    below = set(graph.subjects(SKOS.broader, None))
    assert set(graph.subjects(SKOS.topConceptOf, URIRef(BASE))) == concepts - below


def test_each_concept_has_one_preferred_label_in_each_language(taxonomy: Taxonomy, graph: Graph) -> None:
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        langs = [
            label.language for label in graph.objects(concept, SKOS.prefLabel) if isinstance(label, Literal)
        ]
        assert sorted(map(str, langs)) == sorted(taxonomy.languages)


def test_the_terms_of_use_stand_on_the_scheme(graph: Graph) -> None:
    assert set(graph.subject_objects(DCTERMS.license)) == {
        (URIRef(BASE), URIRef("https://creativecommons.org/licenses/by/4.0/"))
    }


def test_the_version_stands_on_the_scheme_alone(graph: Graph) -> None:
    assert list(graph.subject_objects(OWL.versionInfo)) == [(URIRef(BASE), Literal("0.2.0"))]


def test_a_deprecated_concept_says_so_and_names_its_successor(graph: Graph) -> None:
    old, new = URIRef(f"{BASE}/status/rejected"), URIRef(f"{BASE}/status/declined")
    assert (old, OWL.deprecated, Literal(lexical_or_value=True)) in graph
    assert (old, DCTERMS.isReplacedBy, new) in graph
    assert list(graph.objects(old, SKOS.historyNote))


def test_mappings_are_skos_properties_to_encoded_addresses(taxonomy: Taxonomy, graph: Graph) -> None:
    target = external_iri("cset-v1:9.3=law enforcement")
    assert target == f"{BASE}/lists/cset-v1/9.3%3Dlaw%20enforcement"
    assert (URIRef(f"{BASE}/sector/justice"), SKOS.closeMatch, URIRef(target)) in graph


def test_a_node_puts_its_own_address_in_front(taxonomy: Taxonomy) -> None:
    text = to_turtle(taxonomy, "https://registry.test/taxonomy/")
    assert "<https://registry.test/taxonomy/harm/death> a skos:Concept" in text
    assert BASE not in text
