"""Giving the log of this node another key: the node, its name and its log stay what they are.

May be killed at any step and run again. The entry is kept first; the checkpoint that ends with it is signed
by both keys; only then does the new key take the place of the old one in the data folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.clock import Clock, today
from registry.db.public import PublicDatabase
from registry.errors import N_, Conflict, SettingError
from registry.federation import own_witness
from registry.ledger import turning
from registry.ledger.keys import LogKey, LogSigner
from registry.ledger.publishing import LogPublisher
from registry.record.node import KEY_FILE, NodeIdentity, load_signing_key, make_key

NEXT_FILE: Final = "node.key.next"
FORMER: Final = "node.key.former-"
"""Name of the file of a key that signs no more; the key's id follows."""


def private_half(folder: Path, key: LogKey) -> Ed25519PrivateKey:
    """The private half of a key of the log, in whichever file it lies now; raises ``SettingError``."""
    for name in (KEY_FILE, NEXT_FILE):
        if (folder / name).exists():
            found = load_signing_key(folder, name)
            if found.public_key().public_bytes_raw() == key.public:
                return found
    raise SettingError(name="data_dir", reason=f"no file holds the private half of {key.vkey}")


class KeyChange:
    """Changes the key; ``version`` is that of the taxonomy, which every entry names."""

    def __init__(
        self, public: PublicDatabase, folder: Path, own: NodeIdentity, log: LogPublisher, version: str
    ) -> None:
        self._public, self._folder, self._own, self._log = public, folder, own, log
        self._version = version

    def rotate(self, clock: Clock) -> LogKey:
        """Make a key and let it follow the present one, or finish what was begun; gives the new key.

        Raises ``Refused`` where the log must not be signed, ``SettingError`` without the present key.
        """
        if not self._begun():
            self._log.publish()
            self._begin(clock)
        self._log.publish()
        self._settle()
        return self._log.key

    def _begun(self) -> bool:
        if not (self._folder / NEXT_FILE).exists():
            return False
        following = load_signing_key(self._folder, NEXT_FILE)
        return following.public_key().public_bytes_raw() == self._log.key.public

    def _begin(self, clock: Clock) -> None:
        present = self._log.key
        old = LogSigner(present.name, private_half(self._folder, present))
        new = LogSigner(present.name, make_key(self._folder, NEXT_FILE))
        first = LogKey(self._own.origin, self._own.public_key)
        with self._public.work() as session:
            if turning.held_keys(session, first, self._own.id)[-1] != present:
                raise Conflict(N_("The key of the log was changed by another command just now."))
            turning.append(session, self._own.id, (old, new), self._version, today(clock))

    def _settle(self) -> None:
        """Vouch for the witness with the new key, and put the new key in the place of the old one."""
        present, folder = self._log.key, self._folder
        if not self._begun():
            return
        signer = LogSigner(present.name, load_signing_key(folder, NEXT_FILE))
        if (folder / own_witness.KEY_FILE).exists():
            key = load_signing_key(folder, own_witness.KEY_FILE)
            own_witness.state(folder, self._own, signer, key)
        if (folder / KEY_FILE).exists():
            former = load_signing_key(folder).public_key().public_bytes_raw()
            code = LogKey(present.name, former).key_id.hex()
            (folder / KEY_FILE).replace(folder / f"{FORMER}{code}")
        (folder / NEXT_FILE).replace(folder / KEY_FILE)
