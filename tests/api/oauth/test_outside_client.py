"""A client that nobody here wrote (npm oauth4webapi) goes through every flow over real HTTP."""

from __future__ import annotations

import json
import re
import subprocess
import urllib.parse
import urllib.request
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bench.nodes import free_port
from registry.clock import system_clock
from registry.config import Settings
from tests.api.oauth.conftest import CALLBACK, KINDS, SECRET, Town, register_programs
from tests.conftest import missing
from tests.factories import PASSWORD, register_people
from tests.outside import packages
from tests.serving import on_port
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close


@pytest.mark.timeout(300)
def test_a_client_of_somebody_elses_making_is_served(addresses: tuple[str, str], tmp_path: Path) -> None:
    node_js = packages.node_program()
    if node_js is None:
        missing("Node and npm")
    packages.install()
    port = free_port()
    settings = Settings(
        data_dir=tmp_path / "node",
        secret_key="test-" * 8,
        private_database=addresses[0],
        public_database=addresses[1],
        base_url=f"http://127.0.0.1:{port}",
    )
    initialise(settings, system_clock)
    node = build(settings, system_clock)
    app = create_app(node)
    town = Town(node, app, app.test_client(), register_people(node.private), system_clock)
    register_programs(town)
    with on_port(app, port):
        given = {
            "issuer": settings.base_url,
            "callback": CALLBACK,
            "cookie": signed_in(port),
            "signer": {"id": KINDS["signer"], "jwk": town.key.as_dict(private=True)},
            **{kind: {"id": KINDS[kind], "secret": SECRET} for kind in ("service", "web", "native")},
        }
        command = [str(node_js), "oauth_client.mjs"]
        run = subprocess.run(
            command,
            cwd=packages.HERE,
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    close(node)
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(re.findall("^ok ", run.stdout, re.MULTILINE)) >= 40
    assert len(re.findall("^ok refused", run.stdout, re.MULTILINE)) >= 25


def signed_in(port: int) -> str:
    """The cookie of the member, after signing in by the form as a browser does."""
    page, cookie = ask(port, "GET", "/signin", None, "")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    form = {"csrf_token": token[1], "email": "member@example.org", "password": PASSWORD, "next": ""}
    return ask(port, "POST", "/signin", urllib.parse.urlencode(form), cookie)[1]


def ask(port: int, method: str, path: str, body: str | None, cookie: str) -> tuple[str, str]:
    """A page, and the cookies to go on with."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    fresh = [set_cookie.partition(";")[0] for set_cookie in answer.headers.get_all("Set-Cookie") or []]
    return page, "; ".join(fresh) or cookie
