"""How this node reads fields of records of others."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, following, listed, no_control, short
from registry.record.curation.rules import BECAUSE_MAX, LIMITS

CODES_MAX = 100
TEXT_MAX = max(LIMITS.values())
FIELDS_MAX = 100


def _revision() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(1, 999_999))


def _text(limit: int) -> fields.String:
    return fields.String(load_default="", validate=[validate.Length(max=limit), no_control])


def _code() -> fields.String:
    return fields.String(validate=validate.Length(max=120))


class NewReading(Strict):
    """A facet with its codes, main one first, and why; or ``title``, ``summary`` or ``note`` with a text.

    ``revision`` is that of the record that was read, ``edition`` that of the reading that is replaced, 0 for
    none.
    """

    field = fields.String(required=True, validate=validate.Length(max=40))
    codes = fields.List(
        fields.String(validate=validate.Length(max=120)), validate=validate.Length(max=CODES_MAX)
    )
    because = _text(BECAUSE_MAX)
    text = _text(TEXT_MAX)
    language = _text(35)
    revision = _revision()
    edition = fields.Integer(required=True, strict=True, validate=validate.Range(0, 999_999))


class ReadingShape(Strict):
    """What this node says of one field, beside its owner.

    ``stale``: the owner has changed the field since ``revision``; the reading counts nowhere.
    """

    field = short(40)
    codes = listed(short(120), CODES_MAX)
    because = short(BECAUSE_MAX)
    text = short(TEXT_MAX)
    language = short(35)
    revision = _revision()
    edition = _revision()
    day = fields.String(required=True, metadata={"format": "date"}, validate=validate.Length(max=10))
    stale = fields.Boolean(required=True)


class Readings(Strict):
    """All of a record; ``node`` is the full id of this node, whose word it is."""

    node = short(52)
    items = listed(fields.Nested(ReadingShape), FIELDS_MAX)
    next = following()
