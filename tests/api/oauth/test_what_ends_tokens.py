"""Ending any of what stands behind a token ends it at once, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.api.oauth.conftest import CALLBACK, KINDS, Town, error

FACTS = {"program": KINDS["foreign"], "other_program": KINDS["web"]}
MEMBER = "(SELECT id FROM person WHERE email = 'member@example.org')"
OURS = "(SELECT id FROM organization WHERE name = 'Lake Health')"
THEIRS = "(SELECT id FROM organization WHERE name = 'River Schools')"
# what happens → status for the program by itself, and for a member of Lake Health through this
# program of River Schools
TABLE = [
    ("organization SET state = 'suspended' WHERE id = " + THEIRS, 401, 401),
    ("organization SET state = 'erased' WHERE id = " + THEIRS, 401, 401),
    ("organization SET state = 'suspended' WHERE id = " + OURS, 200, 401),
    ("client SET active = false WHERE id = :program", 401, 401),
    ("client SET scopes = 'reviews:read' WHERE id = :program", 403, 403),
    ("person SET active = false WHERE id = " + MEMBER, 200, 401),
    ("membership SET organization_id = " + THEIRS + " WHERE person_id = " + MEMBER, 200, 401),
    ("membership SET role = 'reviewer' WHERE person_id = " + MEMBER, 200, 403),
    ("oauth_grant SET revoked_at = granted_at WHERE client_id = :program", 200, 401),
    ("oauth_grant SET expires_at = granted_at WHERE client_id = :program", 200, 401),
    ("oauth_grant SET scopes = 'reviews:read'", 200, 403),
    ("oauth_grant SET organization_id = " + THEIRS, 200, 401),
    ("oauth_grant SET client_id = :other_program", 200, 401),
    ("organization SET state = 'active'", 200, 200),
]


@pytest.mark.parametrize(("change", "program", "person"), TABLE)
def test_what_ends_tokens(town: Town, change: str, program: int, person: int) -> None:
    _try(town, change, program, person)


def test_what_ends_tokens_on_either_engine(town: Town) -> None:
    change, program, person = TABLE[2]
    _try(town, change, program, person)


REST = [
    ("person SET active = {}", "false", "true"),
    ("organization SET state = {} WHERE name = 'Lake Health'", "'suspended'", "'active'"),
]


@pytest.mark.parametrize(("whose", "stop", "go"), REST)
def test_what_rests_renews_nothing_and_loses_nothing(town: Town, whose: str, stop: str, go: str) -> None:
    waiting = town.code("foreign")
    refresh = (town.redeem(town.code("foreign"), "foreign").json or {})["refresh_token"]
    _change(town, whose.format(stop))
    assert error(town.refresh(refresh, "foreign")) == (400, "invalid_grant")
    assert error(town.redeem(waiting, "foreign")) == (400, "invalid_grant")
    _change(town, whose.format(go))
    assert town.refresh(refresh, "foreign").status_code == 200
    assert town.redeem(waiting, "foreign").status_code == 200


def _try(town: Town, change: str, program: int, person: int) -> None:
    of_program = (town.token("foreign", grant_type="client_credentials").json or {})["access_token"]
    given = town.redeem(town.code("foreign", scope="submissions:read"), "foreign", redirect_uri=CALLBACK)
    of_person = (given.json or {})["access_token"]
    assert (town.mine(of_program), town.mine(of_person)) == (200, 200)
    _change(town, change)
    assert (town.mine(of_program), town.mine(of_person)) == (program, person)


def _change(town: Town, change: str) -> None:
    with town.node.private.database.work() as session:
        session.execute(text("UPDATE " + change), {k: v for k, v in FACTS.items() if f":{k}" in change})
