"""Flags and changes of public records."""

from __future__ import annotations

from collections.abc import Iterable

from marshmallow import fields, validate

from api.paths import KEY_PATTERN
from api.schemas.base import Strict, following, listed, moment, short, text
from registry.review.aftercare.desk import SHOWN
from registry.review.aftercare.flagging import CONCERNS, DISMISSALS, OPEN_MAX, TEXT_MAX
from registry.review.aftercare.rules import (
    CHANGES,
    NOTE_MAX,
    REFUSALS,
    ChangeState,
    Kind,
    RecordStands,
)

CHANGES_MAX = 10_000
REASONS = sorted({code for change in CHANGES.values() for code in change.reasons})


def _one_of(values: Iterable[str], *, nullable: bool = False) -> fields.String:
    known = [str(value) for value in values]
    return fields.String(
        required=True, allow_none=nullable, validate=validate.OneOf([*known, *([None] if nullable else [])])
    )


def _revision() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(1, 999_999))


def _key() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(f"^{KEY_PATTERN}$"))


class NewFlag(Strict):
    """What is wrong with a record."""

    reason = fields.String(required=True, validate=validate.OneOf(list(CONCERNS)))
    text = text(TEXT_MAX)


class Flagged(Strict):
    """That it was received. It has no id: nobody can ask what became of it."""

    record = short(120)
    state = fields.String(required=True, validate=validate.OneOf(["received"]))
    read_within_hours = fields.Integer(required=True, validate=validate.Range(min=1))


class FlagShape(Strict):
    """A flag that nobody has answered yet."""

    id = _key()
    reason = _one_of(CONCERNS)
    text = short(TEXT_MAX)
    revision = _revision()
    received = moment()
    due = moment()


class Change(Strict):
    """A change of a record, ``into`` another one for a merge; nobody who proposed or decided is named."""

    id = _key()
    record = short(120)
    revision = _revision()
    into = short(120, nullable=True)
    kind = _one_of(Kind)
    reason = _one_of(REASONS)
    note = short(NOTE_MAX)
    state = _one_of(ChangeState)
    lock = fields.Integer(required=True, validate=validate.Range(min=1))
    proposed = moment()
    decided = moment(nullable=True)
    refusal = _one_of(REFUSALS, nullable=True)
    not_before = moment(nullable=True)
    mine = fields.Boolean(required=True)
    may_decide = fields.Boolean(required=True)


class CareLineShape(Strict):
    """A record that needs a look."""

    record = short(120)
    title = short(100_000, nullable=True)
    state = _one_of(RecordStands, nullable=True)
    flags = fields.Integer(required=True, validate=validate.Range(min=0))
    urgent = fields.Boolean(required=True)
    due = moment(nullable=True)
    change = fields.Nested(Change, required=True, allow_none=True)


class CareList(Strict):
    """Records that need a look, most urgent first."""

    items = listed(fields.Nested(CareLineShape), SHOWN)
    next = following()


class Cared(Strict):
    """A record with its open flags and its changes."""

    record = short(120)
    revision = _revision()
    state = _one_of(RecordStands)
    flags = listed(fields.Nested(FlagShape), OPEN_MAX)
    changes = listed(fields.Nested(Change), CHANGES_MAX)


class OwnChanges(Strict):
    """The record of one's own report, and its changes."""

    record = short(120)
    revision = _revision()
    state = _one_of(RecordStands)
    items = listed(fields.Nested(Change), CHANGES_MAX)
    next = following()


class Dismissal(Strict):
    """Which flags are answered, and why nothing has to change."""

    flags = fields.List(_key(), required=True, validate=validate.Length(1, OPEN_MAX))
    reason = _one_of(DISMISSALS)


class Proposal(Strict):
    """What should be done with a record that was read at ``revision``."""

    kind = _one_of(Kind)
    reason = _one_of(REASONS)
    note = text(NOTE_MAX)
    revision = _revision()


class Refusal(Strict):
    """Why a record stays as it is."""

    reason = _one_of(REFUSALS)


class TakenBack(Strict):
    """Which change is not wanted any more."""

    change = _key()
