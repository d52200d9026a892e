"""A node whose whole data folder is from an older backup: its file knows no more than its database."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.ledger.checkpoints import Checkpoint
from registry.ledger.keys import LogSigner
from registry.ledger.notes import sign_note
from registry.ledger.publishing import CHECKPOINT_FILE, LogPublisher
from tests.conftest import SettableClock
from tests.registry.ledger.checked import HOME
from tests.registry.ledger.test_publishing import add, in_file, refusal, told
from tests.registry.ledger.vectors import SIGNER

STRANGER = LogSigner(SIGNER.key.name, Ed25519PrivateKey.from_private_bytes(bytes([77]) * 32))


class Restored:
    """A node of which one entry was signed when the backup was made, and three by the end."""

    def __init__(self, folder: Path, backup: Path, address: str, clock: SettableClock) -> None:
        self._folder, self._address, self._clock = folder, address, clock
        self.public, self.notes = PublicDatabase(address), list[bytes]()
        with self.public.work() as session:
            session.execute(text("DELETE FROM ledger_checkpoint"))
        (folder / CHECKPOINT_FILE).unlink(missing_ok=True)
        self.log = self._opened()
        self.grow(1)
        self.first = in_file(folder)
        self._close()
        shutil.copytree(folder, backup)
        self.open()
        self.grow(2, 3)
        self.last = in_file(folder)
        self._close()
        shutil.copytree(folder, backup.with_name("newer"))
        self.put_back(backup)

    def grow(self, *serials: int) -> None:
        add(self.public, *serials)
        self.log.publish()

    def put_back(self, backup: Path) -> None:
        self._close()
        shutil.rmtree(self._folder)
        shutil.copytree(backup, self._folder)
        self.open()

    def open(self) -> None:
        """As after a start: nobody was asked yet."""
        self.public = PublicDatabase(self._address)
        self.log = self._opened()

    def _opened(self) -> LogPublisher:
        log = LogPublisher(self.public, self._folder, SIGNER.key, HOME, lambda _: SIGNER.private, self._clock)
        log.ask_first(lambda: self.notes)
        return log

    def _close(self) -> None:
        self.public.settle()
        self.public.close()


@pytest.fixture
def restored(
    settings: Settings, bare_folder: Path, tmp_path: Path, clock: SettableClock
) -> Iterator[Restored]:
    shutil.copytree(bare_folder, settings.data_dir)
    node = Restored(settings.data_dir, tmp_path / "backup", settings.public_url, clock)
    yield node
    node.public.close()


def test_it_signs_nothing_once_another_node_has_more(restored: Restored) -> None:
    restored.notes = [restored.last]
    add(restored.public, 4)
    assert refusal(restored.log.publish) == "log-rewound"
    add(restored.public, 5, 6)  # grown again, and longer than what was signed
    assert refusal(restored.log.publish) == "log-forked"
    assert told(restored.public) == [1]
    trouble = restored.log.state().trouble
    assert trouble is not None
    assert "3 entries" in trouble


def test_what_was_heard_is_kept(restored: Restored) -> None:
    restored.notes = [restored.last]
    refusal(restored.log.publish)
    restored.notes = []
    restored.open()
    assert refusal(restored.log.publish) == "log-rewound"


def test_with_the_newer_backup_it_goes_on(restored: Restored, tmp_path: Path) -> None:
    restored.notes = [restored.last]
    refusal(restored.log.publish)
    restored.put_back(tmp_path / "newer")
    restored.grow(4)
    assert (restored.log.state().signed, restored.log.state().trouble) == (4, None)


def what_is_here(restored: Restored) -> bytes:
    return restored.first


def cut_short(restored: Restored) -> bytes:
    return restored.last[:-10]


def nothing(_: Restored) -> bytes:
    return b""


def no_text(_: Restored) -> bytes:
    return b"\xff" * 100


def by_a_stranger(_: Restored) -> bytes:
    return sign_note(Checkpoint(SIGNER.key.name, 9, bytes(32)).text, [STRANGER])


def of_another_log(_: Restored) -> bytes:
    other = LogSigner("other.example/air-log", SIGNER.private)
    return sign_note(Checkpoint("other.example/air-log", 9, bytes(32)).text, [other])


@pytest.mark.parametrize("note", [what_is_here, by_a_stranger, of_another_log, cut_short, nothing, no_text])
def test_nothing_else_keeps_it_from_signing(restored: Restored, note: Callable[[Restored], bytes]) -> None:
    """Whoever could do that could silence any node."""
    restored.notes = [note(restored)]
    restored.grow(4)
    assert (restored.log.state().signed, restored.log.state().trouble) == (2, None)
