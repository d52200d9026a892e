"""What must hold of reports and records after every step, whoever tried what."""

from __future__ import annotations

from collections import Counter
from typing import Final, cast

from hypothesis.stateful import invariant
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.account import Account
from registry.account.about import is_about
from registry.audit import AuditRow
from registry.identity.rules import Actor
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.rules import TRANSITIONS, Action, State
from registry.review.coding.keeping import as_coded
from registry.review.models import Claim, DecisionRow
from registry.review.queue.picking import readable
from registry.review.quorum.models import VoteRow
from tests.registry.lived_in import LivedIn

PHONE: Final = "+254 722 000 111"
SEVERITIES: Final = ("minor", "serious", "critical")
"""What reports are told and coded as; all but the first are severe."""


class KeptTrue(LivedIn):
    """Asks the databases; ``keys`` are the reports, ``named`` those whose first version names a reviewer."""

    reviewers: list[Actor]

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []
        self.together: dict[tuple[str, int], int] = {}
        self.named: set[str] = set()
        self.rows: Counter[str] = Counter()

    @invariant()
    def nobody_judges_what_they_have_to_do_with(self) -> None:
        for table in (Claim, DecisionRow, VoteRow):
            own = select(table.submission_id).join(Submission, Submission.id == table.submission_id)
            with self.house.private.read() as session:
                judged = own.where(table.organization_id == Submission.organization_id)
                assert list(session.scalars(judged)) == []

    @invariant()
    def nobody_judges_a_version_that_names_their_organization(self) -> None:
        for table in (DecisionRow, VoteRow):
            of_the_named = select(table.submission_id).where(
                table.organization_id == self.reviewers[2].organization_id, table.version == 1
            )
            with self.house.private.read() as session:
                assert not self.named & set(session.scalars(of_the_named))

    @invariant()
    def nobody_sees_what_names_their_organization(self) -> None:
        with self.house.private.read() as session:
            for reviewer in self.reviewers:
                seen = session.scalars(select(Submission.id).where(readable(session, reviewer)))
                whole = [row for row in session.scalars(select(Submission)) if row.id in set(seen)]
                assert not any(_names(session, row, reviewer.organization) for row in whole)

    @invariant()
    def nobody_decides_on_a_change_of_their_own_organization(self) -> None:
        decided = (
            "SELECT count(*) FROM record_change WHERE decider_organization_id = organization_id"
            " AND state IN ('approved', 'refused', 'done')"
        )
        assert self.house.ask(decided)[0][0] == 0

    @invariant()
    def nothing_is_open_of_an_erased_record(self) -> None:
        left = (
            "SELECT count(*) FROM record_change o JOIN record_change e ON e.record_id = o.record_id"
            " WHERE e.kind = 'erase' AND e.state = 'done' AND o.state IN ('proposed', 'approved')"
        )
        assert self.house.ask(left)[0][0] == 0

    @invariant()
    def severe_reports_are_accepted_by_two_organizations(self) -> None:
        accepted = self.house.ask(
            "SELECT s.id, s.version, d.version, COUNT(DISTINCT d.organization_id) FROM submission s"
            " JOIN review_decision d ON d.submission_id = s.id AND d.decision = 'accept'"
            " WHERE s.state IN ('accepted', 'scheduled', 'published') GROUP BY s.id, d.version, s.version"
        )
        for key, newest, version, count in accepted:
            assert count >= (self.needed(key, version) if newest == version else 1)
        standing = "SELECT id FROM submission WHERE state IN ('accepted', 'scheduled', 'published')"
        assert {row[0] for row in self.house.ask(standing)} == {key for key, *_ in accepted}

    def needed(self, key: str, version: int) -> int:
        """How many had to agree when it was accepted: by what was told, and as it was coded by then."""
        if (key, version) not in self.together:
            with self.house.private.read() as session:
                told = session.get_one(SubmissionVersion, (key, version)).account
                coded = as_coded(session, key, version, told)
            said = [code for one in (told, coded) for code in one["classification"]["severity"]]
            severe = any(code.endswith(SEVERITIES[1:]) for code in said)
            self.together[key, version] = 2 if severe else 1
        return self.together[key, version]

    @invariant()
    def nothing_goes_out_in_which_a_detail_is_open(self) -> None:
        payloads = self.house.ask_public("SELECT payload FROM record_version")
        assert not any(PHONE in str(row[0]) for row in payloads)

    @invariant()
    def what_was_said_stays(self) -> None:
        for table in (Submission, SubmissionVersion, DecisionRow, VoteRow, AuditRow):
            with self.house.private.read() as session:
                count = session.scalar(select(func.count()).select_from(table)) or 0
            assert count >= self.rows[table.__tablename__]
            self.rows[table.__tablename__] = count

    @invariant()
    def every_step_is_one_of_the_table(self) -> None:
        for key in self.keys:
            state: str | None = None
            for action, old, new in self.house.steps(key):
                if action in list(Action):
                    assert TRANSITIONS[Action(action)][State(cast("str", old))] == new
                    assert state in (None, old)
                    state = new
            assert state in (None, self.house.state(key))


def _names(session: Session, row: Submission, organization: str) -> bool:
    """Whether the newest version, as it was written, names an organization; what is gone names nobody."""
    if row.erased_at is not None:
        return False
    told = session.get_one(SubmissionVersion, (row.id, row.version)).account
    return is_about(Account.from_json(told), organization)
