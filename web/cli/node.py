"""How a command gets at the node: settings from the environment, built once, closed at the end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from api.node import Node
from registry.config import Settings, load_settings
from registry.identity.tenants.rules import is_unseen
from registry.ledger.refusal import Refused
from web.wiring import build, close


def settings() -> Settings:
    """The settings of this run; raises ``SettingError``."""
    return load_settings(os.environ)


@contextmanager
def opened() -> Iterator[Node]:
    """The node of this run, closed at the end."""
    node = build(settings())
    try:
        yield node
    finally:
        close(node)


def sign(node: Node) -> None:
    """Sign what the log has become, or say why that must not be."""
    try:
        node.log.publish()
        if node.private_side is not None:
            node.private_side.green.log.publish()
    except Refused as refused:
        click.echo(f"Not signed: {refused.text}", err=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def show(result: dict[str, Any], text: str, *, as_json: bool) -> None:
    """Print a result: as one JSON object for programs, as text for people."""
    click.echo(tame(json.dumps(result, ensure_ascii=False) if as_json else text))


def tame(text: str) -> str:
    r"""A text without what a terminal obeys: controls, and signs that turn its direction, as ``\u001b``.

    Lines stay lines. In JSON such an escape means the character itself.
    """
    return "".join(f"\\u{ord(c):04x}" if is_unseen(c) and c not in "\n\t" else c for c in text)


def progress(label: str) -> Callable[[int, int], None]:
    """A progress line on stderr, rewritten in place on a terminal and spaced out in a file."""
    terminal = sys.stderr.isatty()

    def report(done: int, total: int) -> None:
        if terminal:
            click.echo(f"\r{label}: {done} of {total}", err=True, nl=done >= total)
        elif done >= total or done % 1000 == 0:
            click.echo(f"{label}: {done} of {total}", err=True)

    return report
