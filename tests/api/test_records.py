"""Public records over the API: free to read, cheap to read again, and honest when erased."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from flask.testing import FlaskClient

from api.node import Node
from registry.account import Account
from registry.record import store
from registry.record.types import PublicRecord, RecordState, Tombstone
from tests.factories import account, publish, register_people


@pytest.fixture
def record(node: Node) -> PublicRecord:
    people = register_people(node.private)
    return node.records.read(publish(node, people, account()))


def test_a_record_is_its_canonical_payload(client: FlaskClient, record: PublicRecord) -> None:
    answer = client.get(f"/api/v1/records/{record.id}")
    assert answer.get_json() == record.to_json()
    assert PublicRecord.from_json(answer.get_json()) == record


def test_a_record_known_already_is_answered_304(client: FlaskClient, record: PublicRecord) -> None:
    first = client.get(f"/api/v1/records/{record.id}")
    again = client.get(f"/api/v1/records/{record.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    # The copy that the reader has came with these; another node asks every few minutes.
    assert "Content-Security-Policy" not in again.headers
    assert first.headers["Cache-Control"] == "public, max-age=60"


def test_a_revised_record_keeps_its_versions(client: FlaskClient, node: Node, record: PublicRecord) -> None:
    before = client.get(f"/api/v1/records/{record.id}").headers["ETag"]
    newer = dataclasses.replace(
        record,
        state=RecordState.REVISED,
        account=Account.from_json(account(title="A better title")),
    )
    with node.public.work() as session:
        store.revise(session, newer)
    listed = client.get(f"/api/v1/records/{record.id}/versions").get_json()["items"]
    assert [(line["revision"], line["state"]) for line in listed] == [(1, "published"), (2, "revised")]
    assert listed[0]["previous"] is None
    assert len(listed[1]["previous"]) == 64
    first = client.get(f"/api/v1/records/{record.id}/versions/1").get_json()
    second = client.get(f"/api/v1/records/{record.id}/versions/2").get_json()
    assert (first["account"]["title"], second["account"]["title"]) == (
        record.account.title,
        "A better title",
    )
    assert client.get(f"/api/v1/records/{record.id}").headers["ETag"] != before


@pytest.mark.parametrize("tail", ["", "/versions", "/versions/1", "/similar"])
def test_an_erased_record_is_gone_with_reason_and_successor(
    client: FlaskClient, node: Node, record: PublicRecord, tail: str
) -> None:
    with node.public.work() as session:
        store.erase(session, Tombstone(record.id, "court order", date(2026, 11, 24), "aiid:7"))
    answer = client.get(f"/api/v1/records/{record.id}{tail}")
    assert (answer.status_code, answer.mimetype) == (410, "application/problem+json")
    problem = answer.get_json()
    assert (problem["reason"], problem["successor"]) == ("court order", "aiid:7")
    assert record.account.title.encode() not in answer.data


@pytest.mark.parametrize(
    "tail",
    ["AIR-AAAAAAAAAA-2026-000001", "aiid:1", "aiid:1/versions", "aiid:1/versions/1", "aiid:1/similar", "x"],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, tail: str) -> None:
    answer = client.get(f"/api/v1/records/{tail}")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("number", ["0", "2", "-1", "1.0", "9" * 5000])
def test_a_revision_that_is_none_is_not_found(client: FlaskClient, record: PublicRecord, number: str) -> None:
    assert client.get(f"/api/v1/records/{record.id}/versions/{number}").status_code == 404
