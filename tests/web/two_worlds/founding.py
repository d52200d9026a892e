"""A node before the report is sent: organizations, people, programs, earlier records, others waiting.

It is founded once. Each world is a copy of its folder, so nothing differs but who sends the report.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from api.node import EXTENSION, Node
from registry.config import Settings
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES, Actor, Role
from registry.intake.labels import Label
from registry.publication.service import Parcel, Publication
from registry.publication.terms import GREEN_TERMS, PublicationTerms
from search import Indexer
from tests.conftest import SettableClock
from tests.factories import PASSWORD, account, keep_details, settings_in
from web import logs
from web.app import create_app
from web.indexing import follow
from web.setup import initialise
from web.wiring import build, close

PUBLISHER = "Harbour Publishing Trust"
SENDERS = (
    ("Kisumu Lakeside Midwives", "wanjiku.odera@midwives.example", "Wanjiku Odera"),
    ("Syndicat des Enseignants du Littoral", "ines.bahri@littoral.example", "Ines Bahri"),
    ("Quechua Advocacy Desk", "illari.mamani@desk.example", "Illari Mamani"),
    ("Basra Tenants Union", "zaynab.alhasan@tenants.example", "Zaynab Alhasan"),
)
"""Organization, address and name of its person; each has a program as well."""
DESCRIPTOR = "a civil society organization"
"""What all of them are known by: "descriptor with equal descriptor"."""


@dataclass(frozen=True)
class Sender:
    """Somebody who may send the report: as a person by the form, or as a program by the API."""

    organization: str
    email: str
    name: str
    actor: Actor
    token: str

    @property
    def marks(self) -> tuple[str, ...]:
        """What must be found nowhere."""
        ids = (self.actor.id, self.actor.organization_id, self.token)
        return (self.organization, self.email, self.name, *self.name.split(), *ids)


@dataclass(frozen=True)
class Founded:
    """The folder of the node that all worlds are copies of, and the application that serves each in turn."""

    folder: Path
    app: Flask
    senders: tuple[Sender, ...]
    reviewer: Actor
    publisher: Actor


@dataclass
class World:
    """One copy with its application, its clock, and the log of this world."""

    folder: Path
    node: Node
    app: Flask
    clock: SettableClock
    founded: Founded
    log: io.StringIO


def settings(folder: Path) -> Settings:
    return settings_in(folder, trusted_proxies="127.0.0.1")


def found(folder: Path) -> Founded:
    """Found the node, with three records that are public and two reports that wait for the batch."""
    clock = SettableClock()
    initialise(settings(folder), clock)
    node = build(settings(folder), clock)
    side = node.private
    senders = tuple(_sender(node, *told) for told in SENDERS)
    reviewer = _person(node, "Open Review", "reviewer@review.example", "Rosa Review", Role.REVIEWER)
    publisher = _person(node, PUBLISHER, "desk@harbour.example", "Hana Harbour", Role.MEMBER)
    third = _person(node, "River Schools", "third@river.example", "Theo Third", Role.MEMBER)
    for number in range(5):
        raw = account(title=f"An earlier report, number {number}", countries=["PE"])
        key = side.intake.create(third, raw, channel="form", submit=True).view.summary.id
        side.reviews.claim(reviewer, key)
        keep_details(side, reviewer, key)
        side.reviews.accept(reviewer, key)
        if number == 2:
            side.publication.publish_batch()
    follow(node.records, Indexer(node.settings.index_dir, node.taxonomy))
    app = create_app(node)
    app.test_client().get("/oauth/jwks")  # the node's keys are made when first asked for
    logs.log_requests(app)
    close(node)
    return Founded(folder, app, senders, reviewer, publisher)


@contextmanager
def copied(founded: Founded, folder: Path) -> Iterator[World]:
    """A world. Its batches go in the order of titles: the seed of both worlds is the same."""
    shutil.copytree(founded.folder, folder)
    clock, log = SettableClock(), io.StringIO()
    node = build(settings(folder), clock)
    side, terms = node.private, PublicationTerms(node.identity.id, node.taxonomy.version)
    shared = replace(terms, node=side.green.identity.id, label=Label.GREEN, licence=GREEN_TERMS)
    beside = Publication(side.database, side.green.database, clock, shared)
    ordered = Publication(side.database, node.public, clock, terms, beside=beside, shuffle=_by_title)
    node = replace(node, private_side=replace(node.private, publication=ordered))
    founded.app.extensions[EXTENSION] = node  # building an application takes longer than a world lasts
    logs.configure(log)
    try:
        yield World(folder, node, founded.app, clock, founded, log)
    finally:
        close(node)
        logs.configure()
        shutil.rmtree(folder)


def log_lines(world: World) -> list[str]:
    """What was logged, without the time it took and the machine's time."""
    lines = [json.loads(line) for line in world.log.getvalue().splitlines()]
    return [json.dumps(line | {"ms": 0, "timestamp": ""}, sort_keys=True) for line in lines]


def _by_title(parcels: list[Parcel]) -> None:
    parcels.sort(key=lambda parcel: parcel.account.title)


def _sender(node: Node, organization: str, email: str, name: str) -> Sender:
    actor = _person(node, organization, email, name, Role.MEMBER)
    made = node.private.directory.add_client(organization, f"{name} feed", tuple(SCOPES), Way(bearer=True))
    return Sender(organization, email, name, actor, made.token)


def _person(node: Node, organization: str, email: str, name: str, role: Role) -> Actor:
    directory = node.private.directory
    key = directory.add_organization(organization, DESCRIPTOR)
    person_id = directory.add_person(email, name, PASSWORD)
    directory.grant(person_id, key, [role])
    return node.private.sessions.actor_of(person_id)
