"""What a reviewer wishes, and the report that is theirs next."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, listed, short
from registry.review.pools.rules import AT_ONCE_MAX, LANGUAGES_MAX

CODES_MAX = 200
"""Codes of one facet."""
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _codes(most: int = CODES_MAX) -> fields.List[str]:
    return fields.List(
        fields.String(validate=validate.Length(max=80)),
        load_default=list,
        validate=validate.Length(max=most),
    )


class WishesAsked(Strict):
    """Wishes in place of the present ones; what is left out is not wished. ``until`` ends a pause."""

    languages = _codes(LANGUAGES_MAX)
    sectors = _codes()
    failures = _codes()
    spared = _codes()
    most = fields.Integer(
        strict=True, load_default=None, allow_none=True, validate=validate.Range(1, AT_ONCE_MAX)
    )
    until = fields.String(load_default=None, allow_none=True, validate=validate.Regexp(_DAY))


class WishesTold(Strict):
    """What a reviewer wishes; empty lists mean any."""

    languages = listed(short(3), LANGUAGES_MAX)
    sectors = listed(short(80), CODES_MAX)
    failures = listed(short(80), CODES_MAX)
    spared = listed(short(80), CODES_MAX)
    most = fields.Integer(required=True, allow_none=True)
    until = fields.String(required=True, allow_none=True, validate=validate.Regexp(_DAY))


class NextReport(Strict):
    """The report that was claimed, or null where nothing waits that fits."""

    id = short(32, nullable=True)
