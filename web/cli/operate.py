"""Commands that make a node and show how it is set: init, config."""

from __future__ import annotations

import json
import os
from dataclasses import asdict

import click

from registry.clock import system_clock
from registry.config import describe
from web.cli.node import json_option, opened, progress, settings, sign
from web.setup import initialise


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
