"""JSON as XML, as "XPath and XQuery Functions and Operators 3.1" writes it (section 17.4.2). Pure.

Nothing is lost: ``fn:xml-to-json`` of any XSLT 3.0 or XQuery 3.1 processor gives the document back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from registry.sharing.markup import is_legal

NAMESPACE = "http://www.w3.org/2005/xpath-functions"
SCHEMA = "https://www.w3.org/TR/xpath-functions-31/schema-for-json.xsd"
_UNSAFE = re.compile("[\\\\\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold, the carriage return that it reads as a line end, and the backslash."""


def to_xml(document: Mapping[str, Any]) -> Element:
    """The root element ``map`` of a JSON object."""
    root = Element(_name("map"))
    _fill(root, document)
    return root


def _fill(element: Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            _fill(_child(element, one, key), one)
    elif isinstance(value, str):
        element.text = _escaped(element, "escaped", value)
    elif isinstance(value, Sequence):
        for one in value:
            _fill(_child(element, one), one)
    elif value is not None:
        element.text = json.dumps(value)


def _child(parent: Element, value: Any, key: str | None = None) -> Element:
    child = SubElement(parent, _name(_kind(value)))
    if key is not None:
        child.set("key", _escaped(child, "escaped-key", key))
    return child


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "map"
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if value is None:
        return "null"
    return "number" if isinstance(value, int | float) else "array"


def _escaped(element: Element, mark: str, text: str) -> str:
    """The text, with escapes of JSON where XML could not hold it; then the element is marked so."""
    if is_legal(text) and "\r" not in text:
        return text
    element.set(mark, "true")
    return _UNSAFE.sub(lambda found: "\\\\" if found[0] == "\\" else f"\\u{ord(found[0]):04x}", text)


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"
