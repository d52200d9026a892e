"""The log over real HTTP: bytes of tiles, proofs, payloads, and every question that is refused."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.node import Node
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.following import follow
from registry.ledger.hashing import leaf_hash
from registry.ledger.proof_files import parse_proof_file
from registry.ledger.proofs import check_consistency, check_inclusion
from registry.ledger.tiles import leaves_of as leaves_in
from registry.ledger.tiles import parse_path
from registry.record import store
from registry.record.ids import air_id
from registry.record.types import Tombstone
from tests.api.conftest import _node
from tests.api.live import Caller, serving
from tests.conftest import missing
from tests.outside import gopher
from tests.registry.ledger.checked import keep
from tests.registry.ledger.vectors import naive_root
from tests.registry.record.samples import record

SIGNED = 260
"""Entries of the log: 259 records, one of which was erased."""


def fill(node: Node) -> str:
    """Records, an erased one, and one more that is not signed yet; gives the id of the erased one."""
    gone = air_id(node.identity.id, 2026, 3)
    with node.public.work() as session:
        keep(session, *range(1, SIGNED), home=node.identity.id)
        store.create(session, record("aiid:1"))
    node.log.publish()
    with node.public.work() as session:
        store.erase(session, Tombstone(gone, "privacy", date(2026, 12, 24)))
    node.log.publish()
    return gone


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Caller, Node]]:
    with _node(tmp_path_factory.mktemp("log") / "node") as node:
        fill(node)
        with serving(node) as port:
            yield Caller(port), node


@pytest.fixture
def log(served: tuple[Caller, Node]) -> Caller:
    return served[0]


def leaves(log: Caller) -> list[bytes]:
    found = []
    for name in ("entries/000", "entries/001.p/4"):
        answer = log.get(f"/ledger/tile/{name}")
        found += leaves_in(answer.body, parse_path(f"tile/{name}"))
    return found


def unpacked(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def test_the_tiles_are_those_of_the_entries(log: Caller) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves(log)]
    assert len(hashes) == SIGNED
    assert log.get("/ledger/tile/0/000").body == b"".join(hashes[:256])
    assert log.get("/ledger/tile/0/001.p/4").body == b"".join(hashes[256:])
    assert log.get("/ledger/tile/0/001.p/2").body == b"".join(hashes[256:258])
    assert log.get("/ledger/tile/1/000.p/1").body == naive_root(hashes[:256])


def test_the_checkpoint_is_that_of_the_entries(served: tuple[Caller, Node]) -> None:
    log, node = served
    answer = log.get("/ledger/checkpoint")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=5"
    said = open_checkpoint(answer.body, node.log.key).checkpoint
    assert (said.origin, said.size) == (node.identity.origin, SIGNED)
    assert said.root == naive_root([leaf_hash(leaf) for leaf in leaves(log)])
    assert log.get("/ledger/key").body.decode() == node.log.key.vkey + "\n"
    assert log.get("/ledger/checkpoint", If_None_Match=answer.etag).status == 304


def test_what_never_changes_may_be_kept_for_ever(log: Caller) -> None:
    for path in ("tile/0/000", "tile/entries/000", "proof?index=1&size=9", "consistency?from=2&to=9"):
        answer = log.get(f"/ledger/{path}")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert log.get("/ledger/tile/0/000").headers["Content-Type"] == "application/octet-stream"


def test_proofs_lead_to_the_root(served: tuple[Caller, Node]) -> None:
    log, node = served
    said = open_checkpoint(log.get("/ledger/checkpoint").body, node.log.key).checkpoint
    hashes = [leaf_hash(leaf) for leaf in leaves(log)]
    for index in (0, 1, 255, 256, SIGNED - 1):
        found = log.get(f"/ledger/proof?index={index}&size={SIGNED}").json
        path = [unpacked(one) for one in found["hashes"]]
        check_inclusion(index, SIGNED, hashes[index], path, said.root)
    for old in (0, 1, 255, 256, SIGNED):
        found = log.get(f"/ledger/consistency?from={old}&to={SIGNED}").json
        before = naive_root(hashes[:old]) if old else hashlib.sha256(b"").digest()
        check_consistency(old, SIGNED, [unpacked(one) for one in found["hashes"]], before, said.root)


def test_a_payload_is_what_its_entry_commits_to(log: Caller) -> None:
    told = [json.loads(leaf) for leaf in leaves(log)]
    line = log.get(f"/ledger/payload/{told[0]['commit']}").json
    salt, payload = unpacked(line["salt"]), unpacked(line["payload"])
    assert hashlib.sha256(salt + payload).hexdigest() == told[0]["commit"] == line["commitment"]
    assert (len(salt), len(payload)) == (32, told[0]["size"])
    assert json.loads(payload)["id"] == told[0]["id"]


def test_an_erased_payload_is_gone_and_its_entry_stays(served: tuple[Caller, Node]) -> None:
    log, node = served
    told = [json.loads(leaf) for leaf in leaves(log)]
    assert (told[-1]["op"], told[-1]["id"]) == ("erase", told[2]["id"])
    answer = log.get(f"/ledger/payload/{told[2]['commit']}")
    assert (answer.status, answer.json["reason"]) == (410, "privacy")
    proof = log.get(f"/api/v1/records/{told[2]['id']}/proof")
    found = parse_proof_file(proof.body)
    assert found.extra is not None
    assert found.check(leaf_hash(found.extra), node.log.key).size == SIGNED
    assert json.loads(found.extra)["op"] == "erase"


def test_payloads_come_in_ranges(log: Caller) -> None:
    told = [json.loads(leaf) for leaf in leaves(log)]
    lines: list[dict[str, object]] = []
    while len(lines) < SIGNED:
        to = min(len(lines) + 256, SIGNED)
        answer = log.get(f"/ledger/payloads?from={len(lines)}&to={to}")
        assert answer.headers["Content-Type"] == "application/x-ndjson"
        lines += [json.loads(line) for line in answer.body.splitlines()]
    assert [line["index"] for line in lines] == list(range(SIGNED))
    assert [line["commitment"] for line in lines] == [one["commit"] for one in told]
    assert lines[2] == {"index": 2, "commitment": told[2]["commit"], "erased": True}
    assert lines[-1] == {"index": SIGNED - 1, "commitment": None, "erased": False}
    for line, one in zip(lines, told, strict=True):
        if "salt" in line:
            made = unpacked(str(line["salt"])) + unpacked(str(line["payload"]))
            assert hashlib.sha256(made).hexdigest() == one["commit"]


@pytest.mark.parametrize("path", ["checkpoint", "tile/entries/000", "payloads?from=0&to=2"])
def test_nobody_gets_parts_by_bytes(log: Caller, path: str) -> None:
    """What is put together from two halves might hold what was erased in between."""
    whole, asked = log.get(f"/ledger/{path}"), log.get(f"/ledger/{path}", Range="bytes=0-9")
    assert (asked.status, asked.body) == (200, whole.body)
    assert "Content-Range" not in asked.headers


def test_the_proof_of_a_record_is_enough_by_itself(served: tuple[Caller, Node]) -> None:
    log, node = served
    first = air_id(node.identity.id, 2026, 1)
    answer = log.get(f"/api/v1/records/{first}/proof")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{first}.tlog-proof"'
    found = parse_proof_file(answer.body)
    assert found.extra is not None
    found.check(leaf_hash(found.extra), node.log.key)
    assert json.loads(found.extra)["id"] == first
    page = log.get(f"/records/{first}").body.decode()
    assert f"/api/v1/records/{first}/proof" in page
    assert "/proof" not in log.get("/records/aiid:1").body.decode()


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/002",
        "tile/0/001",
        "tile/0/001.p/5",
        "tile/0/1",
        "tile/1/000",
        "tile/1/000.p/2",
        "tile/2/000.p/1",
        "tile/64/000",
        "tile/entries/001",
        "tile/entries/001.p/5",
        "tile/entries/001.p/04",
        "tile/entries/000/..",
        "tile/",
        "tile",
        "payload/" + "0" * 64,
        "payload/" + "A" * 64,
        "payload/0",
        "nothing",
    ],
)
def test_what_is_not_there_is_404(log: Caller, path: str) -> None:
    answer = log.get(f"/ledger/{path}")
    assert (answer.status, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("proof", ["/index", "/size"]),
        ("proof?index=1", ["/size"]),
        ("proof?index=1&size=261", ["/size"]),
        ("proof?index=1&size=0", ["/size"]),
        ("proof?index=9&size=9", ["/index"]),
        ("proof?index=-1&size=9", ["/index"]),
        ("proof?index=01&size=9", ["/index"]),
        ("proof?index=+1&size=9", ["/index"]),
        ("proof?index=%D9%A1&size=9", ["/index"]),
        ("proof?index=1&index=1&size=9", ["/index"]),
        ("proof?index=1&size=9&x=1", ["/x"]),
        ("proof?index=1&size=99999999999999999999", ["/size"]),
        ("consistency?from=5&to=4", ["/from"]),
        ("consistency?from=1&to=261", ["/to"]),
        ("payloads?from=0&to=257", ["/to"]),
        ("payloads?from=0&to=0", ["/to"]),
        ("payloads?from=260&to=261", ["/from"]),
        ("checkpoint?x=1", ["/x"]),
        ("tile/0/000?x=1", ["/x"]),
    ],
)
def test_what_makes_no_sense_is_422_and_says_where(log: Caller, query: str, pointers: list[str]) -> None:
    answer = log.get(f"/ledger/{query}")
    assert (answer.status, answer.pointers) == (422, pointers)


def test_a_record_that_the_log_does_not_tell_of_has_no_proof(log: Caller) -> None:
    answer = log.get("/api/v1/records/aiid:1/proof")
    assert answer.status == 404
    assert "log of this node" in answer.json["detail"]


def test_nothing_is_served_before_it_is_signed(any_node: Node) -> None:
    with serving(any_node) as port:
        log = Caller(port)
        assert log.get("/ledger/checkpoint").status == 404
        any_node.log.publish()
        assert log.get("/ledger/checkpoint").body.splitlines()[1] == b"0"
        with any_node.public.work() as session:
            keep(session, 1, 2, home=any_node.identity.id)
        any_node.log.publish()
        assert log.get("/ledger/tile/entries/000.p/2").status == 200
        first = air_id(any_node.identity.id, 2026, 1)
        with any_node.public.work() as session:
            store.erase(session, Tombstone(first, "legal", date(2026, 12, 24)))
        _append_unsigned(any_node)
        assert log.get("/ledger/tile/entries/000.p/3").status == 404
        assert log.get("/ledger/proof?index=2&size=3").status == 422
        assert log.get("/ledger/payloads?from=0&to=3").status == 422
        lines = [json.loads(line) for line in log.get("/ledger/payloads?from=0&to=2").body.splitlines()]
        assert [line.get("erased", False) for line in lines] == [True, False]
        assert log.get(f"/ledger/payload/{lines[0]['commitment']}").status == 410
        assert log.get(f"/ledger/payload/{lines[1]['commitment']}").status == 200


def _append_unsigned(node: Node) -> None:
    with node.public.work() as session:
        assert follow(session, node.identity.id) == 1


def test_a_log_in_trouble_is_told_and_keeps_nobody_from_reading(node: Node) -> None:
    node.log.publish()
    with node.public.work() as session:
        keep(session, 1, home=node.identity.id)
    node.log.publish()
    with serving(node) as port:
        caller = Caller(port)
        assert caller.get("/readyz").json["log"] == {"size": 1, "signed": 1, "trouble": None}
        file = node.settings.data_dir / "ledger.checkpoint"
        file.write_bytes(file.read_bytes().replace(b"\n1\n", b"\n2\n"))
        answer = caller.get("/readyz")
        assert (answer.status, answer.json["status"]) == (200, "ready")
        assert "does not hold" in answer.json["log"]["trouble"]
        assert caller.get("/ledger/checkpoint").status == 200


@pytest.mark.timeout(300)
def test_go_reads_all_of_it(served: tuple[Caller, Node], tmp_path: Path) -> None:
    go = gopher.go_program()
    if go is None:
        missing("Go")
    log, node = served
    reader = gopher.build(str(go), tmp_path)
    command = [str(reader), "http", f"http://127.0.0.1:{log.port}/ledger", node.log.key.vkey]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.stdout == f"ok {SIGNED}\n", run.stdout + run.stderr
