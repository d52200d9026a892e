"""A node with people of every role, and reports brought to any state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

from api.node import Node, PrivateSide
from registry.identity.rules import Actor
from registry.intake.attachments.service import Upload
from registry.intake.attachments.views import AttachmentView
from registry.intake.rules import State
from tests.conftest import SettableClock
from tests.factories import PASSWORD, People, account, keep_details
from tests.web.browsing import Page, Visitor


@dataclass(frozen=True)
class Town:
    """The node, its application, its people, and its clock."""

    node: Node
    app: Flask
    people: People
    clock: SettableClock

    @property
    def side(self) -> PrivateSide:
        return self.node.private

    def visitor(self, prefix: str = "") -> Visitor:
        """Somebody who is not signed in."""
        return Visitor(self.app, prefix)

    def signed_in(self, name: str, prefix: str = "") -> Visitor:
        """``member``, ``other``, ``reviewer``, ``second`` or ``steward``, signed in by the form."""
        visitor = Visitor(self.app, prefix)
        sign_in(visitor, name)
        return visitor

    def draft(self, raw: dict[str, Any] | None = None, author: Actor | None = None) -> str:
        """A draft of an organization; returns its key."""
        made = self.side.intake.create(author or self.people.member, raw or account(), channel="form")
        return made.view.summary.id

    def report(self, state: State, raw: dict[str, Any] | None = None, author: Actor | None = None) -> str:
        """A report brought to a state by the acts that lead there; returns its key."""
        key = self.draft(raw, author)
        for act in WAYS[state]:
            act(self, key)
        return key

    def state(self, key: str, owner: Actor | None = None) -> State:
        return self.side.intake.read(owner or self.people.member, key).summary.state

    def record_id(self, key: str) -> str:
        found = self.side.intake.read(self.people.member, key).summary.record_id
        assert found is not None
        return found

    def receipt(self, key: str) -> str:
        return self.side.intake.receipt(self.people.member, key)

    def attach(self, key: str, name: str, data: bytes, description: str) -> str:
        """Attach a file to a report; returns its key. A second passes, so that files have an order."""
        self.clock.forward(seconds=1)
        own, upload = self.side.attachments.own, Upload(name, data)
        return own.add(self.people.member, key, upload, description, expected=None).item.id

    def attached(self, key: str) -> tuple[AttachmentView, ...]:
        """The files of a report."""
        return self.side.attachments.own.of(self.people.member, key).items

    def actions(self, key: str) -> list[str]:
        """What the trail says was done."""
        return [entry.action for entry in self.side.intake.history(self.people.member, key)]


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD) -> Page:
    """Fill in the sign-in form; returns the page after it."""
    return visitor.send(visitor.open("/signin"), email=f"{name}@example.org", password=password)


def _submit(town: Town, key: str) -> None:
    town.side.intake.submit(town.people.member, key)


def _claim(town: Town, key: str) -> None:
    town.side.reviews.claim(town.people.reviewer, key)


def _ask(town: Town, key: str) -> None:
    town.side.reviews.request_changes(town.people.reviewer, key, "Say which clinic kind.")


def _accept(town: Town, key: str) -> None:
    keep_details(town.side, town.people.reviewer, key)
    town.side.reviews.accept(town.people.reviewer, key, "Thank you.")


def _decline(town: Town, key: str) -> None:
    town.side.reviews.decline(town.people.reviewer, key, "not-ai", "A spreadsheet did this.")


def _appeal(town: Town, key: str) -> None:
    town.side.reviewing.appeals.make(town.people.member, key, "A model wrote the formulas of the sheet.")


def _publish(town: Town, key: str) -> None:
    town.side.publication.publish_batch()


def _revise(town: Town, key: str) -> None:
    town.side.revising.reopen(town.people.member, key)


def _withdraw(town: Town, key: str) -> None:
    town.side.intake.withdraw(town.people.member, key)


WAYS: dict[State, tuple[Callable[[Town, str], None], ...]] = {
    State.DRAFT: (),
    State.SUBMITTED: (_submit,),
    State.IN_REVIEW: (_submit, _claim),
    State.CHANGES_REQUESTED: (_submit, _claim, _ask),
    State.ACCEPTED: (_submit, _claim, _accept),
    State.DECLINED: (_submit, _claim, _decline),
    State.APPEALED: (_submit, _claim, _decline, _appeal),
    State.PUBLISHED: (_submit, _claim, _accept, _publish),
    State.REVISING: (_submit, _claim, _accept, _publish, _revise),
    State.WITHDRAWN: (_submit, _withdraw),
}
"""State → the acts that lead to it. ``scheduled`` lasts only within a batch."""
