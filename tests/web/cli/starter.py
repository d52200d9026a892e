"""Starts ``commons`` again and again by forking a process that has imported it: each a process of its own.

Reads one order a line from its input, ``{"words", "environment", "out", "err"}``, and answers with
the exit code. Importing the command takes most of a second; the tests start it some fifty times.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

from web.cli.commands import commons
from web.cli.running import run


def serve() -> None:
    """Carry out orders until the input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - this is the answer


def _become(order: dict[str, Any]) -> None:
    """Be the command, as the shell would have started it."""
    os.environ.clear()
    os.environ.update(order["environment"])
    _open(os.devnull, os.O_RDONLY, 0)
    for number, path in ((1, order["out"]), (2, order["err"])):
        _open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, number)
    sys.argv = ["commons", *order["words"]]
    code: object = 0
    try:
        run(commons)
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - what an interpreter does at its end
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _open(path: str, how: int, number: int) -> None:
    opened = os.open(path, how, 0o600)
    os.dup2(opened, number)
    os.close(opened)


if __name__ == "__main__":
    serve()
