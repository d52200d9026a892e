"""Answers of OAI-PMH 2.0 as XML (section 3.2 and the schema OAI-PMH.xsd). Built as a tree, never as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from api.harvest.oai_asking import TOKEN
from api.harvest.oai_faults import OaiFault
from registry.sharing import json_xml
from registry.sharing.dublin import describe
from registry.sharing.harvest import Item
from registry.sharing.markup import LANG, add
from registry.sharing.place import Place
from taxonomy import Taxonomy

OAI = "http://www.openarchives.org/OAI/2.0/"
DC_WRAP = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMAS: Mapping[str, tuple[str, str]] = {
    "oai_dc": ("http://www.openarchives.org/OAI/2.0/oai_dc.xsd", DC_WRAP),
    "commons": (json_xml.SCHEMA, json_xml.NAMESPACE),
}
"""Metadata format → address of its schema, its namespace."""
for _prefix, _uri in (
    ("oai", OAI),
    ("oai_dc", DC_WRAP),
    ("dc", DC),
    ("xsi", XSI),
    ("fn", json_xml.NAMESPACE),
):
    register_namespace(_prefix, _uri)


class Writer:
    """Makes the elements of answers of one node: ``place`` says where records are read."""

    def __init__(self, taxonomy: Taxonomy, place: Place) -> None:
        self._taxonomy, self._place = taxonomy, place

    def header(self, parent: Element, item: Item) -> None:
        """Identifier, day and sets; an erased record is a deleted one, and says nothing more."""
        header = SubElement(parent, oai("header"), {} if item.record else {"status": "deleted"})
        add(header, oai("identifier"), self._place.identifier(item.id))
        add(header, oai("datestamp"), item.changed.isoformat())
        for name in sets_of(item):
            add(header, oai("setSpec"), name)

    def record(self, parent: Element, item: Item, prefix: str) -> None:
        """Header and metadata; a deleted one has a header only."""
        whole = SubElement(parent, oai("record"))
        self.header(whole, item)
        if item.record is not None:
            metadata = SubElement(whole, oai("metadata"))
            if prefix == "oai_dc":
                self._dublin(metadata, item)
            else:
                metadata.append(json_xml.to_xml(item.record.to_json()))

    def _dublin(self, metadata: Element, item: Item) -> None:
        schema = {f"{{{XSI}}}schemaLocation": " ".join(reversed(SCHEMAS["oai_dc"]))}
        wrap = SubElement(metadata, f"{{{DC_WRAP}}}dc", schema)
        for term in describe(item.record, self._taxonomy, self._place) if item.record else ():
            child = add(wrap, f"{{{DC}}}{term.element}", term.text)
            if term.language:
                child.set(LANG, term.language)


def sets_of(item: Item) -> tuple[str, str]:
    """The sets that an item is in."""
    return f"type:{item.type}", f"source:{item.source}"


def document(base: str, at: datetime, arguments: Mapping[str, str]) -> Element:
    """The root with its time, and the request as it was understood."""
    root = Element(oai("OAI-PMH"), {f"{{{XSI}}}schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"})
    add(root, oai("responseDate"), at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    add(root, oai("request"), base, **arguments)
    return root


def error(root: Element, fault: OaiFault) -> None:
    """Say what is wrong."""
    add(root, oai("error"), fault.sentence, code=fault.code)


def formats(parent: Element) -> None:
    """Every metadata format."""
    for prefix, (schema, namespace) in SCHEMAS.items():
        one = SubElement(parent, oai("metadataFormat"))
        add(one, oai("metadataPrefix"), prefix)
        add(one, oai("schema"), schema)
        add(one, oai("metadataNamespace"), namespace)


def sets(parent: Element, types: Sequence[str], sources: Sequence[str]) -> None:
    """Every set by its name."""
    for kind, names in (("type", types), ("source", sources)):
        for name in names:
            one = SubElement(parent, oai("set"))
            add(one, oai("setSpec"), f"{kind}:{name}")
            add(one, oai("setName"), f"Records of the {kind} {name}")


def token(parent: Element, text: str, before: int) -> None:
    """The token of the next page; an empty one ends a list that had more than one page."""
    add(parent, oai(TOKEN), text, cursor=str(before))


def written(root: Element) -> bytes:
    """The document in UTF-8."""
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def oai(local: str) -> str:
    """A name in the namespace of the protocol."""
    return f"{{{OAI}}}{local}"
