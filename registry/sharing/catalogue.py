"""This node as a catalogue of data: DCAT-AP 3.0, a profile of the W3C's DCAT 3. Pure.

One catalogue, one dataset (all public records, and what joins them) with a distribution for each file of the
newest snapshot, and the services by which both can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.sharing.licences import MIXED
from registry.sharing.place import Place
from taxonomy.graph import Iri, Node, Term, Text

Statements = list[tuple[str, Term]]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = "https://www.iana.org/assignments/media-types/"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
ABOUT = (
    "Public records of AI incidents: what went wrong, who was harmed and how people responded, told by the "
    "organizations that met them, reviewed by civil society, and records of other collections."
)
KEYWORDS = ("artificial intelligence", "AI incidents", "accountability", "safety")
SERVICES = (
    ("oai", "OAI-PMH 2.0", "/oai", "https://www.openarchives.org/OAI/openarchivesprotocol.html"),
    (
        "oai-relations",
        "OAI-PMH 2.0: how records belong together",
        "/oai/relations",
        "https://www.openarchives.org/OAI/openarchivesprotocol.html",
    ),
    ("api", "The API", "/api/v1/", "/api/v1/openapi.json"),
    ("taxii", "TAXII 2.1", "/taxii2/", "https://docs.oasis-open.org/cti/taxii/v2.1/taxii-v2.1.html"),
)
"""Fragment, title, address, and where the service is described."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of the newest snapshot."""

    name: str
    media: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest snapshot: its name, its day, and its files with records."""

    name: str
    day: date
    files: Sequence[File]


def nodes(place: Place, contact: str, begun: date, changed: date, newest: Newest | None) -> Iterator[Node]:
    """The whole graph; ``begun`` and ``changed`` are the first and the last day on which anything changed."""
    base = f"{place.address}/catalog"
    yield _catalogue(base, place, begun, changed)
    yield from _people(base, place, contact)
    yield _dataset(base, place, begun, changed, newest)
    yield Node(f"{base}#rights", "dcterms:RightsStatement", [("rdfs:label", Text(MIXED, "en"))])
    for name, title, address, described in SERVICES:
        yield from _service(f"{base}#{name}", title, place.address + address, _whole(place, described))
    yield from _resources(place)
    for file in newest.files if newest else ():
        yield from _distribution(base, place, newest.name if newest else "", file)


def _catalogue(base: str, place: Place, begun: date, changed: date) -> Node:
    return Node(
        base,
        "dcat:Catalog",
        [
            ("dcterms:title", Text(place.name, "en")),
            ("dcterms:description", Text(ABOUT, "en")),
            ("dcterms:publisher", Iri(f"{base}#publisher")),
            ("foaf:homepage", Iri(f"{place.address}/")),
            ("dcterms:issued", _day(begun)),
            ("dcterms:modified", _day(changed)),
            ("dcat:dataset", Iri(f"{base}#records")),
            *(("dcat:service", Iri(f"{base}#{name}")) for name, *_ in SERVICES),
        ],
    )


def _people(base: str, place: Place, contact: str) -> Iterator[Node]:
    yield Node(f"{base}#publisher", "foaf:Agent", [("foaf:name", Text(place.name, "en"))])
    words: Statements = [("vcard:fn", Text(place.name)), ("vcard:hasEmail", Iri(f"mailto:{contact}"))]
    yield Node(f"{base}#contact", "vcard:Kind", words)
    yield Node(f"{place.address}/", "foaf:Document", [])


def _dataset(base: str, place: Place, begun: date, changed: date, newest: Newest | None) -> Node:
    statements: Statements = [
        ("dcterms:title", Text(f"AI incidents: all public records of {place.name}", "en")),
        ("dcterms:description", Text(ABOUT, "en")),
        ("dcterms:identifier", Text(place.identifier("records"))),
        ("dcterms:publisher", Iri(f"{base}#publisher")),
        ("dcat:contactPoint", Iri(f"{base}#contact")),
        ("dcterms:rights", Iri(f"{base}#rights")),
        ("dcterms:issued", _day(begun)),
        ("dcterms:modified", _day(changed)),
        ("dcat:landingPage", Iri(f"{place.address}/")),
        *(("dcat:keyword", Text(word, "en")) for word in KEYWORDS),
        *(("dcat:distribution", Iri(f"{base}#{file.name}")) for file in (newest.files if newest else ())),
    ]
    return Node(f"{base}#records", "dcat:Dataset", statements)


def _distribution(base: str, place: Place, snapshot: str, file: File) -> Iterator[Node]:
    address = f"{place.address}/exports/latest/{file.name}"
    own, checksum = f"{base}#{file.name}", f"{base}#{file.name}-checksum"
    statements: Statements = [
        ("dcterms:title", Text(f"Snapshot {snapshot}: {file.name}", "en")),
        ("dcat:accessURL", Iri(address)),
        ("dcat:downloadURL", Iri(f"{place.address}/exports/{snapshot}/{file.name}")),
        ("dcat:mediaType", Iri(MEDIA + file.media)),
        ("dcterms:rights", Iri(f"{base}#rights")),
        ("dcat:byteSize", Text(str(file.size), datatype="xsd:nonNegativeInteger")),
        ("spdx:checksum", Iri(checksum)),
    ]
    yield Node(own, "dcat:Distribution", statements)
    value = Text(file.sha256, datatype="xsd:hexBinary")
    yield Node(checksum, "spdx:Checksum", [("spdx:algorithm", Iri(SHA256)), ("spdx:checksumValue", value)])
    yield Node(address, "rdfs:Resource", [])
    yield Node(f"{place.address}/exports/{snapshot}/{file.name}", "rdfs:Resource", [])
    yield Node(MEDIA + file.media, "dcterms:MediaType", [])


def _service(own: str, title: str, address: str, described: str) -> Iterator[Node]:
    statements: Statements = [
        ("dcterms:title", Text(title, "en")),
        ("dcat:endpointURL", Iri(address)),
        ("dcat:endpointDescription", Iri(described)),
        ("dcat:servesDataset", Iri(f"{own.partition('#')[0]}#records")),
    ]
    yield Node(own, "dcat:DataService", statements)


def _resources(place: Place) -> Iterator[Node]:
    for _, _, address, described in SERVICES:
        yield Node(place.address + address, "rdfs:Resource", [])
        yield Node(_whole(place, described), "rdfs:Resource", [])


def _whole(place: Place, address: str) -> str:
    return place.address + address if address.startswith("/") else address


def _day(day: date) -> Text:
    return Text(day.isoformat(), datatype="xsd:date")
