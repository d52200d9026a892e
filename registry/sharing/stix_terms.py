"""STIX objects that all others refer to: markings, our extension, who makes them. Pure.

The markings are those of federation rules: TLP 2.0 CLEAR by the extension of OASIS, and beside it TLP 1
WHITE, unchanged, for tools that know only that.
"""

from __future__ import annotations

import json
from typing import Any, Final

from registry.account.fields import web_link
from registry.record.ids import fixed_uuid
from registry.sharing.place import Place

TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
CLEAR: Final[dict[str, Any]] = {
    "type": "marking-definition",
    "spec_version": "2.1",
    "id": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "created": "2022-10-01T00:00:00.000Z",
    "name": "TLP:CLEAR",
    "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": "clear"}},
}
WHITE: Final[dict[str, Any]] = {
    "type": "marking-definition",
    "spec_version": "2.1",
    "id": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "created": "2017-01-20T00:00:00.000Z",
    "definition_type": "tlp",
    "name": "TLP:WHITE",
    "definition": {"tlp": "white"},
}
MARKINGS: Final = (CLEAR, WHITE)
_SINCE = "2026-11-01T00:00:00.000Z"
_TEXTS = {"type": "array", "items": {"type": "string"}}
_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Fields of an AI incident, on the STIX object incident",
    "type": "object",
    "required": ["extension_type", "record_id", "record_type", "record_state", "revision"],
    "properties": {
        "extension_type": {"const": "property-extension"},
        "record_id": {"type": "string"},
        "record_type": {"enum": ["incident", "report"]},
        "record_state": {"type": "string"},
        "revision": {"type": "integer", "minimum": 1},
        "codes": _TEXTS,
        "happened": _TEXTS,
        "countries": _TEXTS,
        "regions": _TEXTS,
        "alleged": {"type": "object", "additionalProperties": _TEXTS},
        "response": {"type": "object"},
        "demo": {"const": True},
    },
    "additionalProperties": {"type": "string"},
}
MAKER: Final[dict[str, Any]] = {
    "type": "identity",
    "spec_version": "2.1",
    "id": f"identity--{fixed_uuid('incident-commons')}",
    "created": _SINCE,
    "modified": _SINCE,
    "name": "Incident Commons",
    "description": "The software whose nodes share records of AI incidents.",
    "identity_class": "system",
}
"""Who defines the extension: the same at every node."""
EXTENSION: Final = f"extension-definition--{fixed_uuid('stix-incident-1')}"
DEFINITION: Final[dict[str, Any]] = {
    "type": "extension-definition",
    "spec_version": "2.1",
    "id": EXTENSION,
    "created_by_ref": MAKER["id"],
    "created": _SINCE,
    "modified": _SINCE,
    "name": "AI incident",
    "description": "What a registry of AI incidents knows of an incident, with codes of its taxonomy.",
    "schema": json.dumps(_SCHEMA, separators=(",", ":")),
    "version": "1.0.0",
    "extension_types": ["property-extension"],
}


def node_identity(place: Place) -> dict[str, Any]:
    """The node as whoever made its objects; what it gives as its address only where that may be followed."""
    link = web_link(f"{place.address}/")
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": f"identity--{fixed_uuid('node/' + place.node)}",
        "created": _SINCE,
        "modified": _SINCE,
        "name": place.name,
        "identity_class": "organization",
        **({"external_references": [{"source_name": place.name, "url": link}]} if link else {}),
    }


def referred(place: Place) -> list[dict[str, Any]]:
    """All of these, in a stable order."""
    return [CLEAR, WHITE, MAKER, DEFINITION, node_identity(place)]
