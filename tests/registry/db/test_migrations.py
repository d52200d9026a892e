"""Migrations: the newest layout is that of the tables, and each step goes both ways."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.exc import DBAPIError

from registry.audit import AuditRow
from registry.custody.models import ErasureRow
from registry.db import migrate
from registry.db.layout import Side, current, newest, require_current
from registry.db.private import PrivateBase, PrivateDatabase
from registry.db.public import PublicBase, PublicDatabase
from registry.db.unit import Database
from registry.errors import Unavailable
from registry.identity.factors.models import Passkey
from registry.identity.models import Person
from registry.identity.oauth.models import Grant
from registry.identity.providers.models import IdentityProvider
from registry.identity.tenants.models import Application
from registry.intake.identities.models import ReportOffer
from registry.intake.models import Submission
from registry.outbox import OutboxJob
from registry.publication.green.models import PartnerRow
from registry.publication.models import Handover
from registry.record.models import RecordRow
from registry.review.models import Claim

TABLES = {Side.PRIVATE: PrivateBase.metadata, Side.PUBLIC: PublicBase.metadata}
PRIVATE_TABLES = (
    AuditRow,
    OutboxJob,
    Person,
    Grant,
    Passkey,
    IdentityProvider,
    Application,
    Submission,
    ReportOffer,
    Claim,
    ErasureRow,
    Handover,
    PartnerRow,
)
"""One of each module, so that all have been imported."""

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")
"""Where in memory a condition of an index lies."""


@pytest.fixture(params=list(Side))
def side(request: pytest.FixtureRequest) -> Side:
    chosen: Side = request.param
    return chosen


@pytest.fixture
def database(side: Side, addresses: tuple[str, str]) -> Iterator[Database]:
    made = PrivateDatabase(addresses[0]) if side is Side.PRIVATE else PublicDatabase(addresses[1])
    yield made
    made.close()


def layout(database: Database) -> dict[str, list[str]]:
    """Every table with its columns, constraints, indexes and triggers, as comparable text."""
    with database.engine.connect() as connection:
        found = inspect(connection)
        tables = {
            name: sorted(
                _ADDRESS.sub("", str(part))
                for part in (
                    *found.get_columns(name),
                    *found.get_foreign_keys(name),
                    *found.get_unique_constraints(name),
                    *found.get_indexes(name),
                    found.get_pk_constraint(name),
                )
            )
            for name in found.get_table_names()
            if name != "alembic_version"
        }
        query = {
            "sqlite": "SELECT name || ' ' || sql FROM sqlite_master WHERE type = 'trigger'",
            "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal UNION ALL"
            " SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        }[connection.dialect.name]
        triggers = sorted(row[0] for row in connection.execute(text(query)))
    return tables | ({"triggers": triggers} if triggers else {})


def test_the_newest_layout_is_that_of_the_tables(database: Database, side: Side) -> None:
    migrate.upgrade(database, side)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, TABLES[side]) == []


def test_each_step_goes_up_down_and_up_again(database: Database, side: Side) -> None:
    assert layout(database) == {}
    before: dict[str, list[str]] = {}
    below = "base"
    for revision in migrate.revisions(side):
        migrate.upgrade(database, side, revision)
        after = layout(database)
        assert after != before
        migrate.downgrade(database, side, below)
        assert layout(database) == before
        migrate.upgrade(database, side, revision)
        assert layout(database) == after
        before, below = after, revision
    migrate.downgrade(database, side, "base")
    assert layout(database) == {}
    migrate.upgrade(database, side)
    assert layout(database) == before


def test_going_up_twice_changes_nothing(database: Database, side: Side) -> None:
    migrate.upgrade(database, side)
    once = layout(database)
    migrate.upgrade(database, side)
    assert layout(database) == once
    require_current(database, side)


def test_a_step_that_fails_leaves_nothing_behind(database: Database, side: Side) -> None:
    last_made = "sign_in" if side is Side.PRIVATE else "tombstone"
    with database.work() as session:
        session.execute(text(f"CREATE TABLE {last_made} (in_the_way INTEGER)"))
    before = layout(database)
    with pytest.raises((DBAPIError, Unavailable)):
        migrate.upgrade(database, side)
    assert layout(database) == before
    assert current(database) is None


def test_an_old_layout_is_refused_by_name(database: Database, side: Side) -> None:
    with pytest.raises(Unavailable, match=f"{side.value} database has an older layout"):
        require_current(database, side)


def test_a_layout_one_step_behind_is_refused(database: Database, side: Side) -> None:
    below = ["base", *migrate.revisions(side)][-2]
    migrate.upgrade(database, side)
    migrate.downgrade(database, side, below)
    assert current(database) == (None if below == "base" else below)
    with pytest.raises(Unavailable):
        require_current(database, side)


def test_the_newest_layout_is_the_one_that_alembic_ends_with(side: Side) -> None:
    assert newest(side) == migrate.revisions(side)[-1]


@pytest.mark.parametrize("metadata", TABLES.values(), ids=TABLES)
def test_every_constraint_has_a_name(metadata: MetaData) -> None:
    constraints = [one for table in metadata.tables.values() for one in table.constraints]
    assert constraints
    assert all(one.name for one in constraints)


def test_the_sides_share_no_table() -> None:
    assert {table.__tablename__ for table in PRIVATE_TABLES} <= set(PrivateBase.metadata.tables)
    assert RecordRow.__tablename__ in PublicBase.metadata.tables
    assert not set(PrivateBase.metadata.tables) & set(PublicBase.metadata.tables)


def test_the_public_side_has_no_column_for_people_or_organizations_or_times() -> None:
    columns = [column for table in PublicBase.metadata.tables.values() for column in table.columns]
    forbidden = ("person", "organization", "email", "actor", "author", "reviewer", "submission", "_at")
    assert not [str(c) for c in columns if any(word in c.name for word in forbidden)]
    assert not [str(c) for c in columns if "DATETIME" in str(c.type).upper() or "TIME" in str(c.type).upper()]
