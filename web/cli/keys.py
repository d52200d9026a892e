"""Commands about the node's keys: those that sign access tokens, and those that seal what people wrote."""

from __future__ import annotations

import click

from registry.intake.vault import rotation
from web.cli.node import json_option, opened, progress, show


@click.group()
def keys() -> None:
    """Keys that sign access tokens, and master keys that open what people wrote."""


@keys.command("rotate")
@click.option("--at-once", is_flag=True, help="For when a key was stolen: sign now, believe no older key.")
@json_option
def rotate(*, at_once: bool, as_json: bool) -> None:
    """Publish a new key; it signs in an hour, and the old one goes when its last token has ended."""
    with opened() as node:
        kid = node.private.oauth.keys.rotate(at_once=at_once)
    show({"kid": kid}, f"Published key {kid}", as_json=as_json)


@keys.command("rotate-data")
@click.option("--retire", is_flag=True, help="Let go of all older keys. Backups from before need them.")
@json_option
def rotate_data(*, retire: bool, as_json: bool) -> None:
    """Make a new master key and wrap every report's key by it; the node may run. Safe to run again."""
    with opened() as node:
        path = None if node.settings.master_keys else node.settings.keyring_path
        done = rotation.rotate(node.private.database, path, retire=retire, tell=progress("Wrapping keys"))
    said = f"Master key {done.current}; {done.rewrapped} reports wrapped by it"
    if done.retired:
        said += f"\nLet go of {', '.join(done.retired)}"
    result = {"key": done.current, "rewrapped": done.rewrapped, "retired": list(done.retired)}
    show(result, said, as_json=as_json)
