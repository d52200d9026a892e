"""The node descriptor at ``/.well-known/incident-commons``: who a node is and where its log is. Pure.

JSON shape::

    {"v": 1,
     "id": "<52 characters>",               # base32 of SHA-256 over the genesis below
     "genesis": {"created": "2026-11-24", "key": "<base64>", "origin": "node.example/air-log"},
     "name": "…", "url": "https://node.example",
     "log": {"origin": "node.example/air-log", "vkey": "…", "size": 123},
     "rotations": ["<signed note>", …],   # how that key follows from the first one
     "witness": {"vkey": "…", "statement": "<signed note>"},   # ``own_witness``; perhaps none
     "endpoints": {"ledger": "…/ledger", "records": "…/api/v1/records/{id}", "ping": "…/fed/ping", …},
     "taxonomy": {"writes": "0.2.0", "reads": ["0.1.0", "0.2.0"]},
     "custody": {"says": "names", "successor": "<full id>", "entry": 7,   # perhaps none: ``ledger.custody``
                 "keeps": [{"id": "<full id>", "entries": 123}]},
     "mirrors": [{"id": "…", "name": "…", "url": "…/mirror/<id>", "partial": false, "scope": {…}}],
     "policy": {"review": "…", "tlp": ["CLEAR"], "readers": "anybody"}}   # or "peers": requests are signed

A reader believes the id because it is the hash of the genesis, and the key because the genesis names it, or a
key that it named names the next: no directory and no domain stands behind either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from registry.account.fields import is_web_address
from registry.addresses import URL_MAX
from registry.errors import Malformed
from registry.federation.own_witness import read_statement
from registry.ledger.cosignatures import WitnessKey
from registry.ledger.exact import from_base64
from registry.ledger.keys import LogKey, parse_vkey
from registry.ledger.notes import is_key_name
from registry.ledger.refusal import Refused
from registry.ledger.rotations import ROTATIONS_MAX, keys_from, read_rotation
from registry.record.node import NodeIdentity, identity_of
from registry.strict_json import parse

VERSION: Final = 1
PATH: Final = "/.well-known/incident-commons"
NAME_MAX: Final = 100
_JOINERS: Final = "\u200c\u200d"  # many scripts need them between letters
MIRRORS_MAX: Final = 6_000
"""Copies that a descriptor names; ``strict_json.VALUES_MAX`` lets no more through."""
DESCRIPTOR_MAX: Final = 2 * 1024 * 1024
"""Bytes of a descriptor; one with the longest list of mirrors fits."""
GENESIS: Final = frozenset({"created", "key", "origin"})
KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Mirror:
    """A copy of another node's log; ``scope`` as in ``rules.Scope``, empty when whole.

    Beside it stands ``"earlier": true`` where part of it was read under another scope, and
    ``"missing": true`` where whoever was asked did not give all of it.
    """

    id: str
    name: str
    url: str
    scope: Mapping[str, Any]

    def to_json(self) -> dict[str, Any]:
        """Its line in the descriptor."""
        partial = any(self.scope.values())
        return {"id": self.id, "name": self.name, "url": self.url, "partial": partial, "scope": self.scope}


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a node says of itself, as far as it is believed: identity and key are checked."""

    identity: NodeIdentity
    key: LogKey
    name: str
    url: str
    writes: str
    reads: tuple[str, ...]
    mirrors: frozenset[str] = frozenset()
    """Full ids of the nodes whose logs it hands on."""
    witness: WitnessKey | None = None
    """The key with which it cosigns; its log key vouches for it."""
    keys: tuple[LogKey, ...] = ()
    """Every key that its log has had, each named by the one before; the last one is ``key``."""


def describe(
    identity: NodeIdentity, name: str, url: str, versions: Sequence[str], mirrors: Sequence[Mirror], size: int
) -> dict[str, Any]:
    """The descriptor of this node; ``versions`` of the taxonomy that it reads, the one it writes last."""
    key = LogKey(identity.origin, identity.public_key)
    return {
        "v": VERSION,
        "id": identity.id,
        "genesis": identity.genesis,
        "name": name,
        "url": url,
        "log": {"origin": key.name, "vkey": key.vkey, "size": size},
        "endpoints": {
            "ledger": f"{url}/ledger",
            "payloads": f"{url}/ledger/payloads",
            "records": f"{url}/api/v1/records/{{id}}",
            "ping": f"{url}/fed/ping",
            "seen": f"{url}/fed/seen",
            "add-checkpoint": f"{url}/fed/add-checkpoint",
            "witnessed": f"{url}/fed/witnessed",
        },
        "taxonomy": {"writes": versions[-1], "reads": list(versions)},
        "mirrors": [mirror.to_json() for mirror in mirrors],
        "policy": {
            "tlp": ["CLEAR"],
            "review": "Two people of organizations that have nothing to do with a severe report agree on it.",
        },
    }


def read_descriptor(raw: bytes) -> Descriptor:
    """A stranger's descriptor; raises ``Refused`` unless id, genesis and key fit each other."""
    found = _object(raw)
    if found.get("v") != VERSION:
        raise _odd(f"it has another version than {VERSION}")
    identity = _identity(found)
    key = parse_vkey(_text(_part(found, "log"), "vkey"))
    keys = _keys(found, identity)
    if keys[-1] != key:
        raise _odd("the key of its log is not the one that its id was made from, nor follows from that one")
    taxonomy = _part(found, "taxonomy")
    reads = taxonomy.get("reads")
    if not isinstance(reads, list) or not all(isinstance(one, str) for one in reads):
        raise _odd("it does not say which versions of the taxonomy it reads")
    name, url, writes = _name(found), _address(found), _text(taxonomy, "writes")
    witness = _witness(found, key, identity.id)
    mirrors = _mirrors(found)
    return Descriptor(identity, key, name, url, writes, tuple(reads), mirrors, witness, tuple(keys))


def _witness(found: Mapping[str, Any], key: LogKey, node_id: str) -> WitnessKey | None:
    if found.get("witness") is None:
        return None
    statement = _text(_part(found, "witness"), "statement")
    return read_statement(statement.encode("utf-8", "replace"), key, node_id)


def _keys(found: Mapping[str, Any], identity: NodeIdentity) -> list[LogKey]:
    notes = found.get("rotations", [])
    if not isinstance(notes, list) or not all(isinstance(one, str) for one in notes[:ROTATIONS_MAX]):
        raise _odd("its list of keys is none")
    read = [read_rotation(one.encode("utf-8", "replace")) for one in notes[:ROTATIONS_MAX]]
    return keys_from(LogKey(identity.origin, identity.public_key), identity.id, read)


def _identity(found: Mapping[str, Any]) -> NodeIdentity:
    genesis = _part(found, "genesis")
    if set(genesis) != GENESIS or not all(isinstance(value, str) for value in genesis.values()):
        raise _odd("its genesis has other parts than created, key and origin")
    if len(from_base64(genesis["key"], "The key")) != KEY_BYTES:
        raise _odd("its key is not one of Ed25519")
    identity = identity_of(dict(genesis))
    if identity.id != found.get("id"):
        raise _odd("its id is not that of its genesis")
    if not is_key_name(identity.origin):
        raise _odd("its log cannot be called so")
    return identity


def _mirrors(found: Mapping[str, Any]) -> frozenset[str]:
    lines = found.get("mirrors", [])
    if not isinstance(lines, list) or len(lines) > MIRRORS_MAX:
        raise _odd("its list of mirrors is none")
    return frozenset(str(line.get("id")) for line in lines if isinstance(line, dict))


def _object(raw: bytes) -> Mapping[str, Any]:
    try:
        found = parse(raw)
    except Malformed as error:
        raise _odd(f"it is not JSON: {error.text}") from error
    if not isinstance(found, dict):
        raise _odd("it is no object")
    return found


def _part(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = found.get(name)
    if not isinstance(part, dict):
        raise _odd(f"it has no {name}")
    return part


def _text(found: Mapping[str, Any], name: str) -> str:
    text = found.get(name)
    if not isinstance(text, str) or not text.strip():
        raise _odd(f"it has no {name}")
    return text


def _name(found: Mapping[str, Any]) -> str:
    """What the node calls itself, without what nobody sees: pages and terminals put it into their lines."""
    seen = "".join(c if c.isprintable() or c in _JOINERS else " " for c in _text(found, "name"))
    name = " ".join(seen.split())[:NAME_MAX]
    if not name.strip(_JOINERS):
        raise _odd("it has no name")
    return name


def _address(found: Mapping[str, Any]) -> str:
    """Where people find it. Pages lead there, so it must be an address of the web and nothing that runs."""
    url = _text(found, "url")
    if len(url) > URL_MAX or not is_web_address(url):
        raise _odd("its address is none of the web")
    return url


def _odd(why: str) -> Refused:
    message = "What answers there does not describe a node of this kind: %(why)s. Check the address."
    return Refused("descriptor-malformed", message, why=why)
