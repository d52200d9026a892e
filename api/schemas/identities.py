"""How reports name their organizations, and requests to publish for another one."""

from __future__ import annotations

from marshmallow import fields, validate

from api.account_schema import NAME_PATTERN
from api.paths import KEY_PATTERN
from api.schemas.base import PagedQuery, Strict, boolean, following, listed, moment, short, text
from api.schemas.base import account as account_field
from registry.account import TITLE_MAX
from registry.intake.identities.others import PAGE_MAX
from registry.intake.identities.rules import (
    LENT,
    MESSAGE_MAX,
    NAME_MAX,
    OWN,
    REASON_MAX,
    Identity,
    OfferState,
)
from registry.intake.identities.service import PUBLISHERS_MAX

OWN_VALUES = [one.value for one in OWN]
LENT_VALUES = [one.value for one in LENT]


def identity() -> fields.String:
    """What the public reads of an organization: its name, its description, or nothing."""
    return fields.String(validate=validate.OneOf(OWN_VALUES))


class Delegate(Strict):
    """Which organization is asked to publish, whether it may know who asks, and a word to its people."""

    publisher = fields.String(
        required=True,
        validate=[
            validate.Length(max=NAME_MAX),
            validate.Regexp(NAME_PATTERN, error="Say which organization should publish it."),
        ],
        metadata={"description": "Its name at this registry, as /publishers lists it or as you know it."},
    )
    tell = boolean(default=False)
    message = text(MESSAGE_MAX)


class Request(Strict):
    """A request to publish, as the organization that asked sees it."""

    publisher = short(NAME_MAX)
    state = fields.String(required=True, validate=validate.OneOf([one.value for one in OfferState]))
    told = fields.Boolean(required=True)
    reason = short(REASON_MAX)
    asked = moment()
    answered = moment(nullable=True)
    again = fields.Boolean(
        required=True, metadata={"description": "The report has changed since, and waits to be taken again."}
    )


class Shown(Strict):
    """How a report names its organization; ``contributor`` is what the public would read now.

    ``mentioned`` are names of it that stand in the report's own words although the choice keeps them out.
    """

    identity = fields.String(required=True, validate=validate.OneOf([one.value for one in Identity]))
    contributor = short(NAME_MAX)
    waiting = fields.Boolean(
        required=True, metadata={"description": "It goes on only once an organization publishes it."}
    )
    mentioned = listed(short(NAME_MAX), 2)
    request = fields.Nested(Request, required=True, allow_none=True)


class Publisher(Strict):
    """An organization that publishes for others."""

    name = short(NAME_MAX)
    descriptor = short(200)
    terms = short(300)


class Publishers(Strict):
    """Everybody who does, by name."""

    items = listed(fields.Nested(Publisher), PUBLISHERS_MAX)
    next = following()


class OfferLine(Strict):
    """A report that another organization asks yours to publish."""

    id = fields.String(required=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    title = short(TITLE_MAX)
    language = short(35)
    state = fields.String(required=True, validate=validate.OneOf(["offered", "taken"]))
    again = fields.Boolean(required=True)
    asker = short(NAME_MAX, nullable=True)
    asked = moment()
    record = short(120, nullable=True)


class OfferQuery(PagedQuery):
    """Which part of the list."""


class OfferPage(Strict):
    """A part of the list, newest request first."""

    items = listed(fields.Nested(OfferLine), PAGE_MAX)
    next = following()


class Offer(OfferLine):
    """One with its account as the public would read it."""

    account = account_field("Account")
    message = short(MESSAGE_MAX)
    identity = fields.String(required=True, allow_none=True, validate=validate.OneOf(LENT_VALUES))


class Ended(Strict):
    """A request that was refused: nothing more is told of it."""

    id = fields.String(required=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    state = fields.String(required=True, validate=validate.OneOf(["refused"]))


class Taken(Strict):
    """Under which of your organization's identities it is published."""

    identity = fields.String(required=True, validate=validate.OneOf(LENT_VALUES))


class Refused(Strict):
    """Why not; the organization that asked reads it."""

    reason = text(REASON_MAX, filled=True)
