"""Could a report point at somebody? Counts, what would help, and what was decided."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas.base import Strict, listed, moment, short
from registry.intake.risk.deciding import REASON_MAX
from registry.privacy.coarsening import LADDERS, STILL_TOLD_MAX

STEPS_MAX = 30
STILL_TOLD_LENGTH = 300
FEWER, ENOUGH = "fewer-than-5", "5-or-more"
"""All that is ever said of reports that are not public."""


def _rung(ladder: str, *, required: bool = False) -> fields.String:
    return fields.String(required=required, validate=validate.OneOf(list(LADDERS[ladder])))


class SomeLevels(Strict):
    """Ladder → rung; ladders that are left out stay as they are."""

    place = _rung("place")
    date = _rung("date")
    reach = _rung("reach")
    system = _rung("system")
    developers = _rung("developers")
    organizations = _rung("organizations")
    links = _rung("links")


class Levels(Strict):
    """Ladder → rung, the first rung being the most exact."""

    place = _rung("place", required=True)
    date = _rung("date", required=True)
    reach = _rung("reach", required=True)
    system = _rung("system", required=True)
    developers = _rung("developers", required=True)
    organizations = _rung("organizations", required=True)
    links = _rung("links", required=True)


class LookAlike(Strict):
    """How many look alike: public reports, other organizations with a report on its way, and whether enough.

    ``waiting`` is null for the organization of the report, which sees public counts only.
    """

    public = fields.Integer(required=True, validate=validate.Range(min=0))
    waiting = fields.String(required=True, allow_none=True, validate=validate.OneOf([FEWER, ENOUGH]))
    enough = fields.Boolean(required=True)


class RiskStep(Strict):
    """One step of a ladder, and what is counted once it and those before it are taken."""

    step = short(80)
    alike = fields.Nested(LookAlike, required=True)


class SmallestChange(Strict):
    """The fewest steps with which enough look alike."""

    levels = fields.Nested(Levels, required=True)
    alike = fields.Nested(LookAlike, required=True)
    steps = listed(fields.Nested(RiskStep), STEPS_MAX)


class RiskDecided(Strict):
    """What a reviewer decided for the newest version."""

    levels = fields.Nested(Levels, required=True)
    alike = fields.Nested(LookAlike, required=True)
    threshold = fields.Integer(required=True, validate=validate.Range(min=1))
    reason = short(REASON_MAX)
    at = moment()


class Risk(Strict):
    """How many look like a report as it would be published at ``levels``.

    ``told`` is where the account stands, ``wish`` what its organization chose: nothing more exact may
    be published. ``changes`` says what these levels make less exact. ``smallest`` is null when enough
    look alike already, and when no change short of silence would do (``first_of_its_kind``). ``still_told``
    are names and dates that title, texts and links still say more exactly than these levels and the
    answers: only a person can change them.
    """

    threshold = fields.Integer(required=True, validate=validate.Range(min=1))
    told = fields.Nested(Levels, required=True)
    wish = fields.Nested(Levels, required=True, allow_none=True)
    levels = fields.Nested(Levels, required=True)
    changes = listed(short(80), len(LADDERS))
    alike = fields.Nested(LookAlike, required=True)
    smallest = fields.Nested(SmallestChange, required=True, allow_none=True)
    first_of_its_kind = fields.Boolean(required=True)
    still_told = listed(short(STILL_TOLD_LENGTH), STILL_TOLD_MAX)
    decision = fields.Nested(RiskDecided, required=True, allow_none=True)


class RiskQuery(SomeLevels):
    """Rungs to try out; without any, those that count now."""


class LessExact(Strict):
    """What the public may read at most."""

    levels = fields.Nested(SomeLevels, required=True)


class RiskChoices(Strict):
    """How exactly the newest version is published; the reason is needed where too few look alike."""

    levels = fields.Nested(SomeLevels, load_default=dict)
    reason = fields.String(load_default="", validate=validate.Length(max=REASON_MAX))
