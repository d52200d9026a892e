"""Personal details of a report, and what is chosen for each."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, following, listed, short
from registry.intake.personal.rules import CHOICES, REVIEWER_CHOICES
from registry.privacy.findings import Kind

FINDINGS_MAX = 5_000
SPOTS_MAX = 5_000
THING = "^[0-9a-f]{32}$"


class Place(Strict):
    """Where a detail stands: a JSON pointer into the account, and characters (code points) of that text."""

    pointer = short(60)
    start = fields.Integer(required=True, strict=True)
    end = fields.Integer(required=True, strict=True)


class Finding(Strict):
    """A personal detail; the same thing in several places is one. ``choice`` is null until one is made."""

    thing = short(32)
    kind = fields.String(required=True, validate=validate.OneOf([kind.value for kind in Kind]))
    certain = fields.Boolean(required=True)
    text = short(2_000)
    choice = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([choice.value for choice in CHOICES])
    )
    decided = fields.Boolean(required=True)
    spots = listed(fields.Nested(Place), SPOTS_MAX)


class Findings(Strict):
    """Every personal detail of a report."""

    items = listed(fields.Nested(Finding), FINDINGS_MAX)
    next = following()


def _choices(known: list[str]) -> fields.Dict:
    return fields.Dict(
        required=True,
        keys=fields.String(validate=validate.Regexp(THING)),
        values=fields.String(validate=validate.OneOf(known)),
        validate=validate.Length(min=1, max=500),
    )


class Choices(Strict):
    """Thing → what should happen to it."""

    choices = _choices([choice.value for choice in CHOICES])


class Resolutions(Strict):
    """Thing → what the public may read."""

    choices = _choices([choice.value for choice in REVIEWER_CHOICES])
