"""Put the demo set into a node, through the same services that people use.

So its history, audit trail and receipts are real. Running it again adds what is missing and changes
nothing else: every report is recognised by an idempotency key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from api.node import Node, PrivateSide
from registry.errors import Conflict
from registry.identity.rules import Actor, Role
from registry.intake.personal.rules import Choice
from registry.intake.risk.deciding import RiskChoice
from registry.intake.rules import State
from web.demo.reading import DemoOrganization, DemoReport, DemoSet

PASSWORD = "demo incident commons"  # noqa: S105 - printed for everybody, on demo nodes only
"""The one password of all demo people."""

NOBODY_TO_FIND = "Invented for the demo set: there is nobody whom it could point at."
"""Why demo reports are published although few look like them."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run did: reports added, reports that were there already, records published."""

    added: int
    present: int
    published: int


class DemoLoader:
    """Brings a demo set into one node."""

    def __init__(self, node: Node, demo: DemoSet) -> None:
        self._side: PrivateSide = node.private
        self._log = node.log
        self._demo = demo
        self._actors: dict[str, Actor] = {}

    def load(self, progress: Progress) -> Loaded:
        """Register who is missing, bring each report to its state, and publish what is to be public."""
        for organization in self._demo.organizations:
            self._register(organization)
        # What is to stay accepted comes after the batch, which takes everything that is accepted.
        first = [report for report in self._demo.reports if report.state != "accepted"]
        last = [report for report in self._demo.reports if report.state == "accepted"]
        total, added, published = len(self._demo.reports), 0, 0
        for number, report in enumerate(first, start=1):
            added += self._bring(report)
            progress(number, total)
        if added:
            published = len(self._side.publication.publish_batch(early=True))
            self._log.publish()
        for number, report in enumerate(last, start=len(first) + 1):
            added += self._bring(report)
            progress(number, total)
        return Loaded(added, total - added, published)

    def _register(self, organization: DemoOrganization) -> None:
        directory = self._side.directory
        try:
            key = directory.add_organization(
                organization.name, organization.descriptor, language=organization.language, demo=True
            )
        except Conflict:
            key = directory.find_organization(organization.name)
        for person in organization.people:
            known = directory.find_person(person.email)
            if known is None:
                known = directory.add_person(
                    person.email, person.name, PASSWORD, language=organization.language
                )
            directory.grant(known, key, [Role(role) for role in person.roles])
            self._actors[person.key] = self._side.sessions.actor_of(known)

    def _bring(self, report: DemoReport) -> bool:
        """Bring one report to its state; False when an earlier run did."""
        author = self._author(report)
        submit = report.state != "draft"
        made = self._side.intake.create(
            author,
            report.account,
            channel="form",
            submit=submit,
            idempotency_key=f"demo-{report.key}",
            demo=True,
        )
        key = made.view.summary.id
        state = self._side.intake.read(author, key).summary.state
        if state not in (State.DRAFT, State.SUBMITTED) or report.state == state.value:
            return made.fresh
        if report.state == "withdrawn":
            self._side.intake.withdraw(author, key)
            return True
        self._review(self._actors[report.reviewer], report, key)
        if self._side.intake.read(author, key).summary.state is State.SUBMITTED:  # a severe one needs two
            self._review(self._second(report), replace(report, note=""), key)
        return True

    def _second(self, report: DemoReport) -> Actor:
        """A reviewer of another organization than the report's own one."""
        first = self._actors[report.reviewer]
        others = (one for one in self._actors.values() if Role.REVIEWER in one.roles)
        return next(one for one in others if one.organization_id != first.organization_id)

    def _review(self, reviewer: Actor, report: DemoReport, key: str) -> None:
        reviews = self._side.reviews
        reviews.claim(reviewer, key)
        if report.state == "changes_requested":
            reviews.request_changes(reviewer, key, report.note)
        elif report.state == "declined":
            reviews.decline(reviewer, key, report.reason, report.note)
        elif report.state in ("accepted", "published"):
            waiting = reviews.read(reviewer, key).personal.open
            if waiting:  # demo people are invented: nobody is given away
                keep = {one.detail.thing: Choice.KEEP.value for one in waiting}
                reviews.decide_details(reviewer, key, keep)
            choice = RiskChoice(report.exactness, NOBODY_TO_FIND)
            reviews.decide_risk(reviewer, key, choice)
            reviews.accept(reviewer, key, report.note)

    def _author(self, report: DemoReport) -> Actor:
        organization = next(o for o in self._demo.organizations if o.key == report.organization)
        return self._actors[organization.people[0].key]
