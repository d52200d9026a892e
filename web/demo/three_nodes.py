"""``make federation-demo``: three nodes on this machine that share records, and lose one of them.

The first holds the demo set. The second follows it; the third cannot reach the first and follows the copy
at the second. The first retracts and erases a record, is killed, and comes back. Then all three stay up to
be looked at, until Ctrl-C (``--once`` ends instead). However it ends, no node stays behind, and their data
are removed: the next time it begins anew.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Final

from api.node import Node
from registry.config import load_settings
from registry.errors import Conflict, Gone, NotFound
from registry.identity.rules import Actor, Role
from registry.review.aftercare.changes import Proposal
from web.demo.ending import Ended, Ending
from web.demo.reading import read
from web.wiring import build, close

COMMONS: Final = Path(sys.executable).with_name("commons")
NAMES: Final = ("Northern Node", "Eastern Node", "Southern Node")
PATIENCE: Final = 60.0
"""Seconds for something to arrive at another node."""
LOOK: Final = 0.5
"""Seconds between two looks whether it has."""
STOPPING: Final = 30.0
"""Seconds that a node may take to stop by itself."""
RETRACT: Final = ("retract", "wrong", "The facts were others.")
ERASE: Final = ("erase", "someone-recognizable", "")


@dataclass
class Place:
    """One of the three: where its data are and where it is reached."""

    name: str
    folder: Path
    port: int
    ending: Ending
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> Mapping[str, str]:
        """Its settings: demo people need no second factor, and other nodes are on this very machine."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("COMMONS_")}
        return kept | {
            "COMMONS_DATA_DIR": str(self.folder),
            "COMMONS_NODE_NAME": self.name,
            "COMMONS_ALLOW_LOOPBACK": "yes",
            "COMMONS_DEMO": "yes",
            "COMMONS_PULL_EVERY": "2",
            "COMMONS_PUBLICATION_DELAY": "0",
            "COMMONS_SECOND_FACTOR": "no",
            "COMMONS_REQUEST_LOG": "no",
            "PORT": str(self.port),
        }

    @property
    def log(self) -> Path:
        """What it logs, apart from what the demonstration says; it stays when the data go."""
        return self.folder.with_suffix(".log")

    def run(self, *words: str) -> None:
        """A ``commons`` command at this node; raises ``CalledProcessError``."""
        command = [str(COMMONS), *words]
        with self.log.open("a") as log:
            subprocess.run(  # noqa: S603 - our own program
                command, env=self.environ, check=True, stdout=subprocess.DEVNULL, stderr=log
            )

    def start(self) -> None:
        """Serve pages, API and worker, from when it says that it is ready."""
        with self.ending.held(), self.log.open("a") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [str(COMMONS), "serve", "--port", str(self.port)],
                env=self.environ,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        while self.process.stdout is not None and "Ready" not in (line := self.process.stdout.readline()):
            if not line:
                raise SystemExit(f"{self.name} did not start: see {self.log}.")

    def kill(self, with_: signal.Signals) -> None:
        """End it and all that it started; what does not stop by itself is killed."""
        if self.process is None:
            return
        os.killpg(self.process.pid, with_)
        try:
            self.process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


def main() -> None:
    """Play it through; raises ``SystemExit`` where something does not arrive, or a signal ended it."""
    ending = Ending()
    base, first_port = Path(os.environ.get("COMMONS_DATA_DIR", "var")) / "three", int(os.environ["PORT"])
    places = [
        Place(name, (base / name.split()[0].lower()).resolve(), first_port + number, ending)
        for number, name in enumerate(NAMES)
    ]
    try:
        with _alone(base), ExitStack() as at_the_end:
            for place in places:
                at_the_end.callback(place.kill, signal.SIGTERM)
            _play(*places)
            if "--once" not in sys.argv:
                _say("All three stay up. Ctrl-C stops them.")
                signal.pause()
    except Ended as ended:
        if ended.number is not signal.SIGINT:  # who closed the terminal reads nothing any more
            raise SystemExit(128 + ended.number) from None
        _say("Stopped.")


@contextmanager
def _alone(base: Path) -> Iterator[None]:
    """No data of the three nodes before and after; raises ``SystemExit`` where they are in use.

    Data are left where the demonstration itself was killed (SIGKILL).
    """
    folders = [base / name.split()[0].lower() for name in NAMES]
    base.mkdir(parents=True, exist_ok=True)
    with (base / "in-use").open("w") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"The demonstration runs already, in {base.resolve()}.") from None
        _remove(folders)
        try:
            yield
        finally:
            _remove(folders)


def _remove(folders: Iterable[Path]) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _play(north: Place, east: Place, south: Place) -> None:
    for place in (north, east, south):
        place.log.unlink(missing_ok=True)
        place.run("init")
    _say(f"What the nodes log is in {north.log.parent}.")
    _say(f"{north.name} loads the demo set.")
    north.run("demo", "load")
    for place in (north, east, south):
        place.start()
        _say(f"{place.name} is ready: {place.url}/node")
    with _opened(north) as node:
        own, ids = node.identity.id, _shown(node)
    east.run("peer", "add", north.url, "--yes", "--mode", "show")
    _await(f"{east.name} shows the {len(ids)} records of {north.name}", east, lambda node: _has(node, ids))
    south.run("peer", "add", f"{east.url}/mirror/{own}", "--yes", "--mode", "show")
    _await(f"{south.name} has them from the copy at {east.name}", south, lambda node: _has(node, ids))
    wrong, gone = ids[0], ids[1]
    _change(north, wrong, RETRACT)
    _say(f"{north.name} retracts {wrong}.")
    _await(f"{south.name} says so", south, lambda node: _state(node, wrong) == "retracted")
    _change(north, gone, ERASE)
    _say(f"{north.name} erases {gone}.")
    _await(f"{east.name} has erased it", east, lambda node: _state(node, gone) == "erased")
    _lose(north, south, gone)
    _name(north, east)


def _lose(north: Place, south: Place, gone: str) -> None:
    """North is not there any more, and what it erased is erased all the same where its copy is read."""
    north.kill(signal.SIGKILL)
    _say(f"{north.name} is killed.")
    _await(f"{south.name} has erased it all the same", south, lambda node: _state(node, gone) == "erased")


def _name(north: Place, east: Place) -> None:
    """North comes back, hears what became of the copy of its log, and names who keeps its records."""
    north.start()
    north.run("peer", "add", east.url, "--yes", "--mode", "show")
    _await(
        f"{north.name} is back and reads that {east.name} erased its copy",
        north,
        lambda node: node.federation.peers.read(NAMES[1]).taken > 0,
    )
    north.run("ledger", "custody", "name", NAMES[1], "--yes")
    _await(
        f"{east.name} reads that it keeps the records of {north.name} if that is lost for good",
        east,
        lambda node: node.federation.peers.read(NAMES[0]).names == node.identity.id,
    )
    _await(
        f"{east.name} cosigns the log of {north.name}",
        north,
        lambda node: node.federation.peers.read(NAMES[1]).cosigned > 0,
    )


def _await(what: str, place: Place, holds: Callable[[Node], bool]) -> None:
    """Look again and again until it holds at this node."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        with _opened(place) as node:
            if holds(node):
                _say(f"{what}.")
                return
        time.sleep(LOOK)
    raise SystemExit(f"This did not come about: {what}.")


@contextmanager
def _opened(place: Place) -> Iterator[Node]:
    node = build(load_settings(place.environ))
    try:
        yield node
    finally:
        close(node)


def _shown(node: Node) -> list[str]:
    """Ids of what the node itself has published."""
    changes = node.records.changes_since(0)
    return sorted(one.record_id for one in changes if one.record and one.record.id.startswith("AIR-"))


def _has(node: Node, ids: list[str]) -> bool:
    return len(node.records.read_many(ids)) == len(ids)


def _state(node: Node, record_id: str) -> str:
    try:
        return node.records.read(record_id).state.value
    except Gone:
        return "erased"
    except NotFound:
        return ""


def _change(place: Place, record_id: str, wish: tuple[str, str, str]) -> None:
    """Two reviewers who have nothing to do with the record decide, and the door carries it out."""
    with _opened(place) as node:
        changes = node.private.reviewing.care.changes
        asked = Proposal(*wish, node.records.read(record_id).revision)
        for one, other in permutations(_reviewers(node), 2):
            try:
                proposed = changes.propose(one, record_id, asked)
            except (Conflict, NotFound):
                continue
            try:
                changes.approve(other, proposed.id, expected=proposed.lock)
            except (Conflict, NotFound):
                changes.take_back(one, proposed.id)
                continue
            node.private.record_changes.carry_out(early=True)
            return
    raise SystemExit(f"Nobody could decide on {record_id}.")


def _reviewers(node: Node) -> list[Actor]:
    side = node.private
    people = (person for organization in read().organizations for person in organization.people)
    found = (side.directory.find_person(person.email) for person in people)
    actors = (side.sessions.actor_of(key) for key in found if key is not None)
    return [actor for actor in actors if Role.REVIEWER in actor.roles]


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a demonstration for people at a terminal


if __name__ == "__main__":
    main()
