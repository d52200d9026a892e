"""Submissions: an organization's own reports on their way."""

from __future__ import annotations

from marshmallow import fields, validate

from api.paths import KEY_PATTERN
from api.schemas.base import (
    PagedQuery,
    Strict,
    boolean,
    following,
    listed,
    moment,
    short,
    text,
)
from api.schemas.base import (
    account as account_field,
)
from api.schemas.identities import Delegate, Shown, identity
from api.schemas.same_event import KINDS, About, named
from registry.account import TITLE_MAX
from registry.account.limits import NARRATIVE_MAX
from registry.account.types import Lasting
from registry.intake.identities.rules import WaitsFor
from registry.intake.labels import Label
from registry.intake.lists import PAGE_MAX
from registry.intake.rules import State
from registry.intake.similar.rules import Kind

STATES = [state.value for state in State]
HISTORY_MAX = 10_000
LABELS_SAID = (
    "With whom it is shared, by TLP 2.0: CLEAR with everybody, GREEN with members here and at partner nodes "
    "only. What is labelled AMBER or higher is refused."
)


class NewSubmission(Strict):
    """A report to keep, and whether to send it to review at once."""

    account = account_field("NewAccount")
    submit = boolean(default=True)
    identity = identity()
    delegate = fields.Nested(Delegate)
    kind = fields.String(load_default=Kind.REPORT.value, validate=validate.OneOf(KINDS))
    about = named()
    tlp = fields.String(
        load_default=Label.CLEAR.value,
        validate=validate.Length(max=20),
        metadata={"description": LABELS_SAID, "example": Label.CLEAR.value},
    )


class ChangedSubmission(Strict):
    """Fields of the account to replace; null empties a field, absent ones stay.

    ``identity`` says how the report names the organization; with ``delegate`` another one is asked to
    publish it, and ``identity`` is not looked at.
    """

    account = account_field("AccountChanges", required=False)
    identity = identity()
    delegate = fields.Nested(Delegate)
    about = named()


class SubmissionQuery(PagedQuery):
    """Which of the organization's submissions."""

    state = fields.String(validate=validate.OneOf(STATES))


class SubmissionLine(Strict):
    """A submission as a line of a list."""

    id = fields.String(required=True, metadata={"pattern": f"^{KEY_PATTERN}$"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    version = fields.Integer(required=True, validate=validate.Range(min=1))
    title = short(TITLE_MAX)
    record = short(120, nullable=True)
    created = moment()
    updated = moment()
    submitted = moment(nullable=True)
    erased = moment(nullable=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    about = fields.Nested(About, required=True, allow_none=True)
    tlp = fields.String(required=True, validate=validate.OneOf([one.value for one in Label]))


class OwnLine(SubmissionLine):
    """The same for its organization, which learns for whom it waits.

    ``publisher`` is the organization that was asked to publish it. Null where nobody has to act.
    ``asks_held`` says that ``actions/answer-held`` is waited for.
    """

    asks_held = fields.Boolean(required=True)

    waits_for = fields.String(
        required=True, allow_none=True, validate=validate.OneOf([*(one.value for one in WaitsFor), None])
    )


class FixHeld(Strict):
    """Whether what was put right held, and what has happened since."""

    held = fields.String(required=True, validate=validate.OneOf([one.value for one in Lasting]))
    text = text(NARRATIVE_MAX)


class Submission(OwnLine):
    """A submission with the newest version of its account, and how it names the organization.

    The account is empty once the original was deleted.
    """

    account = account_field("Account")
    shown = fields.Nested(Shown, required=True)


class CreatedSubmission(Submission):
    """A submission just made; whoever holds the receipt may see where it stands."""

    receipt = fields.String(required=True, metadata={"pattern": "^[0-9]{4}( [0-9]{4}){5}$"})


class SubmissionPage(Strict):
    """A part of the organization's submissions, last changed first."""

    items = listed(fields.Nested(OwnLine), PAGE_MAX)
    next = following()


class HistoryStep(Strict):
    """A step: who by role, never by name."""

    at = moment()
    action = short(60)
    old = short(60, nullable=True)
    new = short(60, nullable=True)
    reason = short(200, nullable=True)
    by = short(40)


class Decision(Strict):
    """What a reviewer concluded about one version, and the note to the organization.

    ``node`` is the id of the node that is the right place for it, where a reviewer named one.
    """

    version = fields.Integer(required=True, validate=validate.Range(min=1))
    decision = short(40)
    reason = short(40, nullable=True)
    node = short(52, nullable=True)
    note = short(5_000)
    at = moment()


class History(Strict):
    """Every step of a submission, oldest first, with the decisions on it."""

    items = listed(fields.Nested(HistoryStep), HISTORY_MAX)
    decisions = listed(fields.Nested(Decision), HISTORY_MAX)
    next = following()
