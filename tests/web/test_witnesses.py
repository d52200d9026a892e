"""Nodes that follow each other cosign each other's checkpoints; whoever reads a log can count who did."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from registry.federation.descriptor import read_descriptor
from registry.federation.submissions import Submission
from registry.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.cosigned import cosigners
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogSigner
from registry.ledger.models import CosignatureRow
from registry.ledger.proof_files import parse_proof_file
from registry.ledger.refusal import Refused
from registry.record.ids import air_id
from registry.record.node import load_signing_key
from tests.api.live import serving
from tests.conftest import SettableClock, missing
from tests.outside import gopher
from tests.registry.federation.other_node import OtherNode
from tests.registry.ledger.checked import keep
from tests.web.between import Between, Third, nodes

HOUR = timedelta(hours=1)


@pytest.fixture
def between() -> Between:
    return Between(OtherNode(name="Nobody"))


@pytest.fixture
def three(tmp_path: Path, bare_folder: Path, between: Between, clock: SettableClock) -> Iterator[list[Third]]:
    """Three nodes; the second and the third follow the first and it them."""
    with nodes(tmp_path, bare_folder, between, clock, "one", "two", "three") as found:
        one, *others = found
        for other in others:
            other.follow(one.url)
            one.follow(other.url)
        yield found


def published(node: Third, *serials: int) -> None:
    with node.node.public.work() as session:
        keep(session, *serials, home=node.node.identity.id)
    node.node.log.publish()


def offered_all(node: Third) -> list[str]:
    """What came of asking every witness that is due."""
    said = []
    while (short := node.office.offering.due(HOUR)) is not None:
        said.append(node.office.offering.offer(short))
    return said


def key_of(node: Third) -> WitnessKey:
    own = node.office.witnessing.own
    assert own is not None
    return own.witness.key


def test_the_served_checkpoint_carries_what_peers_cosigned(three: list[Third], between: Between) -> None:
    one, two, third = three
    published(one, 1, 2, 3)
    assert offered_all(one) == ["", ""]
    assert one.office.offering.due(HOUR) is None
    raw = between.apps[one.url].get("/ledger/checkpoint").data
    witnesses = [key_of(two), key_of(third)]
    assert cosigners(raw, one.node.log.key, witnesses) == ("three.example/witness", "two.example/witness")
    published(one, 4)
    raw = between.apps[one.url].get("/ledger/checkpoint").data
    assert cosigners(raw, one.node.log.key, witnesses) == ()  # cosignatures are of one checkpoint alone
    assert offered_all(one) == ["", ""]
    raw = between.apps[one.url].get("/ledger/checkpoint").data
    assert len(cosigners(raw, one.node.log.key, witnesses)) == 2
    assert {peer.cosigned for peer in one.office.peers.every()} == {4}
    origin = hashlib.sha256(one.node.identity.origin.encode()).hexdigest()
    kept = between.apps[two.url].get(f"/fed/witnessed/{origin}/checkpoint")
    assert open_checkpoint(kept.data, one.node.log.key, [key_of(two)]).checkpoint.size == 4
    for wrong in ("0" * 64, "x", origin.upper()):
        assert between.apps[two.url].get(f"/fed/witnessed/{wrong}/checkpoint").status_code == 404


def test_a_pull_keeps_cosignatures_also_when_they_are_left_out_later(
    three: list[Third], between: Between
) -> None:
    one, two, third = three
    short = one.node.identity.short
    two.follow(third.url)  # so that it knows the third's key
    published(one, 1, 2)
    two.pull(short)
    assert two.office.peers.read(short).cosigners == ()
    offered_all(one)
    assert two.pull(short).trouble == ""
    assert two.office.peers.read(short).cosigners == ("three.example/witness",)
    with one.node.public.work() as session:
        session.execute(delete(CosignatureRow))
    two.pull(short)
    assert two.office.peers.read(short).cosigners == ("three.example/witness",)
    relayed = between.apps[two.url].get(f"/mirror/{one.node.identity.id}/checkpoint").data
    assert b"three.example/witness" in relayed


def test_a_cosignature_that_does_not_hold_is_not_believed(three: list[Third], between: Between) -> None:
    one, two, third = three
    two.follow(third.url)
    published(one, 1)
    offered_all(one)
    with one.node.public.work() as session:
        row = session.get_one(CosignatureRow, key_of(third).name)
        row.line = row.line[:-10] + ("A" * 8 + "=\n")
    assert two.pull(one.node.identity.short).trouble == "signature-wrong"


def test_a_witness_that_saw_another_log_refuses_and_its_answer_is_shown(
    three: list[Third], between: Between, clock: SettableClock
) -> None:
    """The log's key was used behind its back: the witness knows, and says so."""
    one, two, _ = three
    published(one, 1, 2)
    signer = LogSigner(one.node.log.key.name, load_signing_key(one.node.settings.data_dir))
    forged = sign_checkpoint(Checkpoint(signer.name, 2, hashlib.sha256(b"x").digest()), signer)
    answer = between.apps[two.url].post("/fed/add-checkpoint", data=Submission(0, (), forged).to_bytes())
    assert (answer.status_code, answer.content_type) == (200, "text/plain; charset=utf-8")
    assert sorted(offered_all(one)) == ["", "witness-422"]
    page = between.apps[one.url].get("/node").get_data(as_text=True)
    assert "It says that our log does not continue the one that it cosigned before." in page
    assert "1 other node cosigns this log" in page
    assert "Frozen" in between.apps[two.url].get("/node").get_data(as_text=True)
    clock.forward(hours=2)
    assert offered_all(one) == ["witness-403"]


def test_a_witness_that_cosigned_more_than_there_is_is_shown(three: list[Third], between: Between) -> None:
    one, two, _ = three
    published(one, 1)
    signer = LogSigner(one.node.log.key.name, load_signing_key(one.node.settings.data_dir))
    longer = sign_checkpoint(Checkpoint(signer.name, 9, hashlib.sha256(b"x").digest()), signer)
    between.apps[two.url].post("/fed/add-checkpoint", data=Submission(0, (), longer).to_bytes())
    assert sorted(offered_all(one)) == ["", "witness-ahead"]
    assert "This may be an older copy of it." in between.apps[one.url].get("/node").get_data(as_text=True)


def test_whoever_is_away_is_asked_again_later(
    three: list[Third], between: Between, clock: SettableClock
) -> None:
    one, *_ = three
    assert "Nobody cosigns this log." in between.apps[one.url].get("/node").get_data(as_text=True)
    published(one, 1)
    between.cut = True
    assert offered_all(one) == ["fetch-unreachable"] * 2
    assert "Nobody cosigns this log." in between.apps[one.url].get("/node").get_data(as_text=True)
    between.cut = False
    assert offered_all(one) == []
    clock.forward(hours=2)
    assert offered_all(one) == ["", ""]


def test_a_stranger_is_told_that_its_log_is_unknown(three: list[Third], between: Between) -> None:
    nobody = between.first
    nobody.publish(1)
    client = between.apps[three[0].url]
    body = Submission(0, (), nobody.note).to_bytes()
    assert client.post("/fed/add-checkpoint", data=body).status_code == 404
    assert client.post("/fed/add-checkpoint", data=b"old 0\n\n").status_code == 400
    assert client.post("/fed/add-checkpoint", data=b"x" * 200_000).status_code == 413
    assert client.get("/fed/add-checkpoint").status_code == 405
    three[0].follow(nobody.url)
    done = client.post("/fed/add-checkpoint", data=body)
    assert (done.status_code, done.content_type) == (200, "text/plain; charset=utf-8")
    again = client.post("/fed/add-checkpoint", data=body)
    assert (again.status_code, again.content_type, again.data) == (409, "text/x.tlog.size", b"1\n")


def test_a_descriptor_names_the_witness_and_a_false_statement_makes_it_none(
    three: list[Third], between: Between
) -> None:
    one, two, _ = three
    told = between.apps[one.url].get("/.well-known/incident-commons")
    said = read_descriptor(told.data)
    assert said.witness == key_of(one)
    assert told.json["endpoints"]["add-checkpoint"] == f"{one.url}/fed/add-checkpoint"
    other = between.apps[two.url].get("/.well-known/incident-commons").json
    with pytest.raises(Refused):
        read_descriptor(json.dumps({**told.json, "witness": other["witness"]}).encode())
    assert read_descriptor(json.dumps({**told.json, "witness": None}).encode()).witness is None


@pytest.mark.timeout(300)
def test_go_reads_the_cosigned_log_and_misses_nobody(three: list[Third], tmp_path: Path) -> None:
    go = gopher.go_program()
    if go is None:
        missing("Go")
    one, two, third = three
    published(one, 1, 2, 3)
    offered_all(one)
    reader, key = gopher.build(str(go), tmp_path), one.node.log.key.vkey
    with serving(one.node) as port:
        command = [str(reader), "http", f"http://127.0.0.1:{port}/ledger", key]
        said = [
            subprocess.run([*command, *keys], capture_output=True, text=True, timeout=120, check=False).stdout
            for keys in ([], [key_of(two).vkey, key_of(third).vkey], [key_of(one).vkey])
        ]
    assert said == ["ok 3\n", "ok 3\n", "refused: a witness is missing\n"]


def test_proof_files_tell_who_cosigned(three: list[Third]) -> None:
    one, two, _ = three
    published(one, 1)
    offered_all(one)
    proof = parse_proof_file(one.node.log_reader.proof(air_id(one.node.identity.id, 2026, 1)).to_bytes())
    assert proof.extra is not None
    assert proof.check(leaf_hash(proof.extra), one.node.log.key).size == 1
    assert proof.cosigners(one.node.log.key, [key_of(two), key_of(one)]) == ("two.example/witness",)
