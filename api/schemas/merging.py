"""Merging public records."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, short, text
from api.schemas.base import account as account_field
from api.schemas.records import STATES, TYPES
from registry.review.aftercare.rules import CHANGES, NOTE_MAX, ChangeState, Kind

_KINDS = [kind.value for kind in (Kind.MERGE, Kind.GROUP)]
_REASONS = [code for kind in _KINDS for code in CHANGES[Kind(kind)].reasons]
_REVISION = validate.Range(min=1, max=2**31 - 1)


def _record() -> fields.String:
    return fields.String(required=True, validate=validate.Length(min=1, max=120))


class MergeQuery(Strict):
    """Which record into which."""

    record = _record()
    into = _record()


class Merge(Strict):
    """Which record into which (``merge``), or in one incident with which (``group``); why; what was read."""

    record = _record()
    into = _record()
    kind = fields.String(load_default=Kind.MERGE.value, validate=validate.OneOf(_KINDS))
    reason = fields.String(required=True, validate=validate.OneOf(_REASONS))
    note = text(NOTE_MAX)
    revision = fields.Integer(required=True, strict=True, validate=_REVISION)
    into_revision = fields.Integer(required=True, strict=True, validate=_REVISION)


class MergeSide(Strict):
    """One of both records as it stands."""

    id = short(120)
    revision = fields.Integer(required=True, validate=validate.Range(min=1))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    type = fields.String(required=True, validate=validate.OneOf(TYPES))
    successor = short(120, nullable=True)
    account = account_field("Account")


class MergePreview(Strict):
    """Both records; ``refused`` says by kind why it is not possible, or is null."""

    record = fields.Nested(MergeSide, required=True)
    into = fields.Nested(MergeSide, required=True)
    refused = fields.Dict(
        required=True,
        keys=fields.String(validate=validate.OneOf(_KINDS)),
        values=fields.String(allow_none=True, validate=validate.Length(max=400)),
    )


class MergeProposed(Strict):
    """A merge that waits for somebody's decision."""

    id = short(32)
    record = short(120)
    into = short(120)
    kind = fields.String(required=True, validate=validate.OneOf(_KINDS))
    reason = short(40)
    note = short(NOTE_MAX)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in ChangeState]))


class Belongs(Strict):
    """The public record that a report belongs to."""

    record = _record()
