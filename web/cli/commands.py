"""The commands of ``commons``, gathered."""

from __future__ import annotations

import logging
import os
import sys

import click
import wordfreq  # noqa: F401 - it reads the files of every import that led to it: early there are few

from registry.errors import CommonsError
from web import logs
from web.cli.bulk import bulk
from web.cli.demo import demo
from web.cli.directory import client, org, person
from web.cli.exporting import export
from web.cli.imports import import_command
from web.cli.keys import keys
from web.cli.ledger import ledger
from web.cli.login import login, logout, token
from web.cli.node import tame
from web.cli.operate import config, init, serve_command, worker_command
from web.cli.peers import peer
from web.cli.permissions import permissions
from web.cli.records import publish, reindex, search_command
from web.cli.tenants import OF_ORGANIZATIONS, OF_PEOPLE
from web.cli.trail import trail


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def commons() -> None:
    """Incident Commons: a federated public registry of AI incidents."""


for command in (
    init,
    config,
    serve_command,
    worker_command,
    org,
    person,
    client,
    demo,
    publish,
    bulk,
    import_command,
    peer,
    export,
    search_command,
    reindex,
    keys,
    login,
    logout,
    token,
    permissions,
    trail,
    ledger,
):
    commons.add_command(command)
for command in OF_ORGANIZATIONS:
    org.add_command(command)
for command in OF_PEOPLE:
    person.add_command(command)


def run() -> None:
    """Run a command; an error of the field becomes one line on stderr and exit code 1."""
    # Databases, index and keys are their owner's alone; commands talk to people, servers to logs.
    os.umask(0o077)
    logs.configure(level=logging.WARNING)
    try:
        commons.main(prog_name="commons", standalone_mode=True)
    except CommonsError as error:
        click.echo(f"commons: {tame(error.text)}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    run()
