"""Canaries in requests of every kind: what a request brings stays out of logs, temporary files and memory.

P4 of the security plan. The server is the installed one, with a folder of its own for temporary files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from registry.config import Settings
from registry.identity.oauth.rules import Way
from registry.identity.rules import SCOPES
from tests.api.process import Served, commons_serve
from tests.conftest import SettableClock, missing
from tests.factories import PASSWORD
from tests.web import memory
from tests.web.canaries import BEGINNINGS, Canaries, visit
from web.setup import initialise
from web.wiring import build, close

LEAST = 50
PRIVATE_FILES = "private.sqlite"
"""Where reports are kept; its canaries belong there."""
LOOKS = 20
"""Looks into memory until the last request was forgotten; each takes about a second."""
STAYING: dict[str, str] = {}
"""Place → why its word may stay in memory. None may."""


@dataclass(frozen=True)
class Visited:
    """A server that was visited, and all that it wrote."""

    canaries: Canaries
    folder: Path
    temporary: Path
    log: Path
    cores: list[str]
    statuses: list[int]
    processes: int
    remembered: set[str] | None
    """Places whose words the processes still hold in memory; None where that may not be read."""


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Visited:
    place = tmp_path_factory.mktemp("canaries")
    temporary = place / "tmp"
    temporary.mkdir()
    token = _found(place / "node")
    canaries = Canaries()
    settings = {"COMMONS_TRUSTED_PROXIES": "127.0.0.1", "TMPDIR": str(temporary)}
    with commons_serve(place / "node", **settings) as served:
        statuses = list(visit(served, canaries, token))
        processes = memory.family(served.pid)
        cores = list(_limits(processes))
        with _staying(served, canaries) as status:
            remembered = _remembered(served, processes, canaries)
    return Visited(
        canaries,
        place / "node",
        temporary,
        served.log,
        cores,
        [*statuses, status],
        len(processes),
        remembered,
    )


def _found(folder: Path) -> str:
    clock, settings = SettableClock(), Settings(data_dir=folder, risk_threshold=1)
    initialise(settings, clock)
    node = build(settings, clock)
    directory = node.private.directory
    key = directory.add_organization("Lake Health", "a health organization")
    directory.add_organization("River Schools", "a group of schools")
    person = directory.add_person("member@example.org", "Member", PASSWORD)
    directory.grant(person, key, [])
    token = directory.add_client("Lake Health", "a program", tuple(SCOPES), Way(bearer=True)).token
    close(node)
    return token


@contextmanager
def _staying(served: Served, c: Canaries) -> Iterator[int]:
    """A request whose connection stays open when it was answered; gives its status."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    brought = {"User-Agent": c.word("browser that stays"), "X-Forwarded-For": c.address("address that stays")}
    connection.request("GET", f"/?q={c.word('search that stays')}", headers=brought)
    answer = connection.getresponse()
    answer.read()
    assert connection.sock is not None, "the connection stays open"
    yield answer.status
    connection.close()


def _limits(processes: list[int]) -> Iterator[str]:
    """How large a core file may be, of every process that serves."""
    for pid in processes:
        yield from (line for line in Path(f"/proc/{pid}/limits").read_text().splitlines() if "core" in line)


def _remembered(served: Served, processes: list[int], c: Canaries) -> set[str] | None:
    """Places whose words are in the memory of a process, once its threads have ended their requests.

    What two threads had in their hands at once may wait for the end of one request more.
    """
    held: set[str] = set()
    try:
        for _ in range(LOOKS):
            held = {place for pid in processes for place in held_by(pid, c)}
            if held <= set(STAYING):
                break
            served.send(b"GET /healthz HTTP/1.1\r\nHost: node.example\r\nConnection: close\r\n\r\n")
    except PermissionError:
        return None
    return held


def held_by(pid: int, c: Canaries) -> set[str]:
    """Places whose words a process holds in memory; raises ``PermissionError``."""
    said = set(memory.spoken(pid, BEGINNINGS))
    return {place for place, word in c.planted.items() if any(seen.startswith(word.lower()) for seen in said)}


def written(visited: Visited) -> Iterator[tuple[str, bytes]]:
    """Everything that the server wrote, but for what is in the private database."""
    yield "log", visited.log.read_bytes()
    for folder in (visited.temporary, visited.folder):
        for path in folder.rglob("*"):
            if path.is_file() and not path.name.startswith(PRIVATE_FILES):
                yield str(path), path.read_bytes()


def test_there_are_enough_canaries_and_the_requests_were_of_every_kind(visited: Visited) -> None:
    assert len(visited.canaries.planted) >= LEAST
    assert {200, 201, 400, 401, 404, 413, 422} <= set(visited.statuses)
    kept = b"".join(path.read_bytes() for path in visited.folder.glob(f"{PRIVATE_FILES}*"))
    for place in ("title", "person in the text", "message to a publisher", "key"):
        assert visited.canaries.planted[place].encode() not in kept, (
            "it is sealed, or a keyed hash, in the private database too"
        )
    assert b"River Schools" in kept, "the search would find them"


def test_no_canary_is_in_any_log_temporary_file_or_public_place(visited: Visited) -> None:
    names = {path for path, _ in written(visited)}
    assert any(name.endswith("public.sqlite") for name in names)
    assert any("MANIFEST" in name for name in names)
    found = {
        (place, name)
        for name, content in written(visited)
        for place, word in visited.canaries.planted.items()
        if word.encode() in content.lower()
    }
    assert not found


def test_nothing_is_left_in_the_folder_of_temporary_files(visited: Visited) -> None:
    assert [path.name for path in visited.temporary.rglob("*") if path.is_file()] == []


def test_no_crash_writes_memory_to_a_disk(visited: Visited) -> None:
    """The supervisor, the web server and the worker: their cores may have no byte."""
    assert len(visited.cores) >= 3
    assert {tuple(line.split()[-3:-1]) for line in visited.cores} == {("0", "0")}


def test_memory_holds_nothing_of_requests_that_were_answered(visited: Visited) -> None:
    """P4's core dump: every process is read while it runs, a connection still open."""
    assert visited.processes >= 4, "supervisor, web server, its process and the worker"
    assert set(STAYING) <= set(visited.canaries.planted)
    if visited.remembered is None:
        missing(memory.RIGHT)
    assert visited.remembered == set(STAYING)


def test_words_in_memory_are_found(visited: Visited) -> None:
    """This process made the words up, and so it has them all."""
    assert held_by(os.getpid(), visited.canaries) == set(visited.canaries.planted)
