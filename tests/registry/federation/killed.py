"""A pull in a process of its own that is killed (SIGKILL) at one of its steps.

Arguments: address of the public database, data folder, short id of the peer, number of the step. With a mode
as well, that is made the peer's policy in place of a pull.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from registry.clock import system_clock
from registry.db.public import PublicDatabase
from registry.federation.office import open_office
from registry.federation.rules import Mode, Policy
from registry.record.node import load_node
from taxonomy import load
from tests.registry.federation.steps import Commits, Steps, live_for

MODE: Final = 5


class Public(Commits, PublicDatabase):
    """What is copied, and what is shown of it."""


live_for(int(sys.argv[4]))
public = Public(sys.argv[1])
office = open_office(public, Steps(loopback=True), load_node(Path(sys.argv[2])), load(), system_clock)
if len(sys.argv) > MODE:
    office.peers.set_policy(sys.argv[3], Policy(Mode(sys.argv[MODE])), office.puller.reader())
else:
    office.puller.pull(sys.argv[3])
public.close()
