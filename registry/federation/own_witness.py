"""This node as a witness: a key of its own, and the statement by which the log's key vouches for it.

The key lies in the data folder beside the log's, and is never the log's: whoever takes one of them can
either write a false log or vouch for one, not both. The statement is a signed note::

    incident-commons/witness/v1
    <full node id>
    <key of the witness as one word>
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry import durable
from registry.clock import Clock, today
from registry.errors import SettingError
from registry.ledger.cosignatures import Witness, WitnessKey, parse_witness_vkey
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.notes import open_note, sign_note
from registry.ledger.refusal import Refused
from registry.record.node import NodeIdentity, load_signing_key, make_key

KEY_FILE: Final = "witness.key"
STATEMENT_FILE: Final = "witness.note"
FIRST_LINE: Final = "incident-commons/witness/v1"
STATEMENT_MAX: Final = 4096
"""Bytes of a statement."""
_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class OwnWitness:
    """The witness of this node; ``file`` holds the statement about its key, one for each key of the log."""

    witness: Witness
    file: Path

    @property
    def statement(self) -> bytes:
        """What the log's key says of the witness."""
        return durable.read(self.file) or b""

    def to_json(self) -> dict[str, Any]:
        """Its part of the descriptor."""
        return {"vkey": self.witness.key.vkey, "statement": self.statement.decode("utf-8")}


def make_witness(folder: Path, identity: NodeIdentity) -> None:
    """Make key and statement unless there are; the log's key has to lie in the folder."""
    key = make_key(folder, KEY_FILE)
    if durable.read(folder / STATEMENT_FILE) is None:
        state(folder, identity, LogSigner(identity.origin, load_signing_key(folder)), key)


def state(folder: Path, identity: NodeIdentity, log: LogSigner, key: Ed25519PrivateKey) -> None:
    """Vouch for the key of the witness with the log's key, in place of what was stated before."""
    named = WitnessKey(_name(identity), key.public_key().public_bytes_raw())
    text = f"{FIRST_LINE}\n{identity.id}\n{named.vkey}\n"
    durable.replace(folder / STATEMENT_FILE, sign_note(text, [log]))


def load_witness(folder: Path, identity: NodeIdentity, clock: Clock) -> OwnWitness | None:
    """The witness whose key lies in the data folder; None where there is none."""
    try:
        key = load_signing_key(folder, KEY_FILE)
    except SettingError:
        return None
    file = folder / STATEMENT_FILE
    if not file.exists():
        return None
    return OwnWitness(Witness(_name(identity), key, partial(midnight, clock)), file)


def read_statement(raw: bytes, log: LogKey, node_id: str) -> WitnessKey:
    """The key that a node's log key vouches for; raises ``Refused``."""
    if len(raw) > STATEMENT_MAX:
        raise _odd("it is too long")
    lines = open_note(raw, [log]).text.split("\n")
    if len(lines) != _LINES + 1 or lines[:2] != [FIRST_LINE, node_id]:
        raise _odd("it is about something else")
    witness = parse_witness_vkey(lines[2])
    if witness.public == log.public:
        raise _odd("the witness has the key of the log")
    if witness.name != _named_after(log.name):
        raise _odd("the witness is not named after the log")
    return witness


def midnight(clock: Clock) -> int:
    """The beginning of the day (UTC) in POSIX seconds: nothing public is told finer than days."""
    return int(datetime.combine(today(clock), time(), UTC).timestamp())


def _name(identity: NodeIdentity) -> str:
    return _named_after(identity.origin)


def _named_after(origin: str) -> str:
    """One name for each log: cosignatures are kept by the names of their witnesses."""
    return origin.removesuffix("/air-log") + "/witness"


def _odd(why: str) -> Refused:
    return Refused("witness-statement", "What the log's key says of the witness is none: %(why)s.", why=why)
