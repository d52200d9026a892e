"""``commons ledger``: a log is checked in the database, as files and over HTTP, and faults are said."""

from __future__ import annotations

import base64
import json
import sqlite3
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.node import Node
from registry.federation.rules import Scope
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.cosignatures import Witness
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import parse_vkey
from registry.ledger.models import CosignatureRow
from registry.ledger.proof_files import parse_proof_file
from registry.record import store
from registry.record.ids import air_id
from registry.record.node import load_node
from tests.api.live import serving
from tests.conftest import SettableClock
from tests.registry.federation.conftest import here_in
from tests.registry.ledger.checked import keep
from tests.registry.ledger.vectors import VKEY
from tests.registry.record.samples import record
from tests.web.cli.conftest import Shell

COUNT = 300


@pytest.fixture
def filled(shell: Shell) -> Node:
    """The node of the shell with records; its log is signed by a command."""
    with shell.node() as node, node.public.work() as session:
        keep(session, *range(1, COUNT + 1), home=node.identity.id)
        store.create(session, record("aiid:1"))
    assert shell.run("publish", "--now").code == 0
    return node


def test_the_log_of_the_node_is_whole(shell: Shell, filled: Node) -> None:
    found = shell.json("ledger", "verify")
    assert (found["whole"], found["size"], found["payloads"]) == (True, COUNT, COUNT)
    assert found["origin"] == load_node(shell.folder).origin
    said = shell.run("ledger", "verify")
    assert said.out.startswith(f"The log of {found['origin']} is whole: {COUNT} entries, root ")
    assert f"{COUNT} of {COUNT}" in said.err


def test_a_record_is_proved_by_a_file_and_the_key(shell: Shell, filled: Node) -> None:
    key = air_id(filled.identity.id, 2026, 7)
    file = shell.folder / "seven.tlog-proof"
    said = shell.json("ledger", "proof", key, "--output", file)
    assert (said["id"], said["op"], said["file"]) == (key, "create", str(file))
    leaf = base64.b64decode(said["leaf"])
    proof = parse_proof_file(file.read_bytes())
    assert proof.check(leaf_hash(leaf), parse_vkey(said["key"])).size == COUNT
    missing = shell.run("ledger", "proof", "aiid:1", "--output", file)
    assert (missing.code, "log of this node" in missing.err) == (1, True)


def test_the_log_as_files_is_whole_and_a_changed_one_is_found(shell: Shell, filled: Node) -> None:
    folder = shell.folder / "log"
    assert shell.json("ledger", "export", folder)["entries"] == COUNT
    found = shell.json("ledger", "verify", folder)
    assert (found["whole"], found["payloads"], found["key_given"]) == (True, None, False)
    key = (folder / "key").read_text().strip()
    assert shell.json("ledger", "verify", folder, "--key", key)["key_given"] is True
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    hashes = {"tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"}
    assert files == {"checkpoint", "key", "tile/entries/000", "tile/entries/001.p/44", *hashes}
    again = shell.json("ledger", "export", folder)
    assert again["entries"] == COUNT

    (folder / "tile/entries/001.p/44").rename(folder / "aside")
    assert "tile/entries/001 cannot be read" in shell.run("ledger", "verify", folder).out
    (folder / "aside").rename(folder / "tile/entries/001.p/44")

    bundle = folder / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b"2026-11-24", b"2026-11-23", 1))
    said = shell.run("ledger", "verify", folder)
    assert said.code == 1
    assert said.out.startswith("tile/0/000 is not what the entries lead to.")
    bundle.unlink()
    gone = shell.run("ledger", "verify", folder, "--json")
    assert (gone.code, '"reason": "file-missing"' in gone.out) == (1, True)


def test_the_log_of_an_address_is_whole(shell: Shell, filled: Node) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    with shell.node() as node, serving(node) as port:
        for address in (f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}/ledger/"):
            found = shell.json("ledger", "verify", address)
            assert (found["whole"], found["size"], found["payloads"]) == (True, COUNT, COUNT)
        wrong = shell.run("ledger", "verify", f"http://127.0.0.1:{port}/nothing")
        assert (wrong.code, "could not be read (404)" in wrong.out) == (1, True)


def test_a_copy_is_checked_at_its_address_also_where_payloads_were_left_out(
    shell: Shell, clock: SettableClock
) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    with shell.node() as node:
        here = here_in(node.public, node.identity, clock)
        here.other.publish(COUNT)
        here.follow(scope=Scope(frozenset({"statement"})))
        here.pull()
        with serving(node) as port:
            address = f"http://127.0.0.1:{port}/mirror/{here.other.identity.id}"
            found = shell.json("ledger", "verify", address)
            said = shell.run("ledger", "verify", address, "--key", here.other.signer.key.vkey)
            forged = shell.run("ledger", "verify", address, "--key", VKEY)
    assert (found["whole"], found["size"], found["payloads"]) == (True, COUNT, 0)
    assert f"0 payloads fit, {COUNT} are not in this copy." in said.out
    assert (forged.code, "No key that is known here signed" in forged.out) == (1, True)


def test_the_log_gets_another_key_and_is_whole_for_whoever_knows_one_of_both(
    shell: Shell, filled: Node
) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    with shell.node() as node:
        first = node.log.key.vkey
    asked = shell.run("ledger", "rotate-key")
    assert (asked.code, "Aborted" in asked.err) == (1, True)
    new = shell.json("ledger", "rotate-key", "--yes")["key"]
    with shell.node() as node:
        assert (node.log.key.vkey, node.identity.id) == (new, filled.identity.id)
        keep_one(node)
        folder = shell.folder / "log"
        assert shell.json("ledger", "export", folder)["entries"] == COUNT + 2
        with serving(node) as port:
            for target in ([], [str(folder)], [f"http://127.0.0.1:{port}"]):
                for key in (first, new):
                    found = shell.json("ledger", "verify", *target, "--key", key)
                    assert (found["whole"], found["size"]) == (True, COUNT + 2)
            assert shell.json("ledger", "verify", f"http://127.0.0.1:{port}")["whole"] is True
    said = shell.run("ledger", "verify", folder, "--key", VKEY)
    assert (said.code, "is no key that this log has had" in said.out) == (1, True)
    told = json.loads((folder / "rotations").read_text())
    for damage, words in (
        ({"items": []}, "No key that is known here"),
        ({"items": [told["items"][0] | {"index": 3}]}, f"Entry {COUNT}: the key is changed to another one"),
        ({"items": [told["items"][0] | {"salt": base64.b64encode(bytes(32)).decode()}]}, f"Entry {COUNT}"),
    ):
        (folder / "rotations").write_text(json.dumps(damage))
        assert words in shell.run("ledger", "verify", folder, "--key", first).out


def keep_one(node: Node) -> None:
    """One more record, signed."""
    with node.public.work() as session:
        keep(session, COUNT + 1, home=node.identity.id)
    node.log.publish()


def test_witnesses_that_are_known_are_counted(shell: Shell, filled: Node) -> None:
    shell.variables["COMMONS_ALLOW_LOOPBACK"] = "yes"
    witness = Witness("far.example/witness", Ed25519PrivateKey.generate(), lambda: 0)
    assert shell.json("ledger", "verify")["cosigners"] == []
    with shell.node() as node:
        signed = open_checkpoint(node.log_reader.checkpoint(), node.log.key)
        with node.public.work() as session:
            row = CosignatureRow(name=witness.name, size=COUNT, line=witness.line(signed))
            session.add(row)
        with serving(node) as port:
            address = f"http://127.0.0.1:{port}"
            found = shell.json("ledger", "verify", address, "--witness", witness.key.vkey)
            unknown = shell.run("ledger", "verify", address)
    assert found["cosigners"] == [witness.name]
    assert "No known witness cosigned it." in unknown.out
    said = shell.run("ledger", "verify", "--witness", witness.key.vkey)
    assert "Cosigned by 1: far.example/witness." in said.out
    folder = shell.folder / "cosigned"
    shell.run("ledger", "export", folder)
    assert shell.json("ledger", "verify", folder, "--witness", witness.key.vkey)["cosigners"] == [
        witness.name
    ]
    assert shell.run("ledger", "verify", "--witness", node.log.key.vkey).code != 0


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (
            "UPDATE ledger_entry SET leaf = x'7b7d' WHERE position = 299",
            "Entry 299: The entry lacks the field",
        ),
        ("DELETE FROM ledger_entry WHERE position = 5", "The database lacks entries between 0 and 255."),
        ("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 0 AND position = 3", "tile/0/000 is not"),
        ("DELETE FROM ledger_node WHERE level = 5", "The database lacks the hash of subtree"),
        (
            "UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 8",
            "The log differs from the 300 entries",
        ),
        (
            "UPDATE record_version SET payload = NULL WHERE record_id LIKE '%9'",
            "missing although the log never",
        ),
        (
            "UPDATE record_version SET payload = replace(payload, 'health', 'wealth')",
            "is not what the log commits to",
        ),
        ("UPDATE ledger_checkpoint SET note = x'00'", "The note cannot be read"),
        ("UPDATE record SET revision = 2 WHERE id LIKE '%-000009'", "revision 2, and the log knows 1."),
        ("UPDATE record SET state = 'disputed' WHERE id LIKE '%-000009'", "is served in another state"),
        ("UPDATE record SET state = 'erased' WHERE id LIKE '%-000009'", "is erased in the log or in the"),
        (
            (
                "INSERT INTO record (id, type, state, source, revision, seq, published, changed, epoch, uuid)"
                " SELECT replace(id, '-000009', '-999999'), type, state, source, revision, 0, published,"
                " changed, epoch, uuid FROM record WHERE id LIKE '%-000009'"
            ),
            "is served, and the log says nothing of it.",
        ),
    ],
)
def test_what_was_changed_behind_its_back_is_found(
    shell: Shell, filled: Node, damage: str, says: str
) -> None:
    with sqlite3.connect(shell.folder / "public.sqlite") as database:
        assert database.execute(damage).rowcount > 0
    database.close()
    said = shell.run("ledger", "verify")
    assert (said.code, says in said.out) == (1, True), said.out + said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["verify", "nowhere"], "neither a folder nor an address"),
        (["verify", "--key", "nonsense"], "not a key as one word"),
        (["verify", "ftp://127.0.0.1"], "could not be read (address). This is no address that can be asked."),
        (["verify", "http://127.0.0.1"], "set COMMONS_ALLOW_LOOPBACK=yes"),
        (["verify", "https://10.0.0.1"], "could not be read (private). This address leads into a private"),
    ],
)
def test_what_makes_no_sense_is_said(shell: Shell, arguments: list[str], says: str) -> None:
    said = shell.run("ledger", *arguments)
    assert said.code == 1
    assert says in said.out + said.err


def test_a_node_that_must_not_sign_says_so(shell: Shell, filled: Node) -> None:
    file = Path(shell.folder / "ledger.checkpoint")
    file.write_bytes(b"nonsense\n")
    assert "Not signed: The note cannot be read" in shell.run("init").err
    assert "The note cannot be read" in shell.run("ledger", "verify").out
