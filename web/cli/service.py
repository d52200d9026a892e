"""Commands that run a node: serve, worker. Run by itself this is ``commons`` with these two alone.

A service lives long and in several processes: it has no memory for what other commands import.
"""

from __future__ import annotations

import logging
import os
import sys

import click

from registry.config import is_address_given, local_address
from registry.custody.moving_in import require_sealed
from registry.db.layout import Side, require_current
from web import logs, overwriting
from web.cli.node import opened, settings
from web.cli.running import HELP, run
from web.serving import Serving, serve, work
from web.wiring import build


@click.group(context_settings=HELP)
def services() -> None:
    """Run a node."""


@services.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(0, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
@click.option("--public-only", is_flag=True, help="Public pages only, without the private database.")
@click.option("--no-worker", is_flag=True, help="Do not run the worker beside the web server.")
def serve_command(*, host: str, port: int, workers: int, public_only: bool, no_worker: bool) -> None:
    """Serve pages and API, and run the worker, until stopped."""
    if public_only:
        os.environ["COMMONS_PUBLIC_ONLY"] = "yes"
    if port and not is_address_given(os.environ):
        os.environ["COMMONS_BASE_URL"] = local_address(host, port)
    with opened() as node:
        require_current(node.public, Side.PUBLIC)
        if node.private_side is not None:
            require_current(node.private_side.database, Side.PRIVATE)
            require_current(node.private_side.green.database, Side.PUBLIC)
            require_sealed(node.private_side.database)
    logs.configure()
    sys.exit(serve(node, Serving(host, port, workers, worker=not no_worker)))


@services.command("worker")
@click.option("--once", is_flag=True, help="Do all that is due and exit.")
def worker_command(*, once: bool) -> None:
    """Do queued work and keep the index in step, until stopped."""
    overwriting.close_to_others()
    logs.configure(level=logging.WARNING if once else logging.INFO)
    work(build(settings()), once=once)


if __name__ == "__main__":
    run(services)
