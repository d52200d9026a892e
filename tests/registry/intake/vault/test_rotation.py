"""Rotation: everything opens before, during and after it, and old keys go only when nothing needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.errors import Unavailable
from registry.intake.vault import keyfile, rotation
from registry.intake.vault.errors import KeyMissing
from registry.intake.vault.keyring import FileKeyring, GivenKeyring
from registry.intake.vault.keys import DataKeys, announce, carry
from tests.registry import opened
from tests.registry.house import MASTER_KEYS, House, keyring_in

OTHER = "b3RoZXIga2V5IG9mIGV4YWN0bHkgMzIgYnl0ZXMhISE="


@pytest.fixture
def path(house: House, tmp_path: Path) -> Path:
    """A keyring in a file, which the house goes by from now on; the house's own key is in it."""
    made = keyring_in(tmp_path)
    carry(house.private, DataKeys(FileKeyring(made), house.clock))
    return made


def rotate(house: House, path: Path | None, *, retire: bool = False) -> rotation.Rotated:
    return rotation.rotate(house.private, path, retire=retire, tell=lambda _done, _all: None)


def under(house: House) -> dict[str, int]:
    """Master key → how many data keys it wraps, asked of the database itself."""
    rows = house.ask("SELECT master_key_id, count(*) FROM data_key GROUP BY master_key_id")
    return {row[0]: row[1] for row in rows}


def test_all_is_wrapped_by_a_new_key_and_opens(house: House, path: Path) -> None:
    keys = [house.draft(title=f"Report {number}") for number in range(5)]
    done = rotate(house, path)
    assert (done.rewrapped, done.retired) == (5, ())
    assert under(house) == {done.current: 5}
    assert sorted(opened.titles(house.private).values()) == [f"Report {number}" for number in range(5)]
    assert set(keyfile.read(path).keys) == {"test", done.current}
    assert house.side.intake.read(house.people.member, keys[0]).account.title == "Report 0"
    house.draft()
    assert under(house) == {done.current: 6}


def test_old_keys_are_let_go_when_asked(house: House, path: Path) -> None:
    house.draft(title="Kept")
    rotate(house, path)
    done = rotate(house, path, retire=True)
    assert set(keyfile.read(path).keys) == {done.current}
    assert [row[0] for row in house.ask("SELECT id FROM master_key")] == [done.current]
    assert "test" in done.retired
    assert len(done.retired) == 2
    carry(house.private, DataKeys(FileKeyring(path), house.clock))
    assert list(opened.titles(house.private).values()) == ["Kept"]


def test_a_rotation_that_stopped_is_finished_and_no_new_one_begun(
    house: House, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        house.draft(title=f"Report {number}")
    monkeypatch.setattr(rotation, "BATCH", 2)
    with pytest.raises(InterruptedError):
        rotation.rotate(house.private, path, retire=False, tell=stop_after(4))
    begun = keyfile.read(path).current
    assert under(house) == {"test": 2, begun: 4}
    assert len(opened.titles(house.private)) == 6
    assert rotate(house, path) == rotation.Rotated(begun, 2)
    assert under(house) == {begun: 6}


def stop_after(count: int) -> rotation.Tell:
    def tell(done: int, _all: int) -> None:
        if done >= count:
            raise InterruptedError

    return tell


@pytest.mark.parametrize("announced", [False, True])
def test_a_new_key_that_was_not_current_yet_becomes_so(house: House, path: Path, *, announced: bool) -> None:
    """The run stopped between the file and the database, or between the database and the file."""
    house.draft()
    keyfile.write(path, keyfile.read(path).with_next())
    waiting = keyfile.read(path).next
    assert waiting is not None
    if announced:
        with house.private.work() as session:
            DataKeys(FileKeyring(path), house.clock).announce(session, waiting)
    house.draft()
    assert under(house) == {"test": 2}
    assert rotate(house, path).current == waiting
    assert under(house) == {waiting: 2}


def test_a_slow_process_cannot_wrap_with_a_key_that_was_let_go(house: House, path: Path) -> None:
    slow = DataKeys(GivenKeyring(MASTER_KEYS), house.clock)
    rotate(house, path, retire=True)
    carry(house.private, slow)
    with pytest.raises(KeyMissing):
        house.draft()
    assert house.ask("SELECT count(*) FROM submission") == [(0,)]
    carry(house.private, DataKeys(FileKeyring(path), house.clock))
    house.draft()


def test_a_key_in_use_is_not_let_go(house: House, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some process goes on wrapping with the old key for as long as the rotation tries."""
    house.draft(title="Kept")

    def busy(private: object, current: str, tell: object) -> int:
        return 0

    monkeypatch.setattr(rotation, "_wrap", busy)
    with pytest.raises(Unavailable):
        rotate(house, path, retire=True)
    assert "test" in keyfile.read(path).keys
    assert list(opened.titles(house.private).values()) == ["Kept"]


def test_destroyed_keys_stay_destroyed_and_hold_no_master_key_back(house: House, path: Path) -> None:
    key = house.draft()
    house.side.custody.originals.erase(house.people.member, key)
    done = rotate(house, path, retire=True)
    assert (done.rewrapped, done.retired) == (0, ("test",))
    assert house.ask("SELECT wrapped FROM data_key") == [(None,)]


def test_keys_from_outside_are_rotated_by_their_setting(house: House) -> None:
    house.draft(title="Kept")
    carry(house.private, DataKeys(GivenKeyring(f"new={OTHER} {MASTER_KEYS}"), house.clock))
    with pytest.raises(KeyMissing):
        house.draft()  # the operator has not run the command yet
    assert rotate(house, None, retire=True) == rotation.Rotated("new", 1, ("test",))
    carry(house.private, DataKeys(GivenKeyring(f"new={OTHER}"), house.clock))
    assert list(opened.titles(house.private).values()) == ["Kept"]


def test_announcing_again_changes_nothing(house: House) -> None:
    announce(house.private)
    assert house.ask("SELECT id FROM master_key") == [("test",)]
