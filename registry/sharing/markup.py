"""Elements of XML with texts of strangers in them (XML 1.0, fifth edition). Pure."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold, escaped or not (section 2.2)."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """The text with U+FFFD for every character that XML cannot hold."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def is_legal(text: str) -> bool:
    """Whether XML can hold the text as it is."""
    return _ILLEGAL.search(text) is None


def add(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A child of this (expanded) name with a text."""
    child = SubElement(parent, name, {key: legal(value) for key, value in attributes.items()})
    child.text = legal(text) if text else None
    return child
