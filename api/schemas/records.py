"""Public records. External records may be longer than what our own form allows, so texts are unbounded."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, following, listed, short
from api.schemas.base import account as account_field
from registry.record.types import Origin, RecordState, RecordType
from registry.review.aftercare.rules import NOTE_MAX

LISTED_MAX = 100_000
TYPES = [kind.value for kind in RecordType]
STATES = [state.value for state in RecordState if state is not RecordState.ERASED]


class ProvenanceShape(Strict):
    """Where a record comes from and on what terms."""

    origin = fields.String(required=True, validate=validate.OneOf([origin.value for origin in Origin]))
    source = short(80)
    source_id = short(200, required=False)
    url = short(2_000, required=False)
    licence = short(2_000, required=False)
    attribution = short(2_000, required=False)
    contributor = short(200, required=False)


class DerivedShape(Strict):
    """A common code derived from a foreign one by the crosswalk; never a reviewer's judgement."""

    code = short(120)
    external = short(400)
    match = short(40)


class RelationShape(Strict):
    """A typed link to another record."""

    kind = short(40)
    target = short(400)


class BecauseShape(Strict):
    """Why a record is disputed, unverifiable, retracted or reinstated."""

    reason = short(60)
    note = short(NOTE_MAX, required=False)


class RecordLine(Strict):
    """One revision as a line of a list."""

    revision = fields.Integer(required=True, validate=validate.Range(min=1))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    modified = fields.String(required=True, metadata={"format": "date"}, validate=validate.Length(max=10))
    taxonomy = short(40)
    previous = short(64, nullable=True)


class Versions(Strict):
    """Every revision of a record, oldest first."""

    items = listed(fields.Nested(RecordLine), LISTED_MAX)
    next = following()


class Record(Strict):
    """The public payload of one revision; its canonical form (RFC 8785) is what hashes are made of.

    ``successor``, in the newest revision of a merged record, is what stands in its place; it is no part of
    the payload. Nor is ``reviewed_by``, the node whose review let a record of another node be shown here, or
    ``kept_by``, the short id of the node that keeps it since its own is gone.
    """

    schema = fields.Integer(required=True, validate=validate.Range(min=1))
    id = short(120)
    type = fields.String(required=True, validate=validate.OneOf(TYPES))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    revision = fields.Integer(required=True, validate=validate.Range(min=1))
    previous = short(64, required=False)
    published = fields.String(required=True, metadata={"format": "date"}, validate=validate.Length(max=10))
    modified = fields.String(required=True, metadata={"format": "date"}, validate=validate.Length(max=10))
    taxonomy = short(40)
    provenance = fields.Nested(ProvenanceShape, required=True)
    account = account_field("Account")
    derived = fields.List(fields.Nested(DerivedShape), validate=validate.Length(max=LISTED_MAX))
    raw = fields.Dict(keys=fields.String(), values=fields.Dict(keys=fields.String()))
    related = fields.List(fields.Nested(RelationShape), validate=validate.Length(max=LISTED_MAX))
    generalised = fields.List(short(200), validate=validate.Length(max=LISTED_MAX))
    demo = fields.Boolean()
    because = fields.Nested(BecauseShape)
    successor = short(120, required=False)
    reviewed_by = short(52, required=False)
    kept_by = short(10, required=False)
