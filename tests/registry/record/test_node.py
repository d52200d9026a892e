"""Who the node is: an id that anybody can check, and a key that nobody else can read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import stat
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from registry.errors import SettingError
from registry.record.ids import air_id
from registry.record.node import NodeIdentity, create_node, load_node, load_signing_key

DAY = date(2026, 11, 24)


def test_the_id_can_be_computed_from_the_descriptor_by_anybody(tmp_path: Path) -> None:
    node = create_node(tmp_path / "node", DAY, "Lake")
    written = json.loads((tmp_path / "node" / "node.json").read_text("utf-8"))
    # Canonical JSON of plain ASCII strings is sorted keys without blanks.
    plain = json.dumps(written, sort_keys=True, separators=(",", ":")).encode("ascii")
    expected = base64.b32encode(hashlib.sha256(plain).digest()).decode("ascii").rstrip("=")
    assert node.id == expected
    assert len(node.id) == 52
    assert air_id(node.id, 2026, 1).startswith(f"AIR-{node.short}-")


def test_the_descriptor_holds_the_public_half_of_the_kept_key(tmp_path: Path) -> None:
    node = create_node(tmp_path, DAY, "Lake")
    private = load_pem_private_key((tmp_path / "node.key").read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(node.genesis["key"]))
    public.verify(private.sign(b"a checkpoint"), b"a checkpoint")
    assert node.genesis["created"] == "2026-11-24"
    assert (node.public_key, load_signing_key(tmp_path).public_key()) == (public.public_bytes_raw(), public)


def test_the_log_has_a_name_that_no_other_has(tmp_path: Path) -> None:
    names = [create_node(tmp_path / key, DAY, "Lake + Sea").origin for key in ("a", "b")]
    assert all(re.fullmatch(r"lake-sea-[0-9a-f]{8}/air-log", name) for name in names)
    assert names[0] != names[1]
    assert create_node(tmp_path / "c", DAY, "lake.example").origin == "lake.example/air-log"
    assert create_node(tmp_path / "d", DAY, "湖").origin.startswith("node-")


def test_a_log_of_old_has_a_name_that_notes_can_bear(tmp_path: Path) -> None:
    node = create_node(tmp_path, DAY, "Lake")
    assert NodeIdentity(node.id, node.genesis | {"origin": "Incident Commons/air-log"}).origin == (
        "Incident-Commons/air-log"
    )


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for content in (b"", b"-----BEGIN PRIVATE KEY-----"):
        (tmp_path / "node.key").write_bytes(content)
        with pytest.raises(SettingError, match="node"):
            load_signing_key(tmp_path)


def test_a_node_is_made_once(tmp_path: Path) -> None:
    first = create_node(tmp_path, DAY, "Lake")
    key = (tmp_path / "node.key").read_bytes()
    assert create_node(tmp_path, date(2027, 1, 1), "Other name") == first
    assert load_node(tmp_path) == first
    assert (tmp_path / "node.key").read_bytes() == key


def test_two_nodes_are_never_the_same(tmp_path: Path) -> None:
    assert create_node(tmp_path / "a", DAY, "Lake").id != create_node(tmp_path / "b", DAY, "Lake").id


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    create_node(tmp_path, DAY, "Lake")
    assert stat.S_IMODE((tmp_path / "node.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [None, "", "{broken"])
def test_a_folder_without_a_node_says_what_to_do(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "node.json").write_text(content, "utf-8")
    with pytest.raises(SettingError, match="commons init"):
        load_node(tmp_path)


def test_a_changed_descriptor_is_another_node(tmp_path: Path) -> None:
    node = create_node(tmp_path, DAY, "Lake")
    file = tmp_path / "node.json"
    file.write_text(file.read_text("utf-8").replace("2026-11-24", "2026-11-25"), "utf-8")
    assert load_node(tmp_path).id != node.id


def test_a_half_made_node_is_finished_with_a_fitting_pair(tmp_path: Path) -> None:
    """A crash between key and descriptor: the next start makes a pair that fits together."""
    create_node(tmp_path, DAY, "Lake")
    (tmp_path / "node.json").unlink()
    again = create_node(tmp_path, DAY, "Lake")
    private = load_pem_private_key((tmp_path / "node.key").read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)
    assert base64.b64encode(private.public_key().public_bytes_raw()).decode("ascii") == again.genesis["key"]
