"""Reports that are classified a second time."""

from __future__ import annotations

from marshmallow import fields

from api.schemas.base import Strict, listed, moment, short
from api.schemas.base import account as account_field
from api.schemas.reviews import Classified
from registry.review.coding.rules import CORE
from registry.review.coding.second import SHOWN


class SecondTask(Strict):
    """A report without any code."""

    submission = short(32)
    drawn = moment()
    account = account_field("Account")


class SecondTasks(Strict):
    """What waits for the caller."""

    items = listed(fields.Nested(SecondTask), SHOWN)


class SecondCodings(Strict):
    """The codes of every facet of the core."""

    codings = listed(fields.Nested(Classified), len(CORE))
