"""Exports: everything that the node holds, nothing secret, nobody else's, and little memory."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Column, insert
from sqlalchemy.sql import visitors

from registry.custody.contents import of_organization, of_person
from registry.custody.left_out import LEFT_OUT
from registry.custody.reading import PAGE, Source
from registry.db.columns import random_key
from registry.db.private import PrivateBase
from registry.errors import NotAllowed, NotFound
from registry.identity.models import Person
from registry.identity.rules import Actor, Role
from registry.identity.tenants.rules import OPERATOR
from registry.intake.models import Submission, SubmissionVersion
from registry.intake.vault.keys import keys_of
from registry.intake.vault.originals import sealed_account, sealed_title
from tests.registry.custody.plenty import KEY_LENGTH, fill
from tests.registry.house import House
from tests.registry.neighbours import again, join

TABLES = PrivateBase.metadata.sorted_tables
NESTED = {
    "appeals": "review_appeal",
    "versions": "submission_version",
    "additions": "addition",
    "files": "attachment",
    "questions": "review_question",
}
"""What is told inside the line of a report → its table."""


def opened(pieces: Iterator[bytes]) -> dict[str, Any]:
    """File name → content, of an export as somebody else's program reads it."""
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def whole(sources: list[Source], house: House) -> dict[str, set[str]]:
    """Table → the columns that these sources tell of it."""
    told: dict[str, set[str]] = {}
    with house.private.read() as session:
        for source in sources:
            for row in session.query(source.table).filter(source.which):
                line = source.tell(session, row)
                told.setdefault(source.table.__tablename__, set()).update(line)
                for name, table in NESTED.items():
                    for part in line.get(name, []):
                        told.setdefault(table, set()).update(part)
    return told


@pytest.fixture
def admin(house: House) -> Actor:
    return join(house, "admin", house.people.member, Role.ORG_ADMIN)


@pytest.fixture
def full(house: House, admin: Actor) -> House:
    fill(house, admin)
    return house


def sources(house: House, actor: Actor) -> list[Source]:
    with house.private.read() as session:
        person = session.get_one(Person, actor.id)
    return [*of_person(person), *of_organization(actor.organization_id)]


def test_every_column_of_every_table_is_told_or_left_out_with_a_reason(full: House, admin: Actor) -> None:
    told = whole(sources(full, admin), full)
    for table in TABLES:
        if table.name in LEFT_OUT:
            continue
        left = {name.partition(".")[2] for name in LEFT_OUT if name.startswith(f"{table.name}.")}
        if table.name == "totp_factor":
            left |= {"person_id"}  # told as one line of the person
        columns = {column.name for column in table.columns}
        assert told.get(table.name, set()) & columns == columns - left, table.name


def test_the_list_of_what_is_left_out_names_nothing_that_is_not_there() -> None:
    known = {table.name for table in TABLES}
    known |= {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    assert set(LEFT_OUT) <= known
    assert all(LEFT_OUT.values())


def test_whatever_points_to_a_person_or_organization_is_looked_through(house: House, admin: Actor) -> None:
    """Each column that could name them is a way by which some file of the exports is found."""
    ways = {
        f"{column.table.name}.{column.name}"
        for source in sources(house, admin)
        for column in visitors.iterate(source.which)
        if isinstance(column, Column)
    }
    reached = {"submission_version.submission_id", "organization_application.organization_id"}
    for table in TABLES:
        for column in table.columns:
            named = f"{table.name}.{column.name}"
            if getattr(column.type, "length", None) != KEY_LENGTH or table.name in LEFT_OUT:
                continue
            to = {key.column.table.name for key in column.foreign_keys}
            if (column.primary_key and not to) or named in LEFT_OUT or to - {"person", "organization"}:
                continue
            if table.name == "totp_factor" or named in SAID_ELSEWHERE:
                continue
            assert named in ways | reached, named


SAID_ELSEWHERE = {
    "sign_in.organization_id": "sessions are their people's own",
    "provider_login.person_id": "is a way by person",
    "oauth_grant.provider_id": "points to a provider; it is told with the grant",
}


def test_no_secret_and_no_hash_leaves(full: House, admin: Actor) -> None:
    exports = full.side.custody.exports
    text = json.dumps(
        [opened(exports.oneself(admin)), opened(exports.organization(admin, admin.organization_id))]
    )
    for table in TABLES:
        for column in table.columns:
            name = f"{table.name}-{column.name}"
            if (
                any(word in column.name for word in ("hash", "sealed", "challenge", "public_key"))
                or f"{table.name}.{column.name}" in LEFT_OUT
            ):
                assert f"canary-{name}" not in text, name
    assert "argon2" not in text


def test_an_export_says_what_it_holds_and_what_not(full: House, admin: Actor) -> None:
    found = opened(full.side.custody.exports.organization(admin, admin.organization_id))
    about = found.pop("about.json")
    assert about["organization"] == admin.organization_id
    assert set(about["files"]) == set(found)
    assert about["left_out"] == LEFT_OUT
    assert [one["name"] for one in found["people.json"]] != []
    (report,) = found["reports.json"]
    assert report["versions"][0]["account"]["title"] == "canary-submission_version-account"


@pytest.mark.parametrize("name", ["member", "other_member", "reviewer", "steward"])
def test_an_export_of_an_organization_is_for_its_administrators(small_house: House, name: str) -> None:
    actor = getattr(small_house.people, name)
    for key in (small_house.people.member.organization_id, "0" * 32):
        with pytest.raises((NotFound, NotAllowed)):
            small_house.side.custody.exports.organization(actor, key)


def test_another_organization_is_not_found(house: House, admin: Actor) -> None:
    for key in (house.people.other_member.organization_id, "0" * 32):
        with pytest.raises(NotFound):
            house.side.custody.exports.organization(admin, key)


def test_nothing_of_others_is_in_an_export(full: House, admin: Actor) -> None:
    """Reports, people and programs of a neighbour, and a former organization's reports, stay away."""
    full.draft(full.people.other_member, title="A neighbour's secret title")
    full.side.directory.add_client(
        full.people.other_member.organization_id, "Neighbour's program", ["org:admin"]
    )
    for found in (
        full.side.custody.exports.oneself(admin),
        full.side.custody.exports.organization(admin, admin.organization_id),
    ):
        text = json.dumps(opened(found))
        for word in ("neighbour", "Neighbour", "other@example.org", "River Schools"):
            assert word not in text


def test_reports_stay_with_the_organization_that_a_person_left(house: House, admin: Actor) -> None:
    writer = join(house, "writer", house.people.member, Role.MEMBER)
    house.side.directory.grant(writer.id, house.people.other_member.organization_id, [Role.MEMBER])
    house.draft(writer, title="Written at the lake")
    assert "Written at the lake" in json.dumps(opened(house.side.custody.exports.person(OPERATOR, writer.id)))
    house.side.custody.handing_over.hand_over(admin, writer.id, admin.id)
    found = opened(house.side.custody.exports.oneself(again(house, writer)))
    assert found["reports.json"] == []
    assert [one["organization"] for one in found["roles.json"]] == ["River Schools"]


def test_an_export_is_recorded(house: House, admin: Actor) -> None:
    list(house.side.custody.exports.oneself(admin))
    list(house.side.custody.exports.organization(OPERATOR, admin.organization_id))
    rows = house.ask("SELECT subject, actor_role FROM audit_event WHERE action = 'export' ORDER BY id")
    assert [tuple(row) for row in rows] == [("person", "org-admin"), ("organization", "operator")]


@pytest.mark.parametrize("key", ["0" * 32, "nobody"])
def test_nobody_who_is_not_here_is_exported(small_house: House, key: str) -> None:
    with pytest.raises(NotFound):
        small_house.side.custody.exports.person(OPERATOR, key)


def make_drafts(house: House, actor: Actor, keys: list[str], size: int) -> None:
    """Drafts of an actor with texts of so many characters."""
    now = house.clock()
    with house.private.work() as session:
        for key in keys:
            keys_of(session).make(session, key)
        session.execute(
            insert(Submission),
            [
                {
                    "id": key,
                    "organization_id": actor.organization_id,
                    "author_id": actor.id,
                    "channel": "api",
                    "state": "draft",
                    "version": 1,
                    "lock": 1,
                    "sealed_title": sealed_title(session, key, "t"),
                    "receipt_hash": key,
                    "created_at": now,
                    "updated_at": now,
                }
                for key in keys
            ],
        )
        session.execute(
            insert(SubmissionVersion),
            [
                {
                    "submission_id": key,
                    "number": 1,
                    "sealed_account": sealed_account(session, key, 1, {"text": key * (size // len(key))}),
                    "author_id": actor.id,
                    "created_at": now,
                }
                for key in keys
            ],
        )


def test_thousands_of_reports_pass_through_little_memory(small_house: House) -> None:
    """Every row is there once, and no more than a page of them is ever held."""
    many, size = 12 * PAGE + 7, 8_000
    actor = small_house.people.member
    keys = [random_key() for _ in range(many)]
    make_drafts(small_house, actor, keys, size)
    small_house.private.engine.dispose()
    pieces = small_house.side.custody.exports.organization(OPERATOR, actor.organization_id)
    tracemalloc.start()
    before, kept, most = tracemalloc.get_traced_memory()[0], [], 0
    for piece in pieces:
        kept.append(piece)
        most = max(most, tracemalloc.get_traced_memory()[1] - before - sum(map(len, kept)))
    tracemalloc.stop()
    assert most < 40 * PAGE * size / 8, most
    found = opened(iter(kept))["reports.json"]
    assert sorted(one["id"] for one in found) == sorted(keys)
