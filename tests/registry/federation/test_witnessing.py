"""Being a witness: what is cosigned, what is refused and why, and that no two logs of one size ever are."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import CommonsError, Invalid, Malformed, NotAllowed, NotFound
from registry.federation.models import PeerRow
from registry.federation.office import open_office
from registry.federation.own_witness import load_witness, make_witness, read_statement
from registry.federation.rules import Mode
from registry.federation.standing import PeerState
from registry.federation.submissions import PROOF_LINES_MAX, Submission
from registry.federation.witnessing import OtherSize
from registry.ledger import tree
from registry.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.hashing import EMPTY_ROOT
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.notes import Signature, sign_note
from registry.ledger.refusal import Refused
from registry.record.node import load_node
from registry.record.reading import Records
from taxonomy import load
from tests.conftest import SettableClock
from tests.registry.federation.conftest import Here, Network
from tests.registry.federation.other_node import OtherNode
from tests.registry.house import at_once

RACERS = 6


@pytest.fixture
def here(bare: Settings, public_db: PublicDatabase, clock: SettableClock) -> Here:
    """This node, with the key of a witness, on each engine in turn; it follows the other one."""
    own, other = load_node(bare.data_dir), OtherNode()
    witness = load_witness(bare.data_dir, own, clock)
    network = Network({other.url: other})
    office = open_office(public_db, network, own, load(), clock, witness)
    found = Here(public_db, office, Records(public_db), network, other, clock)
    other.publish(3)
    found.follow()
    return found


def offered(other: OtherNode, old: int, *, note: bytes | None = None) -> bytes:
    path = tree.consistency_path(other.nodes(), old, other.size) if 0 < old < other.size else []
    return Submission(old, tuple(path), note or other.note).to_bytes()


def witness_key(here: Here) -> WitnessKey:
    own = here.office.witnessing.own
    assert own is not None
    return own.witness.key


def fork(other: OtherNode, size: int) -> bytes:
    """A note of so many other entries, signed by the log all the same."""
    root = hashlib.sha256(b"another log").digest()
    return sign_checkpoint(Checkpoint(other.identity.origin, size, root), other.signer)


def refused(here: Here, body: bytes) -> CommonsError:
    with pytest.raises(CommonsError) as error:
        here.office.witnessing.add(body)
    return error.value


def test_a_growing_log_is_cosigned_again_and_again(here: Here) -> None:
    """Bytes are taken apart by hand: name, key id, time, and the words that the specification has signed."""
    key = witness_key(here)
    for old, more in ((0, 0), (3, 2), (5, 300), (305, 0)):
        here.other.publish(more)
        line = here.office.witnessing.add(offered(here.other, old)).decode()
        dash, name, code = line.removesuffix("\n").split(" ")
        raw = base64.b64decode(code)
        kept = hashlib.sha256(name.encode() + b"\n\x04" + key.public).digest()[:4]
        assert (dash, name, raw[:4], len(raw)) == ("\u2014", key.name, kept, 4 + 8 + 64)
        seconds = int.from_bytes(raw[4:12], "big")
        assert datetime.fromtimestamp(seconds, UTC) == datetime(2026, 11, 24, tzinfo=UTC)
        text = here.other.note.partition(b"\n\n")[0] + b"\n"
        message = b"cosignature/v1\ntime %d\n" % seconds + text
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw[12:], message)
    origin_hash = hashlib.sha256(here.other.identity.origin.encode()).hexdigest()
    newest = open_checkpoint(here.office.witnessing.newest(origin_hash), here.other.signer.key, [key])
    assert newest.checkpoint.size == 305
    assert here.office.peers.read(here.other.identity.short).witnessed == 305


def test_each_fault_has_its_answer(here: Here) -> None:
    other = here.other
    assert isinstance(refused(here, offered(OtherNode(2, url="https://third.example"), 0)), NotFound)
    stranger = LogSigner(other.identity.origin, Ed25519PrivateKey.generate())
    alien = sign_checkpoint(Checkpoint(other.identity.origin, 3, bytes(32)), stranger)
    assert isinstance(refused(here, offered(other, 0, note=alien)), NotAllowed)
    broken = other.note + Signature(other.signer.name, other.signer.key_id, bytes(64)).line.encode()
    here.office.witnessing.add(offered(other, 0, note=broken))  # a second line of a key says nothing more
    spoilt = other.note[:-8] + b"AAAAAA=\n"
    assert isinstance(refused(here, offered(other, 3, note=spoilt)), NotAllowed | Malformed)
    assert isinstance(refused(here, offered(other, 4)), Malformed)
    other.publish(2)
    wrong = refused(here, offered(other, 2))
    assert isinstance(wrong, OtherSize)
    assert wrong.size == 3
    assert isinstance(refused(here, Submission(3, (bytes(32),), other.note).to_bytes()), Invalid)
    assert isinstance(refused(here, Submission(3, (), other.note).to_bytes()), Invalid)
    here.office.witnessing.add(offered(other, 3))
    assert here.office.peers.read(other.identity.short).state is PeerState.FOLLOWING


def test_the_first_submission_proves_nothing(here: Here) -> None:
    assert isinstance(refused(here, Submission(0, (bytes(32),), here.other.note).to_bytes()), Invalid)
    odd = sign_note(
        f"{here.other.identity.origin}\n0\n{base64.b64encode(bytes(32)).decode()}\n", [here.other.signer]
    )
    assert isinstance(refused(here, Submission(0, (), odd).to_bytes()), Invalid)
    empty = sign_checkpoint(Checkpoint(here.other.identity.origin, 0, EMPTY_ROOT), here.other.signer)
    assert here.office.witnessing.add(Submission(0, (), empty).to_bytes())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0\n",
        b"old 00\n\n{note}",
        b"old -1\n\n{note}",
        b"old 0 \n\n{note}",
        b"OLD 0\n\n{note}",
        b"old 0\nAAAA\n\n{note}",
        b"old 0\n" + b"A" * 43 + b"=\n" * (PROOF_LINES_MAX + 1) + b"\n{note}",
        b"old 0\n" + (base64.b64encode(bytes(32)) + b"\n") * (PROOF_LINES_MAX + 1) + b"\n{note}",
        b"old 0\n\nno note",
        b"\xff\n\n{note}",
        b"old 0\r\n\r\n{note}",
        b"old 99999999999999999999\n\n{note}",
        b"old 0\n\n{note}" + b"x" * 200_000,
    ],
)
def test_what_is_no_submission_is_malformed(here: Here, body: bytes) -> None:
    assert isinstance(refused(here, body.replace(b"{note}", here.other.note)), Malformed)


def test_another_log_of_the_same_size_freezes_the_peer_with_both_notes(here: Here) -> None:
    here.office.witnessing.add(offered(here.other, 0))
    forked = fork(here.other, 3)
    assert isinstance(refused(here, offered(here.other, 3, note=forked)), Invalid)
    (seen,) = here.ask("SELECT state, trouble, evidence FROM peer")
    assert (seen[0], seen[1], bytes(seen[2])) == ("frozen", "fork", forked)
    assert isinstance(refused(here, offered(here.other, 3)), NotAllowed)
    (told,) = here.office.peers.seen()
    assert told["evidence"].encode() == forked
    assert told["witnessed"].encode().startswith(here.other.note)
    assert "checkpoint" not in told


def test_a_note_that_contradicts_the_copy_is_not_cosigned(here: Here) -> None:
    here.pull()
    assert isinstance(refused(here, Submission(0, (), fork(here.other, 2)).to_bytes()), Invalid)
    assert here.office.peers.read(here.other.identity.short).state is PeerState.FROZEN
    assert here.ask("SELECT count(*) FROM witnessed") == [(0,)]


def test_a_pull_of_another_log_than_was_cosigned_freezes_the_peer(here: Here) -> None:
    """Somebody showed the witness one history, and shows readers another."""
    shown = fork(here.other, 2)
    here.office.witnessing.add(Submission(0, (), shown).to_bytes())
    assert here.pull().trouble == "fork"
    (state, evidence) = here.ask("SELECT state, evidence FROM peer")[0]
    assert state == "frozen"
    assert bytes(evidence).startswith(shown)


def test_blocked_peers_and_nodes_without_a_key_are_no_logs_to_a_witness(here: Here) -> None:
    keyless = open_office(here.public, here.network, OtherNode(9).identity, load(), here.clock)
    with pytest.raises(NotFound):
        keyless.witnessing.add(offered(here.other, 0))
    policy = here.office.peers.read(here.other.identity.short).policy
    here.office.peers.set_policy(
        here.other.identity.short, type(policy)(Mode.BLOCKED, policy.scope), here.office.puller.reader()
    )
    assert isinstance(refused(here, offered(here.other, 0)), NotFound)


def test_two_logs_of_one_name_are_not_both_cosigned(here: Here) -> None:
    """A name is not proved by anybody: it belongs to the log that was cosigned first."""
    double = OtherNode(7, origin=here.other.identity.origin)
    double.publish(3, text="Other words.")
    third = OtherNode(8)
    here.network.nodes = {third.url: third}
    here.office.peers.pin(here.office.peers.meet(third.url), here.office.peers.every()[0].policy)
    with here.public.work() as session:  # as it may have been pinned before this was refused
        session.get_one(PeerRow, third.identity.short).vkey = double.signer.key.vkey
    here.office.witnessing.add(offered(here.other, 0))
    assert isinstance(refused(here, offered(double, 0)), NotAllowed)
    assert isinstance(refused(here, offered(double, 3)), NotAllowed)


def test_of_many_at_once_with_different_roots_one_is_cosigned(here: Here) -> None:
    notes = [here.other.note] + [
        sign_checkpoint(
            Checkpoint(here.other.identity.origin, 3, hashlib.sha256(bytes([at])).digest()), here.other.signer
        )
        for at in range(1, RACERS)
    ]
    bodies = [Submission(0, (), note).to_bytes() for note in notes]
    answers = at_once(RACERS, lambda at: here.office.witnessing.add(bodies[at]))
    signed = [at for at, answer in enumerate(answers) if isinstance(answer, bytes)]
    assert len(signed) == 1
    assert all(isinstance(one, bytes | OtherSize | NotAllowed | Invalid) for one in answers)
    (kept,) = here.ask("SELECT note FROM witnessed")
    assert bytes(kept[0]).startswith(notes[signed[0]].partition(b"\n\n")[0])


def test_of_many_at_once_that_grow_none_rolls_back(here: Here) -> None:
    sizes = list(range(1, RACERS + 1))
    here.other.publish(RACERS)
    bodies = []
    for size in sizes:
        here.other.sign(size)
        bodies.append(Submission(0, (), here.other.note).to_bytes())
    answers = at_once(RACERS, lambda at: here.office.witnessing.add(bodies[at]))
    signed = [sizes[at] for at, answer in enumerate(answers) if isinstance(answer, bytes)]
    told = {answer.size for answer in answers if isinstance(answer, OtherSize)}
    assert (len(signed), told) == (1, set(signed))
    assert here.ask("SELECT size FROM witnessed") == [(signed[0],)]


def test_the_key_of_the_witness_is_vouched_for_and_never_the_logs(
    bare: Settings, clock: SettableClock
) -> None:
    own = load_node(bare.data_dir)
    log, before = LogKey(own.origin, own.public_key), (bare.data_dir / "witness.key").read_bytes()
    make_witness(bare.data_dir, own)
    assert (bare.data_dir / "witness.key").read_bytes() == before
    assert (bare.data_dir / "witness.key").stat().st_mode & 0o777 == 0o600
    found = load_witness(bare.data_dir, own, clock)
    assert found is not None
    key = read_statement(found.statement, log, own.id)
    assert key == found.witness.key
    assert key.public != own.public_key
    with pytest.raises(Refused):
        read_statement(found.statement, OtherNode().signer.key, own.id)
    with pytest.raises(Refused):
        read_statement(found.statement, log, OtherNode().identity.id)
    other = OtherNode()
    same = WitnessKey("other.example/witness", other.signer.key.public)
    text = f"incident-commons/witness/v1\n{other.identity.id}\n{same.vkey}\n"
    with pytest.raises(Refused, match="has the key of the log"):
        read_statement(sign_note(text, [other.signer]), other.signer.key, other.identity.id)
