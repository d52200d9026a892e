"""Reading on at a partner in processes that are killed (SIGKILL), each at one of its steps.

Arguments: data folder, addresses of the private, the public and the shared database, full id of the partner.
For each number of a step in the input a process is forked off, so that loading is paid for once; how it
ended is a line of the output: 0, or the number of the signal.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from registry.clock import system_clock
from registry.db.green import GreenDatabase
from registry.db.private import PrivateDatabase
from registry.db.public import PublicDatabase
from registry.federation.acknowledging import acknowledging
from registry.federation.introducing import Signing
from registry.federation.new_key import private_half
from registry.federation.peers import Peers
from registry.federation.pulling import Puller
from registry.ledger.keys import LogKey
from registry.publication.green.partners import Partners
from registry.record.node import load_node
from taxonomy import load
from tests.registry.federation.steps import Commits, Steps, live_for


class Shared(Commits, GreenDatabase):
    """What partners read."""


class Own(Commits, PrivateDatabase):
    """Who the partners are."""


def read_on() -> None:
    """One look at the partner, with databases that this process opened itself."""
    folder = Path(sys.argv[1])
    private, public, shared = Own(sys.argv[2]), PublicDatabase(sys.argv[3]), Shared(sys.argv[4])
    own, own_green, clock = load_node(folder), load_node(folder / "green"), system_clock
    key = partial(private_half, folder, LogKey(own.origin, own.public_key))
    way = Signing(Steps(loopback=True), own.id, key, clock)
    puller = Puller(shared, way, TAXONOMY, clock, acknowledging(own_green.id, clock))
    peers, greens = Peers(public, way, own, clock), Peers(shared, way, own_green, clock)
    Partners((private, shared), peers, greens, puller, way, clock).pull(sys.argv[5])
    for database in (private, public, shared):
        database.close()


def main() -> None:
    """A process for each line."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            live_for(int(line))
            read_on()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        sys.stdout.write(f"{ended}\n")
        sys.stdout.flush()


TAXONOMY = load()
if __name__ == "__main__":
    main()
