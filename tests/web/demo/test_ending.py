"""The demonstration of three nodes is ended in the middle: no process and no data stay behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.demo.test_three_nodes import ROOT, three_free_ports

pytestmark = [pytest.mark.timeout(300), pytest.mark.long]

COMMAND = (sys.executable, "-m", "web.demo.three_nodes")
FIRST = "loads the demo set"
READY = "Northern Node is ready"


def environ(folder: Path) -> dict[str, str]:
    return os.environ | {"COMMONS_DATA_DIR": str(folder), "PORT": str(three_free_ports())}


def of(folder: Path) -> list[int]:
    """Every process with data in this folder, the demonstration itself included."""
    mark = f"COMMONS_DATA_DIR={folder}".encode()
    return [int(one.name) for one in Path("/proc").glob("[0-9]*") if _is_of(one, mark)]


def _is_of(process: Path, mark: bytes) -> bool:
    try:
        said = (process / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(one.startswith(mark) for one in said)


def is_clean(folder: Path) -> bool:
    return of(folder) == [] and not any(one.is_dir() for one in (folder / "three").iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for left in of(tmp_path):
        os.kill(left, signal.SIGKILL)


@pytest.mark.parametrize(
    ("number", "after", "code"),
    [
        (signal.SIGTERM, READY, 128 + signal.SIGTERM),
        (signal.SIGINT, FIRST, 0),
    ],
)
def test_every_way_to_end_it_ends_all_of_it(
    folder: Path, number: signal.Signals, after: str, code: int
) -> None:
    with subprocess.Popen(
        COMMAND, cwd=ROOT, env=environ(folder), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as playing:
        assert playing.stdout is not None
        assert any(after in line for line in playing.stdout)
        # What it says first comes before the command that it tells of; a node that is ready runs beside it.
        assert len(of(folder)) > (after == READY)
        playing.send_signal(number)
        playing.send_signal(number)  # impatience does not interrupt the tidying up
        playing.stdout.read()
        assert playing.wait() == code
    assert is_clean(folder)


def test_a_terminal_that_is_closed_ends_all_of_it(folder: Path) -> None:
    ours, theirs = os.openpty()
    command = ("/usr/bin/setsid", "--ctty", *COMMAND)
    with subprocess.Popen(
        command, cwd=ROOT, env=environ(folder), stdin=theirs, stdout=theirs, stderr=theirs
    ) as playing:
        os.close(theirs)
        said = b""
        while FIRST.encode() not in said:
            said += os.read(ours, 1024)
        os.close(ours)
        assert playing.wait() == 128 + signal.SIGHUP
    assert is_clean(folder)


def test_data_left_by_one_that_was_killed_are_removed_and_one_in_use_is_not_touched(folder: Path) -> None:
    (folder / "three" / "northern").mkdir(parents=True)
    (folder / "three" / "northern" / "public.sqlite").write_text("of another time")
    given = environ(folder)
    with subprocess.Popen(COMMAND, cwd=ROOT, env=given, stdout=subprocess.PIPE, text=True) as playing:
        assert playing.stdout is not None
        assert any(FIRST in line for line in playing.stdout)
        second = subprocess.run(COMMAND, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
        assert (second.returncode, "runs already" in second.stderr) == (1, True)
        assert (folder / "three" / "northern").is_dir()
        playing.terminate()
        playing.stdout.read()
    assert is_clean(folder)
