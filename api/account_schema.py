"""The JSON Schema of an account, made from the same limits and the same taxonomy that check it.

It says all that JSON Schema can say. What it cannot (a day that is in the calendar, a beginning
before its end, a code given once) is answered 422 with a pointer.
"""

from __future__ import annotations

from typing import Any

from api.schemas.base import FILLED_PATTERN, TEXT_PATTERN
from registry.account import limits
from registry.account.check import REQUIRED, REQUIRED_FACETS
from registry.account.dates import NO_DATE
from registry.account.fields import NO_COUNTRY, PLACE_PARTS
from registry.account.regions import COUNTRIES_OF
from registry.account.statement import DISPUTE, FIX, REPLY, SEEN, SHAPES, STATEMENT_MAX
from registry.account.statement import Shape as StatementShape
from registry.account.types import MILESTONES, NARRATIVES, PARTIES, TOLD_STATES, Answer, Lasting
from taxonomy import Facet, Taxonomy

Shape = dict[str, Any]
_IN_LINE = r"[^\u0000-\u001f\u007f\u2028\u2029]"
_SEEN = r"[^\s\u0000-\u001f\u007f]"
LINE_PATTERN = f"^{_IN_LINE}*$"
NAME_PATTERN = f"^{_IN_LINE}*{_SEEN}{_IN_LINE}*$"
DATE_PATTERN = r"^(19[5-9][0-9]|20[0-9]{2})(-(Q[1-4]|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?$"
LINK_PATTERN = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,4})?(/[!#-;=?-Z\]_a-z~]*)?$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
STATEMENTS = {SEEN: "Statement", FIX: "Fix", DISPUTE: "Dispute", REPLY: "Reply"}
"""What a statement says → how the document calls its account."""
AUDIENCE = "audience"
"""The one facet that is answered with a state, under ``response.told``."""

LASTING = [one.value for one in Lasting]
"""Answers to whether what was put right held."""


def components(taxonomy: Taxonomy) -> dict[str, Shape]:
    """Name → schema of the forms of an account: as sent, as kept in a draft, as changed, as shown."""
    fields = _fields(taxonomy)
    draft = _object(_nullable(fields))
    complete = _object(
        draft["properties"]
        | {
            "title": fields["title"] | {"minLength": 1, "pattern": NAME_PATTERN},
            "text": fields["text"] | {"minLength": 1, "pattern": FILLED_PATTERN},
            "happened": fields["happened"] | {"required": ["from"]},
            "classification": fields["classification"] | {"required": list(REQUIRED_FACETS)},
        },
        [*REQUIRED, "classification"],
    )
    return {
        "CompleteAccount": complete | {"description": "An account that can be sent to review."},
        "DraftAccount": draft | {"description": "An account that is still being written."},
        "AccountChanges": draft | {"description": "Fields to replace; null empties a field."},
        **_statements(fields),
        "Account": _shown() | {"description": "An account as it is kept and published."},
    }


def _statements(fields: Shape) -> dict[str, Shape]:
    """Name → schema of the smaller accounts of statements, as sent and as kept."""
    found: dict[str, Shape] = {}
    for says, shape in SHAPES.items():
        draft = _object(_nullable(_said(fields, shape)))
        filled = {
            "text": _text(STATEMENT_MAX, TEXT_PATTERN) | {"minLength": 1, "pattern": FILLED_PATTERN},
            "happened": fields["happened"] | {"required": ["from"]},
            "countries": fields["countries"] | {"minItems": 1},
        }
        needed = {name: filled[name] for name in shape.required}
        complete = _object(draft["properties"] | needed, list(needed))
        name = STATEMENTS[says]
        found[f"Complete{name}"] = complete | {"description": f"{name}, as it is sent to review."}
        found[f"Draft{name}"] = draft | {"description": f"{name}, while it is being written."}
    return found


def _said(fields: Shape, says: StatementShape) -> Shape:
    """What a statement of one kind may hold."""
    text = _text(STATEMENT_MAX, TEXT_PATTERN)
    said = {name: fields[name] for name in ("language", "happened", "countries")} | {"text": text}
    if says.links:
        said["links"] = fields["links"]
    if says.facets:
        codes = fields["classification"]["properties"]
        said["classification"] = _object({facet: codes[facet] for facet in says.facets})
    if says.response:
        parts = {"done": _or_null(text), "contained": fields["response"]["properties"]["contained"]}
        said["response"] = _object({part: parts[part] for part in says.response})
    return said


def _fields(taxonomy: Taxonomy) -> Shape:
    coded = {name: _codes(facet) for name, facet in taxonomy.facets.items() if name != AUDIENCE}
    return {
        "title": _text(limits.TITLE_MAX, LINE_PATTERN),
        "language": {"type": "string", "pattern": LANGUAGE_PATTERN, "maxLength": 30},
        "text": _text(limits.TEXT_MAX, TEXT_PATTERN),
        "happened": _object({"from": _or_null(_began()), "to": _or_null(_date())}),
        "countries": _alone_or_several(NO_COUNTRY, sorted(taxonomy.countries), limits.LIST_MAX),
        "regions": _several(sorted(COUNTRIES_OF), limits.LIST_MAX),
        "place": _object(_nullable(dict.fromkeys(PLACE_PARTS, _text(limits.PLACE_MAX, LINE_PATTERN)))),
        "entities": _object(_nullable(dict.fromkeys(PARTIES, _names()))),
        "classification": _object(coded),
        "response": _response(taxonomy),
        "links": _list({"type": "string", "pattern": LINK_PATTERN, "maxLength": limits.LINK_MAX}),
    }


def _response(taxonomy: Taxonomy) -> Shape:
    audiences = [value.code for value in taxonomy.choices(AUDIENCE)]
    told = _object(
        {
            "audience": {"type": "string", "enum": audiences},
            "state": {"type": "string", "enum": list(TOLD_STATES)},
        },
        ["audience", "state"],
    )
    return _object(
        _nullable(
            dict.fromkeys(MILESTONES, _interval())
            | dict.fromkeys(NARRATIVES, _text(limits.NARRATIVE_MAX, TEXT_PATTERN))
            | {"held": {"type": "string", "enum": LASTING}, "told": _list(told)}
        )
    )


def _interval() -> Shape:
    hours = {"type": "integer", "minimum": 0, "maximum": limits.HOURS_MAX}
    without = [answer.value for answer in Answer if answer is not Answer.AFTER]
    return {
        "oneOf": [
            _object({"answer": {"const": Answer.AFTER.value}, "hours": hours}, ["answer", "hours"]),
            _object({"answer": {"type": "string", "enum": without}}, ["answer"]),
        ]
    }


def _codes(facet: Facet) -> Shape:
    choices = [value for value in facet.values.values() if not value.deprecated]
    alone = tuple(value.code for value in choices if value.exclusive)
    others = [value.code for value in choices if not value.exclusive]
    most = 1 if facet.cardinality == "one" else limits.CODES_MAX
    return _alone_or_several(alone, others, most)


def _alone_or_several(alone: tuple[str, ...], others: list[str], most: int) -> Shape:
    """A list of codes where some answers stand alone."""
    single = _several([*alone, *others], 1)
    return {"anyOf": [single, _several(others, most)]} if most > 1 and others else single


def _several(codes: list[str], most: int) -> Shape:
    return {
        "type": "array",
        "items": {"type": "string", "enum": codes},
        "maxItems": min(most, len(codes)),
        "uniqueItems": True,
    }


def _names() -> Shape:
    return _list(_text(limits.ENTITY_NAME_MAX, NAME_PATTERN) | {"minLength": 1})


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items, "maxItems": limits.LIST_MAX}


def _text(most: int, pattern: str) -> Shape:
    return {"type": "string", "maxLength": most, "pattern": pattern}


def _date() -> Shape:
    return {"type": "string", "pattern": DATE_PATTERN, "maxLength": 10, "examples": ["2026-03"]}


def _began() -> Shape:
    return {"anyOf": [_date(), {"type": "string", "enum": list(NO_DATE)}]}


def _nullable(properties: Shape) -> Shape:
    """Null says the same as leaving the field out."""
    return {name: _or_null(schema) for name, schema in properties.items()}


def _or_null(schema: Shape) -> Shape:
    return {"anyOf": [schema, {"type": "null"}]}


def _object(properties: Shape, required: list[str] | None = None) -> Shape:
    return {
        "type": "object",
        "properties": properties,
        "required": required or [],
        "additionalProperties": False,
    }


def _shown() -> Shape:
    """As kept: external records may be longer than our own form allows and hold retired codes."""
    string: Shape = {"type": "string"}
    strings: Shape = {"type": "array", "items": string}
    interval = _object(
        {
            "answer": {"type": "string", "enum": [answer.value for answer in Answer]},
            "hours": {"type": "integer", "minimum": 0},
        },
        ["answer"],
    )
    told = _object({"audience": {"type": "string"}, "state": {"type": "string"}}, ["audience", "state"])
    return _object(
        {
            "title": {"type": "string"},
            "language": {"type": "string"},
            "text": {"type": "string"},
            "happened": _object({"from": {"type": "string"}, "to": {"type": "string"}}, ["from"]),
            "countries": strings,
            "regions": strings,
            "place": _object(dict.fromkeys(PLACE_PARTS, string)),
            "entities": _object(dict.fromkeys(PARTIES, strings)),
            "classification": {"type": "object", "additionalProperties": strings},
            "response": _object(
                dict.fromkeys(MILESTONES, interval)
                | dict.fromkeys(NARRATIVES, string)
                | {"held": {"type": "string", "enum": LASTING}, "told": {"type": "array", "items": told}}
            ),
            "links": strings,
        }
    )
