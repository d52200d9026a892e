"""Both stores keep one promise: what was put is there, whole or not at all, or they say that it is not."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from registry.errors import SettingError, Unavailable
from registry.intake.attachments.bucket import BucketStore, Place, place_of
from registry.intake.attachments.office import open_store
from registry.intake.attachments.stores import Damaged, FolderStore, Store
from tests.s3_server import S3Server

DATA = os.urandom(70_000)
ADDRESS = hashlib.sha256(DATA).hexdigest()
NOWHERE = "0" * 64


@pytest.fixture(scope="module")
def server() -> Iterator[S3Server]:
    server = S3Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def bucket(server: S3Server, request: pytest.FixtureRequest) -> str:
    """The name of an empty bucket."""
    name = "evidence-" + hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:12]
    assert server.ask("PUT", f"/{name}")[0] == 200
    return name


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    if request.param == "folder":
        return open_store("", tmp_path / "attachments")
    server: S3Server = request.getfixturevalue("server")
    return open_store(server.setting(request.getfixturevalue("bucket"), "node/files"), tmp_path)


def test_what_was_put_lies_at_its_hash(store: Store) -> None:
    assert store.put(DATA) == ADDRESS
    assert store.get(ADDRESS) == DATA
    assert list(store.addresses()) == [ADDRESS]


def test_putting_twice_is_putting_once(store: Store) -> None:
    assert store.put(DATA) == store.put(DATA)
    assert list(store.addresses()) == [ADDRESS]


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: Store) -> None:
    store.put(DATA)
    store.put(b"other")
    store.delete(ADDRESS)
    store.delete(ADDRESS)
    assert store.get(ADDRESS) is None
    assert list(store.addresses()) == [hashlib.sha256(b"other").hexdigest()]


@pytest.mark.parametrize(
    "name", ["", "x", "../../etc/passwd", "/etc/passwd", NOWHERE + "/..", NOWHERE.upper() + "\n"]
)
def test_what_is_no_address_is_nowhere(store: Store, name: str) -> None:
    assert store.get(name) is None
    store.delete(name)
    assert store.get(NOWHERE) is None


def test_an_empty_store_is_empty(store: Store) -> None:
    assert list(store.addresses()) == []
    assert store.tidy(datetime.now(UTC)) == 0


def test_a_large_file_comes_back_whole(store: Store) -> None:
    data = os.urandom(10_500_000)
    assert store.get(store.put(data)) == data


# The folder.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "attachments"


def test_nobody_else_may_look_into_the_folder_and_no_time_is_told(folder: Path) -> None:
    FolderStore(folder).put(DATA)
    found = [folder, *folder.rglob("*")]
    assert len(found) == 3
    for path in found:
        told = path.stat()
        assert stat.S_IMODE(told.st_mode) == (0o700 if path.is_dir() else 0o600)
        assert told.st_mtime == 0, path


def test_times_tell_nothing_after_something_was_removed(folder: Path) -> None:
    store = FolderStore(folder)
    store.put(DATA)
    store.delete(ADDRESS)
    assert [path.stat().st_mtime for path in (folder, *folder.iterdir())] == [0, 0]


@pytest.mark.parametrize("broken", [errno.EIO, errno.ENOSPC, errno.EDQUOT])
def test_what_may_be_lost_is_not_acknowledged(
    folder: Path, broken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every sync is broken in turn: of the file, of its folder, of the folder of that."""
    store, synced = FolderStore(folder), os.fsync
    for number in range(3):
        calls: list[int] = []

        def fail(handle: int, calls: list[int] = calls, number: int = number) -> None:
            calls.append(handle)
            if len(calls) > number:
                raise OSError(broken, os.strerror(broken))
            synced(handle)

        monkeypatch.setattr(os, "fsync", fail)
        data = bytes([number]) * 1_000
        with pytest.raises(Unavailable):
            store.put(data)
        assert not list(folder.rglob(".part-*"))
        monkeypatch.setattr(os, "fsync", synced)
        assert store.get(store.put(data)) == data


def test_what_a_crash_left_half_written_goes_after_a_while(folder: Path) -> None:
    store = FolderStore(folder)
    store.put(DATA)
    (folder / ADDRESS[:2] / ".part-abc").write_bytes(DATA[:10])
    assert list(store.addresses()) == [ADDRESS]
    assert store.tidy(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert store.tidy(datetime.now(UTC) + timedelta(hours=1)) == 1
    assert list(folder.rglob(".part-*")) == []
    assert store.get(ADDRESS) == DATA


def test_a_folder_that_cannot_be_made_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "attachments").write_bytes(b"a file where the folder should be")
    store = FolderStore(tmp_path / "attachments")
    for act in (lambda: store.put(DATA), lambda: store.get(ADDRESS), lambda: store.delete(ADDRESS)):
        with pytest.raises(Unavailable):
            act()


@pytest.mark.parametrize("changed", [b"", DATA[:-1], DATA + b"x", b"x" * 20_000_000])
def test_what_was_changed_in_the_folder_is_not_given_out(folder: Path, changed: bytes) -> None:
    store = FolderStore(folder)
    store.put(DATA)
    (folder / ADDRESS[:2] / ADDRESS).write_bytes(changed)
    with pytest.raises(Damaged):
        store.get(ADDRESS)


# The bucket.


def test_what_is_sent_lies_under_the_prefix_of_the_bucket(
    server: S3Server, bucket: str, tmp_path: Path
) -> None:
    open_store(server.setting(bucket, "node/files"), tmp_path).put(DATA)
    assert server.ask("GET", f"/{bucket}/node/files/{ADDRESS}") == (200, DATA)
    server.ask("PUT", f"/{bucket}/of-somebody-else", b"x")
    server.ask("PUT", f"/{bucket}/node/files/readme.txt", b"x")
    assert list(open_store(server.setting(bucket, "node/files"), tmp_path).addresses()) == [ADDRESS]


@pytest.mark.parametrize("changed", [b"", DATA[:-1], b"x" * 11_000_001])
def test_what_was_changed_in_the_bucket_is_not_given_out(
    server: S3Server, bucket: str, tmp_path: Path, changed: bytes
) -> None:
    store = open_store(server.setting(bucket), tmp_path)
    store.put(DATA)
    server.ask("PUT", f"/{bucket}/{ADDRESS}", changed)
    with pytest.raises(Damaged):
        store.get(ADDRESS)


def test_more_than_a_page_of_files_is_listed(server: S3Server, bucket: str, tmp_path: Path) -> None:
    names = [hashlib.sha256(bytes([number // 256, number % 256])).hexdigest() for number in range(1_005)]
    for name in names:
        server.ask("PUT", f"/{bucket}/{name}", b"x")
    assert sorted(open_store(server.setting(bucket), tmp_path).addresses()) == sorted(names)


def test_a_store_that_does_not_answer_is_an_outage(tmp_path: Path) -> None:
    gone = S3Server()  # never started
    store = open_store(gone.setting("evidence"), tmp_path)
    acts = (lambda: store.put(DATA), lambda: store.get(ADDRESS), lambda: store.delete(ADDRESS))
    for act in (*acts, lambda: list(store.addresses())):
        with pytest.raises(Unavailable) as caught:
            act()
        assert "secret" not in caught.value.text


def test_a_bucket_that_is_not_there_is_an_outage(server: S3Server, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        open_store(server.setting("never-made"), tmp_path).put(DATA)


# The setting.


@pytest.mark.parametrize(
    ("setting", "place"),
    [
        ("s3://evidence", Place("evidence")),
        ("s3://evidence/a/b/", Place("evidence", "a/b")),
        (
            "s3://KEY:s%2Fcret@evidence?endpoint=https://s3.example&region=eu-1",
            Place("evidence", "", "https://s3.example", "eu-1", "KEY", "s/cret"),
        ),
        ("s3://e?endpoint=http://127.0.0.1:9000", Place("e", endpoint="http://127.0.0.1:9000")),
    ],
)
def test_a_setting_names_a_bucket(setting: str, place: Place) -> None:
    assert place_of(setting) == place


@pytest.mark.parametrize(
    "setting",
    [
        "evidence",
        "https://s3.example/evidence",
        "s3://",
        "s3://evidence?endpoint=http://s3.example",
        "s3://evidence?endpoint=ftp://s3.example",
        "s3://evidence?acl=public",
        "s3://evidence?endpoint",
        "s3://KEY:secret@[evidence",
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_without_its_secret(setting: str) -> None:
    with pytest.raises(SettingError) as caught:
        open_store(setting, Path("unused"))
    assert "attachments" in caught.value.text
    assert "secret" not in caught.value.text


def test_a_bucket_is_opened_for_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, server: S3Server, bucket: str
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    store = BucketStore(place_of(f"s3://{bucket}?endpoint={server.endpoint}"))
    assert store.get(store.put(DATA)) == DATA
