"""Whoever takes the database, its log of writes or the index, but not the keyring, reads nothing."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import select

from api.node import Node
from registry.db.private import PrivateBase, PrivateDatabase
from registry.errors import SettingError
from registry.intake.personal.things import name_of
from tests.factories import account, keep_details, register_people
from web.wiring import build, close

ENOUGH = 7
"""Bytes from which a find is no chance."""
PLANTED = {
    "title": "Quokkas in the ledger",
    "text": "A wombatlike assistant answered. Write to Ottoline Brackenbury, ottoline@quillfeather.example.",
    "note": "Please mention the echidnas.",
}
WORDS = (
    "Quokkas",
    "wombatlike",
    "Ottoline",
    "Brackenbury",
    "quillfeather",
    "echidnas",
    "Platypus",
    "bandicoot",
)


def all_bytes(database: PrivateDatabase) -> bytes:
    """All that somebody who copies the database has: the files, or every row where there are none."""
    if database.address.startswith("sqlite:///"):
        path = Path(database.address.removeprefix("sqlite:///"))
        return b"".join(one.read_bytes() for one in sorted(path.parent.glob(path.name + "*")))
    with database.read() as session:
        rows = [
            str(tuple(row)) + repr([bytes(part) for part in row if isinstance(part, (bytes, memoryview))])
            for table in PrivateBase.metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    return "\n".join(rows).encode()


def forms(word: str) -> list[bytes]:
    """A word as it may stand in a file: as it is, in other letters, in base64 at any offset, as a hash."""
    raw = word.encode()
    shifted = [base64.b64encode(b"\0" * pad + raw)[4:-4] for pad in range(3)]
    hashes = [name_of(word).encode(), hashlib.sha256(raw).hexdigest().encode(), hashlib.sha256(raw).digest()]
    return [raw, raw.lower(), raw.upper(), word.encode("utf-16-le"), raw.hex().encode(), *shifted, *hashes]


def write_all(node: Node) -> None:
    """Put the planted words into every text that people write on the way of a report."""
    side, people = node.private, register_people(node.private)
    raw = account(title=PLANTED["title"], text=PLANTED["text"], links=["https://example.org/bandicoot"])
    made = side.intake.create(people.member, raw, channel="api", idempotency_key="k")
    key = made.view.summary.id
    side.personal.choose(people.member, key, {name_of("ottoline@quillfeather.example"): "keep"}, expected=1)
    raw["response"]["lessons"] = "Platypus drills."
    side.intake.revise(people.member, key, raw, expected=None)
    side.intake.submit(people.member, key)
    side.reviews.claim(people.reviewer, key)
    side.reviews.request_changes(people.reviewer, key, PLANTED["note"])
    side.intake.submit(people.member, key)
    keep_details(side, people.reviewer, key)
    side.intake.create(people.member, {"title": "Quokkas again"}, channel="form")
    side.reviews.decline(people.reviewer, key, "other", PLANTED["note"])


def test_no_planted_word_stands_in_the_database(any_node: Node) -> None:
    write_all(any_node)
    held = all_bytes(any_node.private.database)
    assert b"draft" in held
    found = [(word, form) for word in WORDS for form in forms(word) if len(form) >= ENOUGH and form in held]
    assert found == []


def test_no_planted_word_stands_in_any_file_of_the_node_and_nothing_opens_without_the_keyring(
    node: Node,
) -> None:
    write_all(node)
    folder = node.settings.data_dir
    keyring = node.settings.keyring_path
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            held = path.read_bytes()
            assert [word for word in WORDS if word.encode() in held] == [], path.name
            assert path == keyring or keyring.read_bytes() not in held
    keyring.unlink()
    with pytest.raises(SettingError, match="keyring"):
        close(build(node.settings, node.clock))


def test_logs_and_errors_hold_no_word_and_no_key(node: Node, capfd: pytest.CaptureFixture[str]) -> None:
    write_all(node)
    node.private.custody.retention.run()
    said = "".join(capfd.readouterr())
    assert [word for word in WORDS if word in said] == []
