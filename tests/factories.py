"""Small, valid things for tests to start from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from api.node import Node, PrivateSide
from registry.config import Settings
from registry.identity.directory import Directory
from registry.identity.rules import Actor, Role
from registry.identity.sessions import Sessions
from registry.intake.models import Submission
from registry.intake.rules import State

PASSWORD = "a long enough password"


def settings_in(folder: Path, **changes: Any) -> Settings:
    """Settings of a node on SQLite in a folder; tests of factors, limits, delays or dumps switch them on."""
    plain = Settings(
        data_dir=folder,
        secret_key="test-" * 8,
        second_factor=False,
        limits_percent=0,
        risk_threshold=1,
        seen_from=1,
        publication_delay=0,
        second_coding=0,
        severe_from="never",
        blind_review=False,
        export_days=0,
    )
    return replace(plain, **changes)


def account(**changes: Any) -> dict[str, Any]:
    """A complete account as JSON; keyword arguments replace top-level fields."""
    whole: dict[str, Any] = {
        "title": "Chatbot told patients to double a dose",
        "language": "en",
        "text": "A health chatbot answered a question about a blood tablet with twice the safe dose.",
        "happened": {"from": "2026-03", "to": None},
        "countries": ["KE"],
        "entities": {"developers": ["Example Systems"], "deployers": ["A clinic network"]},
        "classification": {
            "kind": ["kind/incident"],
            "failure": ["failure/unsafe-advice", "failure/fabrication"],
            "harm": ["harm/injury"],
            "severity": ["severity/serious"],
            "sector": ["sector/health"],
            "system": ["system/chatbot"],
            "detection": ["detection/staff"],
            "containment": ["containment/shutdown"],
        },
        "response": {
            "detected": {"answer": "after", "hours": 48},
            "contained": {"answer": "after", "hours": 3},
            "told": [{"audience": "audience/affected", "state": "done"}],
            "lessons": "Have a pharmacist read answers about doses before they go out.",
        },
        "links": ["https://example.org/notice"],
    }
    return whole | changes


@dataclass(frozen=True)
class People:
    """Actors of every role: two reporting organizations and two reviewing ones."""

    member: Actor
    other_member: Actor
    reviewer: Actor
    other_reviewer: Actor
    steward: Actor


def register_people(side: PrivateSide) -> People:
    """Register the people above (e-mail ``<name>@example.org``, password ``PASSWORD``)."""
    return People(
        member=register(side.directory, side.sessions, "member", "Lake Health", [Role.MEMBER]),
        other_member=register(side.directory, side.sessions, "other", "River Schools", [Role.MEMBER]),
        reviewer=register(side.directory, side.sessions, "reviewer", "Open Review", [Role.REVIEWER]),
        other_reviewer=register(side.directory, side.sessions, "second", "Fair Review", [Role.REVIEWER]),
        steward=register(side.directory, side.sessions, "steward", "Node Office", [Role.STEWARD]),
    )


def register(
    directory: Directory, sessions: Sessions, name: str, organization: str, roles: list[Role]
) -> Actor:
    """One person in one organization, acting with every role whether or not a second factor is asked."""
    organization_id = directory.add_organization(organization, f"an organization like {organization[:4]}")
    person_id = directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
    directory.grant(person_id, organization_id, roles)
    return sessions.actor_of(person_id)


def publish(node: Node, people: People, raw: dict[str, Any]) -> str:
    """Take an account the whole way; returns the id of its record (the index is not told)."""
    side = node.private
    made = side.intake.create(people.member, raw, channel="api", submit=True)
    key = made.view.summary.id
    side.reviews.claim(people.reviewer, key)
    keep_details(side, people.reviewer, key)
    side.reviews.accept(people.reviewer, key)
    side.publication.publish_batch()
    record_id = side.intake.read(people.member, key).summary.record_id
    assert record_id is not None
    return record_id


def bring(
    side: PrivateSide, owner: Actor, reviewer: Actor, key: str, state: State, ask: str = "Say more."
) -> None:
    """Bring a draft to a state by the acts that lead there; ``ask`` is what the reviewer wants changed."""
    if state is State.DRAFT:
        return
    side.intake.submit(owner, key)
    if state is State.WITHDRAWN:
        side.intake.withdraw(owner, key)
    if state in (State.SUBMITTED, State.WITHDRAWN):
        return
    side.reviews.claim(reviewer, key)
    if state is State.CHANGES_REQUESTED:
        side.reviews.request_changes(reviewer, key, ask)
    if state in (State.DECLINED, State.APPEALED):
        side.reviews.decline(reviewer, key, "test", "")
    if state is State.APPEALED:
        side.reviewing.appeals.make(owner, key, "It is no test.")
    if state in (State.ACCEPTED, State.SCHEDULED, State.PUBLISHED, State.REVISING):
        keep_details(side, reviewer, key)
        side.reviews.accept(reviewer, key)
    _go_through_the_door(side, owner, key, state)


def _go_through_the_door(side: PrivateSide, owner: Actor, key: str, state: State) -> None:
    """What follows an acceptance."""
    if state in (State.PUBLISHED, State.REVISING):
        side.publication.publish_batch()
    if state is State.REVISING:
        side.revising.reopen(owner, key)
    if state is State.SCHEDULED:  # lasts only within a batch
        with side.database.work() as session:
            session.get_one(Submission, key).state = state.value


def keep_details(side: PrivateSide, reviewer: Actor, key: str) -> None:
    """Find nothing personal in what still has to be decided: the words of tests give nobody away."""
    waiting = side.reviews.read(reviewer, key).personal.open
    if waiting:
        side.reviews.decide_details(reviewer, key, {one.detail.thing: "keep" for one in waiting})
