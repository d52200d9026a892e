"""Commands about the keys that sign access tokens."""

from __future__ import annotations

import click

from web.cli.node import json_option, opened, show


@click.group()
def keys() -> None:
    """Keys that sign access tokens."""


@keys.command("rotate")
@click.option("--at-once", is_flag=True, help="For when a key was stolen: sign now, believe no older key.")
@json_option
def rotate(*, at_once: bool, as_json: bool) -> None:
    """Publish a new key; it signs in an hour, and the old one goes when its last token has ended."""
    with opened() as node:
        kid = node.private.oauth.keys.rotate(at_once=at_once)
    show({"kid": kid}, f"Published key {kid}", as_json=as_json)
