"""A record in Dublin Core, and JSON as XML."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.record.types import Because, Origin, Provenance, RecordState, Relation
from registry.sharing.dublin import describe
from registry.sharing.json_xml import NAMESPACE, to_xml
from registry.sharing.markup import add, legal
from registry.sharing.place import Place
from taxonomy import load
from tests.registry.record.samples import record

PLACE = Place("https://node.example", "A node", "ABCDEFGHIJ")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def said(element: str, **changes: Any) -> list[str]:
    terms = describe(record(**changes), load(), PLACE)
    return [term.text for term in terms if term.element == element]


def test_what_dublin_core_says_of_a_record() -> None:
    assert said("identifier") == ["https://node.example/records/aiid:1", "aiid:1"]
    assert said("rights") == ["CC BY-SA 4.0", "The authors"]
    assert said("source") == ["https://example.org/1"]
    assert said("coverage") == ["KE", "2026-03"]
    assert said("date") == ["2026-11-24"]
    assert "https://node.example/records/avid:AVID-2022-R0001" in said("relation")
    assert load().label("harm/injury") in said("subject")
    assert all(said("description"))


def test_our_own_records_are_under_our_licence() -> None:
    own = Provenance(Origin.OWN, "own", contributor="A hospital group")
    assert said("rights", provenance=own) == ["CC BY 4.0"]
    assert said("contributor", provenance=own) == ["A hospital group"]


def test_a_relation_to_an_address_stays_an_address() -> None:
    assert "https://elsewhere.example/1" in said(
        "relation", related=(Relation("same-as", "https://elsewhere.example/1"),)
    )


def test_states_are_said_before_the_text() -> None:
    because = Because("wrong", "A sheet did this.")
    first = said("description", state=RecordState.DISPUTED, because=because, demo=False)[0]
    assert first == "Disputed. wrong. A sheet did this."
    assert said("description", demo=True)[0].startswith("Invented")
    assert said("description", demo=False)[0] == record().account.text


def test_no_text_breaks_the_document() -> None:
    root = Element("root")
    add(root, "child", "a\x00b\x0bc\ufffe<&>", name="\x01")
    again = ET.fromstring(ET.tostring(root))  # noqa: S314 - our own document
    assert again[0].text == "a\ufffdb\ufffdc\ufffd<&>"
    assert legal("plain\n") == "plain\n"


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_json_survives_the_way_through_xml(document: dict[str, Any]) -> None:
    text = ET.tostring(to_xml(document), encoding="utf-8")
    assert back(ET.fromstring(text)) == document  # noqa: S314 - our own document


def back(element: Element) -> Any:
    """The JSON of an element by the rules of fn:xml-to-json."""
    kind = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    if kind == "map":
        return {_text(child, "escaped-key", child.attrib["key"]): back(child) for child in element}
    if kind == "array":
        return [back(child) for child in element]
    if kind == "string":
        return _text(element, "escaped", element.text or "")
    return json.loads(element.text or "null")


def _text(element: Element, mark: str, text: str) -> str:
    return json.loads(f'"{_quoted(text)}"') if element.get(mark) == "true" else text


def _quoted(text: str) -> str:
    """Escape what an escaped string may hold as it is, and leave its escapes."""
    return text.replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
