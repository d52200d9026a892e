"""Signing: durable before it is told, once only, and never two histories."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.ledger.checkpoints import open_checkpoint
from registry.ledger.following import follow
from registry.ledger.publishing import CHECKPOINT_FILE, LogPublisher
from registry.ledger.refusal import Refused
from registry.record import store
from registry.record.ids import air_id
from tests.conftest import SettableClock
from tests.registry.ledger.checked import HOME, ask, keep, require_whole
from tests.registry.ledger.runs import STEPS, Runner
from tests.registry.ledger.vectors import SIGNER

ROUNDS = int(os.environ.get("COMMONS_ROUNDS", "10"))


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner() as running:
        yield running


@pytest.fixture
def log(public_db: PublicDatabase, bare: Settings, clock: SettableClock) -> LogPublisher:
    (bare.data_dir / CHECKPOINT_FILE).unlink(missing_ok=True)
    with public_db.work() as session:
        session.execute(text("DELETE FROM ledger_checkpoint"))
    return publisher(public_db, bare.data_dir, clock)


def publisher(public: PublicDatabase, folder: Path, clock: SettableClock) -> LogPublisher:
    return LogPublisher(public, folder, SIGNER.key, HOME, lambda _: SIGNER.private, clock)


def add(public: PublicDatabase, *serials: int) -> None:
    with public.work() as session:
        keep(session, *serials)
        follow(session, HOME)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason


def told(public: PublicDatabase) -> list[int]:
    return [row[0] for row in ask(public, "SELECT size FROM ledger_checkpoint ORDER BY size")]


def in_file(folder: Path) -> bytes:
    return (folder / CHECKPOINT_FILE).read_bytes()


def test_a_log_is_signed_from_its_beginning(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings
) -> None:
    assert log.is_due()
    assert log.publish().size == 0
    assert not log.is_due()
    add(public_db, 1, 2, 3)
    assert log.is_due()
    assert log.publish().size == 3
    assert log.publish().size == 3
    assert told(public_db) == [0, 3]
    note = ask(public_db, "SELECT note FROM ledger_checkpoint WHERE size = 3")[0][0]
    assert bytes(note) == in_file(bare.data_dir)
    assert open_checkpoint(in_file(bare.data_dir), SIGNER.key).checkpoint.size == 3
    assert require_whole(public_db) == 3
    assert log.state().trouble is None


def test_what_changed_without_the_log_is_caught_up_with_before_signing(
    log: LogPublisher, public_db: PublicDatabase
) -> None:
    log.publish()
    with public_db.work() as session:
        keep(session, 1)
    assert log.is_due()
    assert log.publish().size == 1


def test_a_lost_file_and_a_lost_row_are_put_back(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings
) -> None:
    add(public_db, 1)
    log.publish()
    note = in_file(bare.data_dir)
    (bare.data_dir / CHECKPOINT_FILE).unlink()
    log.publish()
    assert in_file(bare.data_dir) == note
    with public_db.work() as session:
        session.execute(text("DELETE FROM ledger_checkpoint"))
    log.publish()
    assert told(public_db) == [1]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_node_restored_from_an_old_backup_signs_nothing(
    engine: str, tmp_path: Path, settings: Settings, bare_folder: Path, clock: SettableClock
) -> None:
    shutil.copytree(bare_folder, settings.data_dir)
    database, backup = settings.data_dir / "public.sqlite", tmp_path / "backup.sqlite"
    public = PublicDatabase(settings.public_url)
    log = publisher(public, settings.data_dir, clock)
    with public.work() as session:
        session.execute(text("DELETE FROM ledger_checkpoint"))
    (settings.data_dir / CHECKPOINT_FILE).unlink(missing_ok=True)
    add(public, 1)
    log.publish()
    public.settle()
    shutil.copy(database, backup)
    add(public, 2, 3)
    log.publish()
    public.close()
    note = in_file(settings.data_dir)
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.copy(backup, database)

    assert refusal(log.publish) == "log-rewound"
    state = log.state()
    assert (state.size, state.signed) == (1, 1)
    assert state.trouble is not None
    assert "3 were signed for" in state.trouble
    assert in_file(settings.data_dir) == note
    add(public, 4, 5)  # the log grows again, differently: now as long as the one that was signed
    assert refusal(log.publish) == "log-forked"
    assert in_file(settings.data_dir) == note
    assert told(public) == [1]
    public.close()


def test_a_changed_entry_is_seen_before_it_is_signed(log: LogPublisher, public_db: PublicDatabase) -> None:
    add(public_db, 1, 2, 3)
    log.publish()
    with public_db.work() as session:
        session.execute(text("UPDATE ledger_node SET hash = :h WHERE level = 1"), {"h": bytes(32)})
    add(public_db, 4)
    assert refusal(log.publish) == "log-forked"
    assert told(public_db) == [3]


def test_a_missing_hash_is_told(log: LogPublisher, public_db: PublicDatabase) -> None:
    add(public_db, 1, 2, 3)
    log.publish()
    with public_db.work() as session:
        session.execute(text("DELETE FROM ledger_node WHERE level = 1"))
    assert refusal(log.publish) == "node-missing"


@pytest.mark.parametrize("content", [b"", b"nonsense", b"another.example/air-log\n0\nAAAA\n\n"])
def test_a_broken_file_is_no_reason_to_sign(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings, content: bytes
) -> None:
    log.publish()
    add(public_db, 1)
    (bare.data_dir / CHECKPOINT_FILE).write_bytes(content)
    assert refusal(log.publish) == "note-malformed"
    assert told(public_db) == [0]


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_a_step_is_finished_by_the_next(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings, runner: Runner, step: str
) -> None:
    add(public_db, 1)
    log.publish()
    killed = runner.run(public_db, bare.data_dir, step, serial=2)
    assert killed == -signal.SIGKILL
    assert told(public_db) == [1]
    signed_for = open_checkpoint(in_file(bare.data_dir), SIGNER.key).checkpoint.size
    assert signed_for == (2 if step in ("file", "row") else 1)
    _finished(log, public_db, bare, 2)


@pytest.mark.parametrize("step", STEPS)
def test_what_happens_after_a_killed_run_does_not_change_what_it_signed(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings, runner: Runner, step: str
) -> None:
    assert runner.run(public_db, bare.data_dir, step, serial=5) == -signal.SIGKILL
    with public_db.work() as session:  # an earlier id, and a further revision of what was being signed
        keep(session, 4)
        store.revise(session, store.load(session, air_id(HOME, 2026, 5)))
    _finished(log, public_db, bare, 3)


def test_a_run_killed_at_any_moment_is_finished_by_the_next(
    log: LogPublisher, public_db: PublicDatabase, bare: Settings, runner: Runner
) -> None:
    ends = []
    for serial in range(1, ROUNDS + 1):
        seconds = 0.0005 * serial
        ends.append(runner.run(public_db, bare.data_dir, "any", serial=serial, seconds=seconds))
        if serial % 2:
            _finished(log, public_db, bare, serial)
    assert -signal.SIGKILL in ends
    _finished(log, public_db, bare, ROUNDS)


def _finished(log: LogPublisher, public: PublicDatabase, bare: Settings, size: int) -> None:
    assert log.publish().size == size
    assert require_whole(public) == size
    assert told(public)[-1] == size
    note = ask(public, "SELECT note FROM ledger_checkpoint WHERE size = :size", size=size)[0][0]
    assert bytes(note) == in_file(bare.data_dir)
    assert log.state().trouble is None
