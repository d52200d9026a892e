"""Rows as the first layouts of the private database have them, by table."""

from __future__ import annotations

from typing import Any

from tests.conftest import SettableClock

ORG, PERSON, SENT = "a" * 32, "b" * 32, "c" * 32
Rows = dict[str, list[dict[str, Any]]]


def people_of_p001(clock: SettableClock) -> Rows:
    now = clock.now
    return {
        "organization": [
            {
                "id": ORG,
                "name": "Ligne de santé 健康",
                "descriptor": "a health NGO",
                "language": "fr",
                "active": True,
                "demo": False,
                "created_at": now,
            }
        ],
        "person": [
            {
                "id": PERSON,
                "email": "a@example.org",
                "name": "Amal",
                "language": "ar",
                "password_hash": "h",
                "active": False,
                "created_at": now,
            }
        ],
        "membership": [{"id": "m" * 32, "person_id": PERSON, "organization_id": ORG, "role": "member"}],
        "client": [
            {
                "id": "k" * 32,
                "organization_id": ORG,
                "name": "tool",
                "scopes": "submissions:read",
                "token_hash": "t" * 64,
                "active": True,
                "created_at": now,
            }
        ],
    }


def traces_of_p001(clock: SettableClock) -> Rows:
    now = clock.now
    return {
        "sign_in": [
            {
                "secret_hash": "s" * 64,
                "person_id": PERSON,
                "organization_id": ORG,
                "started_at": now,
                "expires_at": now,
                "ended_at": None,
            }
        ],
        "outbox_job": [
            {
                "id": "j" * 32,
                "kind": "publication.due",
                "payload": {"n": 1},
                "not_before": now,
                "lease_until": None,
                "lease_key": None,
                "attempts": 3,
                "done_at": None,
            }
        ],
        "audit_event": [
            {
                "id": number,
                "at": now,
                "subject": "person",
                "subject_id": PERSON,
                "action": "register",
                "old": None,
                "new": None,
                "reason": None,
                "actor_id": None,
                "actor_role": "registry",
                "organization_id": None,
            }
            for number in (1, 2)
        ],
    }


def rows_of_p001(clock: SettableClock) -> Rows:
    return people_of_p001(clock) | traces_of_p001(clock)


def rows_of_p002(clock: SettableClock) -> Rows:
    now = clock.now
    return {
        "submission": [
            {
                "id": SENT,
                "organization_id": ORG,
                "author_id": PERSON,
                "channel": "form",
                "state": "draft",
                "version": 1,
                "lock": 1,
                "title": "T",
                "receipt_hash": "r" * 64,
                "record_id": None,
                "demo": False,
                "created_at": now,
                "updated_at": now,
                "submitted_at": None,
            }
        ],
        "submission_version": [
            {
                "submission_id": SENT,
                "number": 1,
                "account": {"title": "T", "text": "é" * 500},
                "author_id": PERSON,
                "created_at": now,
            }
        ],
    }
