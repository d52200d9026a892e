"""Answers of OAI-PMH 2.0 as XML (section 3.2 and the schema OAI-PMH.xsd). Built as a tree, never as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from api.harvest.oai_asking import TOKEN
from api.harvest.oai_faults import OaiFault
from api.harvest.oai_repositories import Content, Thing
from registry.sharing import json_xml
from registry.sharing.markup import LANG, add

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


def header(parent: Element, thing: Thing) -> None:
    """Identifier, day and sets; a deleted item says nothing more."""
    head = SubElement(parent, oai("header"), {} if thing.content else {"status": "deleted"})
    add(head, oai("identifier"), thing.identifier)
    add(head, oai("datestamp"), thing.changed.isoformat())
    for name in thing.sets:
        add(head, oai("setSpec"), name)


def record(parent: Element, thing: Thing, prefix: str) -> None:
    """Header and metadata; a deleted one has a header only."""
    whole = SubElement(parent, oai("record"))
    header(whole, thing)
    if thing.content is not None:
        metadata = SubElement(whole, oai("metadata"))
        if prefix == "oai_dc":
            _dublin(metadata, thing.content)
        else:
            metadata.append(json_xml.to_xml(thing.content.to_json()))


def _dublin(metadata: Element, content: Content) -> None:
    schema = {f"{{{XSI}}}schemaLocation": " ".join(reversed(SCHEMAS["oai_dc"]))}
    wrap = SubElement(metadata, f"{{{DC_WRAP}}}dc", schema)
    for term in content.terms():
        child = add(wrap, f"{{{DC}}}{term.element}", term.text)
        if term.language:
            child.set(LANG, term.language)


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


def sets(parent: Element, named: Iterable[tuple[str, str]]) -> None:
    """Every set by its name."""
    for spec, name in named:
        one = SubElement(parent, oai("set"))
        add(one, oai("setSpec"), spec)
        add(one, oai("setName"), name)


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
