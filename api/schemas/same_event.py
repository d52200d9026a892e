"""Events that are known already: records that resemble an account, and naming one of them."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import PagedQuery, Strict, account, following, listed, short
from api.schemas.records import Record
from registry.account import TITLE_MAX
from registry.intake.rules import State
from registry.intake.similar.rules import RELATION, Held, Kind
from registry.ledger.claims import RELATIONS
from registry.record.ids import ID_PATTERN
from registry.record.relations import ABOUT, DISPUTES, FIXES, REPLIES_TO
from registry.record.types import PART_OF, SAME_AS

KINDS = [kind.value for kind in Kind]
POINTING = (ABOUT, FIXES, DISPUTES, REPLIES_TO, PART_OF, SAME_AS)
MOST = 20


class Named(Strict):
    """The public record that a submission belongs to; ``as`` follows from what it is."""

    record = fields.String(
        required=True,
        validate=validate.Regexp(f"^{ID_PATTERN}$", error="This is not an id of a record."),
        metadata={"pattern": f"^{ID_PATTERN}$"},
    )
    as_ = fields.String(data_key="as", validate=validate.OneOf(list(RELATION.values())))


def named() -> fields.Nested:
    """A record to name, or null for none."""
    return fields.Nested(Named, allow_none=True)


class About(Strict):
    """The record that a submission names, how, and what became of that."""

    record = short(120)
    as_ = fields.String(required=True, data_key="as", validate=validate.OneOf(list(RELATION.values())))
    state = fields.String(required=True, validate=validate.OneOf([held.value for held in Held]))


class Draft(Strict):
    """What is written so far, and the submission that it belongs to, which is then left out."""

    account = account("DraftAccount")
    submission = fields.String(
        validate=validate.Regexp("^[0-9a-f]{32}$"), metadata={"pattern": "^[0-9a-f]{32}$"}
    )


class ResemblingRecord(Strict):
    """A public record that may tell of the same; ``words`` are those of the account that it holds too."""

    id = short(120)
    title = short(TITLE_MAX)
    language = short(35)
    type = short(20)
    state = short(20)
    date = short(10, nullable=True)
    countries = listed(short(20), 500)
    reasons = listed(short(120), 200)
    same_country = fields.Boolean(required=True)
    words = listed(short(400), MOST)
    score = fields.Float(required=True)


class OwnReport(Strict):
    """A report of one's own organization with such a title."""

    id = short(32)
    title = short(TITLE_MAX)
    state = fields.String(required=True, validate=validate.OneOf([state.value for state in State]))
    record = short(120, nullable=True)


class Known(Strict):
    """What may tell of the same event already: public records, and reports of one's own organization."""

    items = listed(fields.Nested(ResemblingRecord), MOST)
    own = listed(fields.Nested(OwnReport), MOST)
    next = following()


class Relation(Strict):
    """Whether the report belongs to the record that it names."""

    decision = fields.String(required=True, validate=validate.OneOf(["confirm", "drop"]))


class PointingQuery(PagedQuery):
    """Which way of pointing, and which part of the list."""

    kind = fields.String(validate=validate.OneOf(POINTING))


class Pointing(Strict):
    """A record that points to this one, and how."""

    kind = fields.String(required=True, validate=validate.OneOf(POINTING))
    record = fields.Nested(Record, required=True)


class Claim(Strict):
    """What another node says of two records, in which entry of its log; ``record`` is that node's own."""

    node = short(52)
    node_name = short(100)
    position = fields.Integer(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))
    record = short(120)
    related = short(120)


class PointingPage(Strict):
    """A part of what points to a record, newest first, with counts, and what other nodes say."""

    items = listed(fields.Nested(Pointing), 50)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    sources = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    at_least = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    claims = listed(fields.Nested(Claim), MOST)
    next = following()
