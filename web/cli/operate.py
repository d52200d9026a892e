"""Commands that make and run a node: init, config, serve, worker."""

from __future__ import annotations

import json
import logging
import os
import sys
from dataclasses import asdict

import click

from registry.clock import system_clock
from registry.config import describe, is_address_given, local_address
from registry.custody.moving_in import require_sealed
from registry.db.migrate import Side, require_current
from web import logs, overwriting
from web.cli.node import json_option, opened, progress, settings, sign
from web.serving import Serving, serve, work
from web.setup import initialise
from web.wiring import build


@click.command()
def init() -> None:
    """Create or migrate both databases, the node key and the index. Safe to run again."""
    chosen = settings()
    initialise(chosen, system_clock, progress("Sealing reports"))
    with opened() as node:
        if node.private_side is not None:
            sign(node)
        click.echo(f"Node {node.identity.id}")
        click.echo(f"Data in {chosen.data_dir.resolve()}: {node.records.count()} records")


@click.command()
@json_option
def config(*, as_json: bool) -> None:
    """Show every setting, its value and where it came from."""
    shown = describe(os.environ)
    if as_json:
        click.echo(json.dumps([asdict(setting) for setting in shown], ensure_ascii=False))
        return
    for setting in shown:
        click.echo(f"{setting.name} = {setting.value}  ({setting.source}; {setting.says})")


@click.command("serve")
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


@click.command("worker")
@click.option("--once", is_flag=True, help="Do all that is due and exit.")
def worker_command(*, once: bool) -> None:
    """Do queued work and keep the index in step, until stopped."""
    overwriting.close_to_others()
    logs.configure(level=logging.WARNING if once else logging.INFO)
    work(build(settings()), once=once)
