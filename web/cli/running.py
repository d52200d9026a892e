"""Running a group of commands as a program."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any, Final

import click

from registry.errors import CommonsError
from web import logs
from web.cli.node import tame

HELP: Final[dict[str, Any]] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run(group: click.Group) -> None:
    """Run a command; an error of the field becomes one line on stderr and exit code 1."""
    # Databases, index and keys are their owner's alone; commands talk to people, servers to logs.
    os.umask(0o077)
    logs.configure(level=logging.WARNING)
    try:
        group.main(prog_name="commons", standalone_mode=True)
    except CommonsError as error:
        click.echo(f"commons: {tame(error.text)}", err=True)
        sys.exit(1)
