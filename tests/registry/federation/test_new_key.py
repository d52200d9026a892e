"""Another key for this node's own log: whatever breaks off is finished by the next try, and nothing forks."""

from __future__ import annotations

import json
from functools import partial
from itertools import pairwise

import pytest
from sqlalchemy import text

from registry.config import Settings
from registry.db.public import PublicDatabase
from registry.errors import SettingError
from registry.federation.new_key import FORMER, NEXT_FILE, KeyChange, private_half
from registry.federation.own_witness import load_witness, read_statement
from registry.ledger.checkpoints import Checkpoint, open_checkpoint
from registry.ledger.keys import LogKey
from registry.ledger.publishing import CHECKPOINT_FILE, LogPublisher
from registry.ledger.reading import LogReader
from registry.ledger.refusal import Refused
from registry.record.node import KEY_FILE, load_node
from tests.conftest import SettableClock
from tests.registry.ledger.checked import keep, require_whole


class Breaking(LogPublisher):
    """Signs so many times and then breaks off, as a process that is killed."""

    left = 99

    def publish(self) -> Checkpoint:
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt
        return super().publish()


class Own:
    """The node's log in its database and folder."""

    def __init__(self, public: PublicDatabase, settings: Settings, clock: SettableClock) -> None:
        self.public, self.folder, self.clock = public, settings.data_dir, clock
        self.identity = load_node(self.folder)
        self.first = LogKey(self.identity.origin, self.identity.public_key)
        self.log = Breaking(
            public, self.folder, self.first, self.identity.id, partial(private_half, self.folder), clock
        )
        self.change = KeyChange(public, self.folder, self.identity, self.log, "0.2.0")

    def rotate(self) -> LogKey:
        return self.change.rotate(self.clock)

    def keep(self, *serials: int) -> None:
        with self.public.work() as session:
            keep(session, *serials, home=self.identity.id)

    @property
    def note(self) -> bytes:
        return LogReader(self.public).checkpoint()


@pytest.fixture
def own(public_db: PublicDatabase, bare: Settings, clock: SettableClock) -> Own:
    return Own(public_db, bare, clock)


def test_the_log_goes_on_under_the_new_key(own: Own) -> None:
    own.keep(1, 2)
    new = own.rotate()
    assert new == own.log.key != own.first
    assert open_checkpoint(own.note, own.first).checkpoint.size == 3
    assert open_checkpoint(own.note, new).checkpoint.size == 3
    own.keep(3)
    own.log.publish()
    assert open_checkpoint(own.note, new).checkpoint.size == 4
    with pytest.raises(Refused, match="No key that is known"):
        open_checkpoint(own.note, own.first)
    assert require_whole(own.public) == 4
    assert load_node(own.folder).id == own.identity.id
    assert not (own.folder / NEXT_FILE).exists()
    assert len(list(own.folder.glob(f"{FORMER}*"))) == 1
    assert (own.folder / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert own.log.state().trouble is None


def test_the_entry_says_what_both_keys_signed(own: Own) -> None:
    new = own.rotate()
    (one,) = LogReader(own.public).rotations()
    said = one.read()
    assert (said.old, said.new, said.node_id) == (own.first, new, own.identity.id)
    (line,) = LogReader(own.public).payloads(0, 1)
    assert (line.commitment, line.salt, line.payload) == (one.commitment, one.salt, one.payload)
    assert LogReader(own.public).payload(one.commitment).payload == one.payload
    assert json.loads(one.payload)["type"] == "key-rotate"


def test_turns_follow_each_other(own: Own) -> None:
    keys = [own.first, own.rotate(), own.rotate(), own.rotate()]
    assert len({key.public for key in keys}) == 4
    told = [(one.read().old, one.read().new) for one in LogReader(own.public).rotations()]
    assert told == list(pairwise(keys))
    assert require_whole(own.public) == 3


def test_the_witness_is_vouched_for_by_the_new_key(own: Own) -> None:
    witness = load_witness(own.folder, own.identity, own.clock)
    assert witness is not None
    before = witness.witness.key
    new = own.rotate()
    assert read_statement(witness.statement, new, own.identity.id) == before
    with pytest.raises(Refused):
        read_statement(witness.statement, own.first, own.identity.id)


@pytest.mark.parametrize("published", [0, 1])
def test_what_broke_off_is_finished_and_not_begun_again(own: Own, published: int) -> None:
    """Before the entry, and between the entry and its checkpoint."""
    own.log.left = published
    with pytest.raises(KeyboardInterrupt):
        own.rotate()
    own.log.left = 99
    own.keep(1, 2)
    new = own.rotate()
    assert [one.read().new for one in LogReader(own.public).rotations()] == [new]
    assert open_checkpoint(own.note, new).checkpoint.size == 3
    assert (require_whole(own.public), own.log.state().trouble) == (3, None)


def test_the_worker_signs_for_an_entry_that_was_left_alone(own: Own) -> None:
    """With both keys up to the entry, with the new one after it."""
    own.log.left = 1
    with pytest.raises(KeyboardInterrupt):
        own.rotate()
    own.log.left = 99
    own.keep(1)
    assert own.log.publish().size == 2
    (one,) = LogReader(own.public).rotations()
    assert open_checkpoint(one.checkpoint, own.first).checkpoint.size == 1
    assert open_checkpoint(own.note, own.log.key).checkpoint.size == 2


def test_a_stop_between_both_files_is_finished(own: Own) -> None:
    own.log.left = 1
    with pytest.raises(KeyboardInterrupt):
        own.rotate()
    own.log.left = 99
    own.log.publish()
    (own.folder / KEY_FILE).rename(own.folder / f"{FORMER}x")
    own.keep(1)
    own.log.publish()
    new = own.rotate()
    assert open_checkpoint(own.note, new).checkpoint.size == 2
    assert private_half(own.folder, new).public_key().public_bytes_raw() == new.public


def test_a_log_that_must_not_be_signed_gets_no_key(own: Own) -> None:
    own.keep(1, 2)
    own.log.publish()
    (own.folder / CHECKPOINT_FILE).write_bytes(b"nonsense\n")
    with pytest.raises(Refused):
        own.rotate()
    assert LogReader(own.public).rotations() == []
    assert not (own.folder / NEXT_FILE).exists()


def test_an_older_copy_is_seen_also_behind_another_key(own: Own) -> None:
    """The file in the data folder knows a newer log, under the new key, than the database does."""
    own.keep(1)
    own.rotate()
    own.keep(2)
    own.log.publish()
    with own.public.work() as session:
        for table in ("ledger_entry", "ledger_node"):
            session.execute(text(f"DELETE FROM {table} WHERE position >= 2"))  # noqa: S608 - names from above
        session.execute(text("DELETE FROM ledger_checkpoint WHERE size > 2"))
        session.execute(text("UPDATE ledger_head SET size = 2"))
    assert "this is an older copy" in str(own.log.state().trouble)


def test_without_the_present_key_there_is_no_other(own: Own) -> None:
    own.log.publish()
    (own.folder / KEY_FILE).rename(own.folder / "lost")
    with pytest.raises(SettingError):
        own.rotate()
    assert LogReader(own.public).rotations() == []
