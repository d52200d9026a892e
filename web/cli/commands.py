"""The commands of ``commons``, gathered."""

from __future__ import annotations

import click

from web.cli.bulk import bulk
from web.cli.demo import demo
from web.cli.directory import client, org, person
from web.cli.exporting import export
from web.cli.imports import import_command
from web.cli.keys import keys
from web.cli.ledger import ledger
from web.cli.login import login, logout, token
from web.cli.operate import config, init
from web.cli.peers import peer
from web.cli.permissions import permissions
from web.cli.records import publish, reindex, search_command
from web.cli.running import HELP, run
from web.cli.service import serve_command, worker_command
from web.cli.tenants import OF_ORGANIZATIONS, OF_PEOPLE
from web.cli.trail import trail


@click.group(context_settings=HELP)
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


if __name__ == "__main__":
    run(commons)
