"""Letters of a node without a mail server: files, for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from registry.clock import system_clock
from registry.mail import FOLDER_LIFE, FolderMailer, Message, open_mailer

SENDER = "registry@node.example"
LETTER = Message("ada@example.org", "Welcome", "Open this page:\nhttps://node.example/x?key=ab\n")


def test_without_a_server_letters_are_files_that_nobody_else_reads(tmp_path: Path) -> None:
    open_mailer("", SENDER, tmp_path / "mail", system_clock).send(LETTER)
    (path,) = (tmp_path / "mail").iterdir()
    assert path.suffix == ".eml"
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0
    assert message_from_bytes(path.read_bytes(), policy=policy.default)["To"] == LETTER.to


def test_letters_in_the_folder_do_not_outlive_their_time(tmp_path: Path) -> None:
    folder, times = tmp_path / "mail", [datetime.now(UTC)]
    mailer = FolderMailer(folder, SENDER, lambda: times[-1])
    mailer.send(LETTER)
    (old,) = folder.iterdir()
    times.append(times[0] + FOLDER_LIFE - timedelta(minutes=1))
    mailer.send(LETTER)
    assert old.exists()
    times.append(times[0] + FOLDER_LIFE + timedelta(minutes=1))
    mailer.send(LETTER)
    assert not old.exists()
    assert len(list(folder.iterdir())) == 1


def test_letters_to_nobody_are_deleted_and_no_others(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", SENDER, system_clock)
    mailer.forget(lambda _address: False)  # there is no folder yet
    mailer.send(LETTER)
    mailer.send(Message("bob@example.org", "Übersicht für Bob", "Grüße"))
    mailer.forget(lambda address: address == "bob@example.org")
    (left,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(left.read_bytes(), policy=policy.default)["To"] == "bob@example.org"
