"""``commons login``: a person lets this computer act for them at a node (device flow, RFC 8628)."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import requests

from registry.identity.oauth.rules import DEVICE_GRANT

TIMEOUT = 20
"""Seconds that a node may take to answer."""
HURRY = 5
"""Seconds added to the pause when the node asks to slow down (RFC 8628 section 3.5)."""


@click.command()
@click.argument("url")
@click.option("--client", "client_id", required=True, help="Id of the program, from “commons client add”.")
@click.option("--scope", default="", help="What to ask for; all that the program may do when left out.")
def login(url: str, client_id: str, scope: str) -> None:
    """Let this computer act for you at the node URL; the tokens are kept in a file of yours alone."""
    session = requests.Session()
    about = _get(session, f"{url.rstrip('/')}/.well-known/oauth-authorization-server")
    if about["issuer"] != url.rstrip("/"):
        raise click.ClickException(f"this node calls itself {about['issuer']}: use that address")
    begun = _post(session, about["device_authorization_endpoint"], {"client_id": client_id, "scope": scope})
    if "error" in begun:
        raise click.ClickException(f"the node refused: {begun['error']}")
    click.echo(f"Open {begun['verification_uri']} and type: {begun['user_code']}")
    tokens = _wait(session, about["token_endpoint"], client_id, begun)
    path = token_file(about["issuer"])
    _keep(path, {"client_id": client_id, **tokens})
    click.echo(f"Signed in. Tokens are in {path}")


@click.command()
@click.argument("url")
def logout(url: str) -> None:
    """End what this computer may do at the node URL, there and here."""
    path = token_file(url.rstrip("/"))
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException("this computer is not signed in there") from error
    session = requests.Session()
    about = _get(session, f"{url.rstrip('/')}/.well-known/oauth-authorization-server")
    token = kept.get("refresh_token") or kept["access_token"]
    _post(session, about["revocation_endpoint"], {"client_id": kept["client_id"], "token": token})
    path.unlink()
    click.echo("Signed out.")


def token_file(issuer: str) -> Path:
    """Where tokens of a node are kept: one file for each, below ``COMMONS_LOGIN_DIR`` or the home folder."""
    folder = Path(os.environ.get("COMMONS_LOGIN_DIR") or Path.home() / ".config" / "incident-commons")
    parts = urlsplit(issuer)
    return folder / f"{parts.hostname}-{parts.port or parts.scheme}.json"


def _wait(session: requests.Session, endpoint: str, client_id: str, begun: dict[str, Any]) -> dict[str, Any]:
    pause, ends = int(begun.get("interval", 5)), time.monotonic() + int(begun["expires_in"])
    fields = {"grant_type": DEVICE_GRANT, "device_code": begun["device_code"], "client_id": client_id}
    while time.monotonic() < ends:
        time.sleep(pause)
        answer = _post(session, endpoint, fields)
        error = answer.get("error")
        if error is None:
            return answer
        if error not in ("authorization_pending", "slow_down"):
            raise click.ClickException(f"the node refused: {error}")
        pause += HURRY if error == "slow_down" else 0
    raise click.ClickException("nobody allowed it in time; begin again")


def _keep(path: Path, tokens: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps(tokens), "utf-8")


def _get(session: requests.Session, url: str) -> dict[str, Any]:
    return _answer(lambda: session.get(url, timeout=TIMEOUT))


def _post(session: requests.Session, url: str, fields: dict[str, str]) -> dict[str, Any]:
    return _answer(lambda: session.post(url, data={k: v for k, v in fields.items() if v}, timeout=TIMEOUT))


def _answer(ask: Any) -> dict[str, Any]:
    try:
        found = ask().json()
    except (requests.RequestException, ValueError) as error:
        raise click.ClickException("the node does not answer as it should; check the address") from error
    if not isinstance(found, dict):
        raise click.ClickException("the node does not answer as it should; check the address")
    return found
