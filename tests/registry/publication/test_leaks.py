"""What the public database must not hold: who reported, who reviewed, under which key, at what hour."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import DateTime, Time, inspect

from api.node import Node
from registry.record.node import KEY_FILE
from tests.conftest import SettableClock
from tests.factories import account, publish, register_people
from tests.registry.house import House

KEY = re.compile(r"[0-9a-f]{32}")
TIME = re.compile(r"(?<![0-9])(?:[01][0-9]|2[0-3]):[0-5][0-9]")
PRIVATE_TABLES = 12


@pytest.fixture
def busy(house: House) -> House:
    """A house with reports in every state, some of them published; nothing happens at a round time."""
    people, side = house.people, house.side
    house.clock.forward(hours=4, minutes=11, seconds=23)
    for number in range(4):
        _accepted_at_odd_times(house, f"P{number}")
    side.intake.create(
        people.other_member, account(title="Kept"), channel="api", submit=True, idempotency_key="retry-me"
    )
    house.draft(title="Never sent")
    house.clock.forward(hours=1)
    assert len(side.publication.publish_batch()) == 4
    return house


def public_bytes(house: House) -> bytes:
    """All that the public database holds: of SQLite the very files, of PostgreSQL every row."""
    texts = repr([list(row) for row in public_rows(house)]).encode()
    files = Path(house.public.address.removeprefix("sqlite:///")).parent.glob("public.sqlite*")
    return texts + b"".join(path.read_bytes() for path in files)


def public_rows(house: House) -> list[tuple[object, ...]]:
    with house.public.read() as session:
        connection = session.connection()
        names = inspect(connection).get_table_names()
        assert {"record", "record_version", "publication", "counter"} <= set(names)
        return [tuple(row) for name in names for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608 - names the database gave


def private_values(house: House) -> list[object]:
    """Every value of the private database."""
    with house.private.read() as session:
        connection = session.connection()
        names = [name for name in inspect(connection).get_table_names() if not name.startswith("alembic")]
        assert len(names) >= PRIVATE_TABLES
        rows = [row for name in names for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]  # noqa: S608 - names the database gave
    return [value for row in rows for value in row]


def spellings(key: str) -> Iterable[bytes]:
    """A key as text, as bytes, and as base64 of both."""
    raw = bytes.fromhex(key)
    yield from (key.encode(), key.upper().encode(), raw)
    yield base64.b64encode(raw).rstrip(b"=")
    yield base64.b64encode(key.encode())[:40]


def test_no_private_key_is_public(busy: House) -> None:
    """Organizations, people, reports, versions, claims, jobs: only the door's tokens are on both sides."""
    told = public_bytes(busy)
    keys = {value for value in private_values(busy) if isinstance(value, str) and KEY.fullmatch(value)}
    tokens = {row[0] for row in busy.ask("SELECT token FROM handover")}
    assert len(tokens) == 4
    people = busy.people
    for actor in (people.member, people.other_member, people.reviewer, people.steward):
        assert {actor.id, actor.organization_id} <= keys
    assert all(token.encode() in told for token in tokens), "the search below would find them"
    assert not [key for key in keys - tokens for spelling in spellings(key) if spelling in told]


def test_a_token_means_nothing_elsewhere(busy: House) -> None:
    """It is no key of anything else, and not computed from one: two reports never share it."""
    tokens = [row[0] for row in busy.ask("SELECT token FROM handover")]
    values = [value for value in private_values(busy) if isinstance(value, str)]
    assert [values.count(token) for token in tokens] == [1] * 4


def test_no_name_address_note_or_code_is_public(busy: House) -> None:
    told = public_bytes(busy)
    rows = [tuple(row) for row in busy.ask("SELECT id, receipt_hash FROM submission")]
    codes = [
        busy.side.intake.receipt(busy.people.member, row[0])
        for row in busy.ask(
            "SELECT id FROM submission WHERE organization_id = :key", key=busy.people.member.organization_id
        )
    ]
    secrets = [
        *("Lake Health", "River Schools", "Open Review", "Node Office", "example.org", "Member", "Reviewer"),
        *("Say a little more", "Thank you for this", "retry-me", "Never sent", "Kept", "Published at first"),
        *(row[1] for row in rows),
        *codes,
        *(code.replace(" ", "") for code in codes),
    ]
    # The account itself names this address as a source; it is the only one.
    told = told.replace(b"https://example.org/notice", b"")
    assert len(codes) == 5
    assert not [secret for secret in secrets if secret.encode() in told]
    assert b"an organization like Lake" in told, "the description that it chose is public"
    assert b"P3" in told


def test_no_time_of_day_is_public(busy: House) -> None:
    told = public_bytes(busy)
    moments = {as_moment(value) for value in private_values(busy)} - {None}
    assert len(moments) > 20
    for moment in moments:
        assert moment is not None
        seconds = int(moment.timestamp())
        for spelled in (f"{moment:%H:%M:%S}", f"{moment:%H:%M}", f"{moment:%H%M%S}Z", str(seconds)):
            assert spelled.encode() not in told
        assert seconds.to_bytes(8, "big") not in told
    assert not TIME.search(repr(public_rows(busy)))
    assert busy.clock.now.date().isoformat().encode() in told, "the day of publication is public"


def test_no_column_of_the_public_side_could_hold_a_time(house: House) -> None:
    with house.public.read() as session:
        found = inspect(session.connection())
        columns = [column for name in found.get_table_names() for column in found.get_columns(name)]
    assert len(columns) > 15
    assert not [column["name"] for column in columns if isinstance(column["type"], DateTime | Time)]


def test_reports_of_one_day_do_not_tell_their_hours(house: House, clock: SettableClock) -> None:
    """Sent at both ends of a day, they differ in nothing public but number, words, salt and commitment."""
    early = house.accepted(title="Early")
    clock.forward(hours=14)
    late = house.accepted(title="Later")
    house.side.publication.publish_batch()
    told = {}
    for key in (early, late):
        record = house.records.read(house.side.intake.read(house.people.member, key).summary.record_id or "")
        raw = record.to_json()
        raw["account"].pop("title")
        raw.pop("id")
        told[key] = raw
    assert told[early] == told[late]


def test_the_nodes_own_key_stays_in_its_folder(any_node: Node) -> None:
    publish(any_node, register_people(any_node.private), account())
    pem = (any_node.settings.data_dir / KEY_FILE).read_bytes()
    loaded = load_pem_private_key(pem, None)
    assert isinstance(loaded, Ed25519PrivateKey)
    secret = loaded.private_bytes_raw()
    databases = (any_node.public, any_node.private.database)
    told = b""
    for database in databases:
        with database.read() as session:
            connection = session.connection()
            for name in inspect(connection).get_table_names():
                rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()  # noqa: S608 - names the database gave
                told += repr([tuple(row) for row in rows]).encode()
    assert b"Chatbot told patients" in told
    inner = pem.split(b"-----")[2].replace(b"\n", b"")
    for spelled in (secret, secret.hex().encode(), base64.b64encode(secret), inner, repr(secret).encode()):
        assert spelled not in told


def as_moment(value: object) -> datetime | None:
    """A value of the private database as a time, if it is one."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, str) and re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:", value):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return None


def _accepted_at_odd_times(house: House, title: str) -> None:
    people, reviews, intake = house.people, house.side.reviews, house.side.intake
    key = house.submitted(title="Published at first")
    acts: list[Callable[[], object]] = [
        lambda: reviews.claim(people.reviewer, key),
        lambda: reviews.request_changes(people.reviewer, key, "Say a little more."),
        lambda: intake.revise(people.member, key, account(title=title), expected=None),
        lambda: intake.submit(people.member, key),
        lambda: reviews.accept(people.reviewer, key, "Thank you for this."),
    ]
    for act in acts:
        house.clock.forward(minutes=13, seconds=17)
        act()
