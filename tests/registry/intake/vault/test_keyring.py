"""Keyrings: a file that every process follows, or a setting; neither says a key aloud."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from registry.errors import SettingError
from registry.intake.vault import keyfile
from registry.intake.vault.errors import KeyMissing
from registry.intake.vault.keyring import FileKeyring, GivenKeyring, open_keyring
from registry.intake.vault.master import given

KEY = "c2VjcmV0IGtleSBvZiB0aGlydHktdHdvIGJ5dGVzISE="
OTHER = "b3RoZXIga2V5IG9mIGV4YWN0bHkgMzIgYnl0ZXMhISE="


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "keyring.json"
    keyfile.make(made)
    return made


def renew(path: Path) -> str:
    """Put a new current key into the file; returns its id."""
    keyfile.write(path, keyfile.read(path).with_next().advanced())
    return keyfile.read(path).current


def test_a_file_is_made_once_for_its_owner_alone(path: Path) -> None:
    before = path.read_bytes()
    assert not keyfile.make(path)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_working_process_follows_the_file(path: Path) -> None:
    ring = FileKeyring(path)
    first = ring.current().id
    second = renew(path)
    assert ring.current().id == second
    assert ring.key(first).id == first


def test_an_unknown_key_is_looked_for_again_before_it_is_missed(path: Path) -> None:
    ring = FileKeyring(path)
    second = renew(path)
    assert ring.key(second).id == second
    with pytest.raises(KeyMissing):
        ring.key("0" * 16)


def test_a_key_that_was_let_go_still_opens_for_who_had_it(path: Path) -> None:
    """A reader may hold a row from before the rotation that let it go."""
    ring, first = FileKeyring(path), keyfile.read(path).current
    renew(path)
    keyfile.write(path, keyfile.read(path).only([]))
    assert ring.current().id != first
    assert ring.key(first).id == first
    with pytest.raises(KeyMissing):
        FileKeyring(path).key(first)


def test_the_next_key_does_not_wrap_before_it_is_current(path: Path) -> None:
    held = keyfile.read(path).with_next()
    keyfile.write(path, held)
    assert FileKeyring(path).current().id == held.current != held.next
    assert set(held.only([]).keys) == {held.current, held.next}
    assert keyfile.read(path).advanced().next is None


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", "null", '{"format": 1, "current": "a", "keys": 3}', '{"format": 2, "current": "a"}'],
)
def test_a_damaged_file_is_named_with_its_remedy(path: Path, content: str) -> None:
    path.write_text(content)
    with pytest.raises(SettingError, match="keyring_file"):
        FileKeyring(path)


def test_a_file_of_a_later_form_is_refused(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 2}))
    with pytest.raises(SettingError, match="form"):
        FileKeyring(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="commons init"):
        FileKeyring(tmp_path / "keyring.json")


def test_the_first_key_of_the_setting_is_current(path: Path) -> None:
    ring = open_keyring(path, f"new={KEY}, old={OTHER}")
    assert (ring.current().id, ring.key("old").id) == ("new", "old")
    with pytest.raises(KeyMissing):
        ring.key(keyfile.read(path).current)


@pytest.mark.parametrize(
    "setting", [KEY, f"a={KEY} a={OTHER}", "a=", f"a={KEY[:-4]}", f"a b={KEY}", f"a-b={KEY}", ",", f"={KEY}"]
)
def test_a_setting_that_makes_no_sense_is_refused_without_repeating_the_key(setting: str) -> None:
    with pytest.raises(SettingError) as refused:
        GivenKeyring(setting)
    assert KEY[:8] not in refused.value.text
    assert OTHER[:8] not in refused.value.text


def test_no_key_is_printed(path: Path) -> None:
    held = keyfile.read(path)
    assert held.keys[held.current] not in repr(held)
    ring = given(f"a={KEY}")
    assert repr(ring.keys["a"].wrapping) not in repr(ring)
