"""``commons login``: a person lets this computer act for them at a node (device flow, RFC 8628)."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import requests

from registry.identity.oauth.rules import DEVICE_GRANT
from web.cli.node import tame

TIMEOUT = 20
"""Seconds that a node may take to answer."""
SPARE = 60
"""Seconds that a token must still be good for to be printed."""
HURRY = 5
"""Seconds added to the pause when the node asks to slow down (RFC 8628 section 3.5)."""
BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers that say nothing about what was asked, and may be another one soon."""


class NotNow(click.ClickException):
    """The node cannot be asked now: nobody answers, or it was asked too often."""


@click.command()
@click.argument("url")
@click.option("--client", "client_id", required=True, help="Id of the program, from “commons client add”.")
@click.option("--scope", default="", help="What to ask for; all that the program may do when left out.")
def login(url: str, client_id: str, scope: str) -> None:
    """Let this computer act for you at the node URL; the tokens are kept in a file of yours alone."""
    session = requests.Session()
    about = _about(session, url)
    begun = _post(session, about["device_authorization_endpoint"], {"client_id": client_id, "scope": scope})
    if "device_code" not in begun:
        raise click.ClickException(_refusal(begun))
    click.echo(tame(f"Open {begun['verification_uri']} and type: {begun['user_code']}"))
    tokens = _wait(session, about["token_endpoint"], client_id, begun)
    path = token_file(about["issuer"])
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _keep(path, client_id, tokens)
    click.echo(f"Signed in. Tokens are in {path}")


@click.command()
@click.argument("url")
def token(url: str) -> None:
    """Print an access token for the node URL, for other commands to use; it is renewed when needed.

    The node is asked whether it still believes the token: its keys may have been replaced.
    """
    path = token_file(url.rstrip("/"))
    with _alone(path):
        kept = _kept(path)
        if kept["ends"] - time.time() < SPARE or not _is_good(url, kept):
            kept = _renewed(url, path, kept)
    click.echo(kept["access_token"])


@click.command()
@click.argument("url")
def logout(url: str) -> None:
    """End what this computer may do at the node URL, there and here."""
    path = token_file(url.rstrip("/"))
    with _alone(path):
        kept = _kept(path)
        session = requests.Session()
        ended = kept.get("refresh_token") or kept["access_token"]
        fields = {"client_id": kept["client_id"], "token": ended}
        _post(session, _about(session, url)["revocation_endpoint"], fields)
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
        try:
            answer = _post(session, endpoint, fields)
        except NotNow:  # asking less often is what RFC 8628 section 3.5 says about it
            pause += HURRY
            continue
        if "access_token" in answer:
            return answer
        error = answer.get("error")
        if error not in ("authorization_pending", "slow_down"):
            raise click.ClickException(_refusal(answer))
        pause += HURRY if error == "slow_down" else 0
    raise click.ClickException("nobody allowed it in time; begin again")


def _is_good(url: str, kept: dict[str, Any]) -> bool:
    """Whether the node believes the token (RFC 7662)."""
    session = requests.Session()
    fields = {"client_id": kept["client_id"], "token": kept["access_token"]}
    return _post(session, _about(session, url)["introspection_endpoint"], fields).get("active") is True


def _renewed(url: str, path: Path, kept: dict[str, Any]) -> dict[str, Any]:
    fields = {"grant_type": "refresh_token", "refresh_token": kept.get("refresh_token", "")}
    session = requests.Session()
    endpoint = _about(session, url)["token_endpoint"]
    answer = _post(session, endpoint, fields | {"client_id": kept["client_id"]})
    if "access_token" not in answer:
        raise click.ClickException(f"{_refusal(answer)}; use “commons login” again")
    return _keep(path, kept["client_id"], answer)


def _keep(path: Path, client_id: str, tokens: dict[str, Any]) -> dict[str, Any]:
    """Put the file there in one step, readable by its owner alone: a token that is lost ends all of them."""
    kept = {"client_id": client_id, "ends": int(time.time() + tokens["expires_in"]), **tokens}
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.chmod(0o600)
    new.write_text(json.dumps(kept), "utf-8")
    new.replace(path)
    return kept


def _kept(path: Path) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise click.ClickException("this computer is not signed in there") from error
    return kept


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Be the only command that uses the file: a refresh token that is used twice ends all of them."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise click.ClickException("this computer is not signed in there") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _about(session: requests.Session, url: str) -> dict[str, Any]:
    about = _get(session, f"{url.rstrip('/')}/.well-known/oauth-authorization-server")
    if about.get("issuer") != url.rstrip("/"):
        raise click.ClickException(f"this node calls itself {about.get('issuer')}: use that address")
    return about


def _refusal(answer: dict[str, Any]) -> str:
    return f"the node refused: {answer.get('error') or answer.get('title') or 'no reason given'}"


def _later(seconds: str) -> str:
    wait = f"{seconds} seconds" if seconds.isascii() and seconds.isdecimal() else "a minute"
    return f"the node cannot take more at the moment; wait {wait} and try again"


def _get(session: requests.Session, url: str) -> dict[str, Any]:
    return _answer(lambda: session.get(url, timeout=TIMEOUT))


def _post(session: requests.Session, url: str, fields: dict[str, str]) -> dict[str, Any]:
    return _answer(lambda: session.post(url, data={k: v for k, v in fields.items() if v}, timeout=TIMEOUT))


def _answer(ask: Callable[[], requests.Response]) -> dict[str, Any]:
    try:
        answer = ask()
    except requests.RequestException as error:
        raise NotNow("the node does not answer; check the address, or try again later") from error
    if answer.status_code in BUSY:
        raise NotNow(_later(answer.headers.get("Retry-After", "")))
    try:
        found = answer.json()
    except ValueError as error:
        raise click.ClickException("the node does not answer as it should; check the address") from error
    if not isinstance(found, dict):
        raise click.ClickException("the node does not answer as it should; check the address")
    return found
