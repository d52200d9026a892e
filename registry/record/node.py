"""Who this node is: a key pair made once, and an id that anybody can check against it.

The node id is base32 of SHA-256 over the genesis descriptor, which is canonical JSON of the first
public key, the day of creation and the origin of the log to come. The private key stays in the
data folder, readable by its owner only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import rfc8785
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry import durable
from registry.errors import N_, SettingError

KEY_FILE = "node.key"
DESCRIPTOR_FILE = "node.json"
OWNER_ONLY = 0o600
"""Who may read these files."""
_FORBIDDEN = re.compile(r"[\s+]")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class NodeIdentity:
    """The node's full id (52 characters) and its genesis descriptor."""

    id: str
    genesis: dict[str, Any]

    @property
    def origin(self) -> str:
        """Name of the node's log and of the key that signs it: no spaces and no plus (C2SP signed-note)."""
        return _FORBIDDEN.sub("-", self.genesis["origin"])

    @property
    def public_key(self) -> bytes:
        """The first public key: Ed25519, 32 bytes."""
        return base64.b64decode(self.genesis["key"])

    @property
    def short(self) -> str:
        """The ten characters that appear in AIR ids."""
        return self.id[:10]


def load_node(folder: Path) -> NodeIdentity:
    """The node whose descriptor lies in the data folder; raises ``SettingError`` when there is none."""
    try:
        genesis = json.loads((folder / DESCRIPTOR_FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingError(
            N_("This folder holds no node yet. Run: commons init"), name="data_dir", reason=str(error)
        ) from error
    return NodeIdentity(_node_id(genesis), genesis)


def identity_of(genesis: dict[str, Any]) -> NodeIdentity:
    """The node that a genesis descriptor makes, whoever gave it."""
    return NodeIdentity(_node_id(genesis), genesis)


def create_node(folder: Path, today: date, name: str, log: str = "air-log") -> NodeIdentity:
    """Make the key pair and descriptor unless they exist; returns the node either way.

    ``name`` becomes the name of its log for ever: as it is if it is a host's, else with a part of the key
    added, since several nodes may be called the same. ``log`` is what follows it in the name of the log.
    """
    if (folder / DESCRIPTOR_FILE).exists():
        return load_node(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    genesis = {
        "created": today.isoformat(),
        "key": base64.b64encode(public).decode("ascii"),
        "origin": f"{_log_name(name, public)}/{log}",
    }
    durable.replace(folder / KEY_FILE, _private_pem(key), OWNER_ONLY)
    durable.replace(folder / DESCRIPTOR_FILE, json.dumps(genesis, indent=1).encode("utf-8"), OWNER_ONLY)
    return load_node(folder)


def load_signing_key(folder: Path, name: str = KEY_FILE) -> Ed25519PrivateKey:
    """A private key of the node in this folder; raises ``SettingError`` when it cannot be had."""
    try:
        key = serialization.load_pem_private_key((folder / name).read_bytes(), None)
    except (OSError, ValueError) as error:
        raise SettingError(name="data_dir", reason=f"{name} cannot be read") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SettingError(name="data_dir", reason=f"{name} is no Ed25519 key")
    return key


def make_key(folder: Path, name: str) -> Ed25519PrivateKey:
    """The private key in this file, made unless there is one."""
    if not (folder / name).exists():
        durable.replace(folder / name, _private_pem(Ed25519PrivateKey.generate()), OWNER_ONLY)
    return load_signing_key(folder, name)


def _log_name(name: str, public: bytes) -> str:
    if _HOST.fullmatch(name):
        return name
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "node"
    return f"{words}-{hashlib.sha256(public).hexdigest()[:8]}"


def _node_id(genesis: dict[str, Any]) -> str:
    raw = hashlib.sha256(rfc8785.dumps(genesis)).digest()
    return base64.b32encode(raw).decode("ascii").rstrip("=")


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
