"""Attachments of a report: what is told of each, and what may be changed."""

from __future__ import annotations

from marshmallow import fields, validate

from api.paths import KEY_PATTERN
from api.schemas.base import Strict, following, listed, moment, short, text
from registry.intake.attachments.rules import DESCRIPTION_MAX, FILE_MAX, FILES_MAX, Media


class Attachment(Strict):
    """A file of a report. Its name is not kept: ``name`` is the one that it is handed out under."""

    id = fields.String(required=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    name = short(30)
    media = fields.String(required=True, validate=validate.OneOf([media.value for media in Media]))
    size = fields.Integer(required=True, validate=validate.Range(min=1, max=2 * FILE_MAX))
    width = fields.Integer(required=True, allow_none=True)
    height = fields.Integer(required=True, allow_none=True)
    description = short(DESCRIPTION_MAX)
    created = moment()


class Attachments(Strict):
    """Every file of a report, oldest first."""

    items = listed(fields.Nested(Attachment), FILES_MAX)
    next = following()


class Described(Strict):
    """What a file shows, for those who cannot or should not look at it."""

    description = text(DESCRIPTION_MAX, filled=True)
