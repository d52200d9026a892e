"""The command ``commons``: every command exits non-zero on failure with one clear line."""

from __future__ import annotations

import os
import sys

from registry.config import load_settings
from registry.errors import CommonsError
from web import overwriting


def main() -> None:
    """Run the command line; an error of the field becomes one line on stderr and exit code 1."""
    # Databases, index and keys are their owner's alone; commands talk to people, servers to logs.
    os.umask(0o077)
    try:
        if overwriting.is_service(sys.argv[1:]) and load_settings(os.environ).overwrite_memory:
            overwriting.begin_again()
        _run()
    except CommonsError as error:
        _fail(error)


def _run() -> None:
    # Imported here: it takes a second, and a service that begins again would do it twice.
    import logging  # noqa: PLC0415

    from web import logs  # noqa: PLC0415
    from web.cli.commands import commons  # noqa: PLC0415

    logs.configure(level=logging.WARNING)
    commons.main(prog_name="commons", standalone_mode=True)


def _fail(error: CommonsError) -> None:
    from web.cli.node import tame  # noqa: PLC0415

    print(f"commons: {tame(error.text)}", file=sys.stderr)  # noqa: T201 - for people
    sys.exit(1)
