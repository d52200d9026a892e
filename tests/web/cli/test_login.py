"""``commons login`` against a served node: a code is shown, a person allows it, tokens are kept."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from api.node import Node
from bench.nodes import free_port
from registry.clock import system_clock
from registry.config import Settings
from registry.identity.oauth.rules import DEVICE_GRANT, Way
from tests.api.live import serving_at
from tests.api.process import commons_serve
from tests.factories import People, register_people
from web.setup import initialise
from web.wiring import build, close

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Place:
    """A served node, and a computer that signs in there."""

    node: Node
    people: People
    url: str
    program: str
    home: Path

    def start(self, *words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "web.cli", *words]
        environment = os.environ | {"COMMONS_LOGIN_DIR": str(self.home), "PYTHONUNBUFFERED": "1"}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, *words: str) -> tuple[int, str, str]:
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = Settings(data_dir=tmp_path / "node", secret_key="test-" * 8, second_factor=False, base_url=url)
    initialise(settings, system_clock)
    node = build(settings, system_clock)
    people = register_people(node.private)
    way = Way("none", (DEVICE_GRANT, "refresh_token"))
    made = node.private.directory.add_client("Lake Health", "a shell", ["submissions:read"], way)
    with serving_at(node, port):
        yield Place(node, people, url, made.id, tmp_path / "home")
    close(node)


def works(place: Place, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get(f"{place.url}/api/v1/submissions", headers=headers, timeout=20).status_code


def test_signing_in_and_out(place: Place) -> None:
    with place.start("login", place.url, "--client", place.program) as process:
        assert process.stdout is not None
        shown = re.search(r"Open (\S+) and type: ([A-Z]{4}-[A-Z]{4})", process.stdout.readline())
        assert shown is not None
        assert shown[1] == f"{place.url}/device"
        devices = place.node.private.oauth.devices
        devices.decide(place.people.member, shown[2], allow=True, scopes=("submissions:read",))
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Signed in" in out
    [kept] = place.home.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    token = json.loads(kept.read_text())["access_token"]
    assert token not in out
    assert works(place, token) == 200

    assert place.run("token", place.url)[1].strip() == token, "it is good for some minutes yet"
    kept.write_text(json.dumps(json.loads(kept.read_text()) | {"ends": 0}))
    with place.start("token", place.url) as one, place.start("token", place.url) as two:
        printed = {process.communicate(timeout=60)[0].strip() for process in (one, two)}
    assert len(printed) == 1, "the second command uses what the first one got"
    token = printed.pop()
    assert works(place, token) == 200
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600

    place.node.private.oauth.keys.rotate(at_once=True)
    old, token = token, place.run("token", place.url)[1].strip()
    assert (works(place, old), works(place, token)) == (401, 200)

    assert place.run("logout", place.url)[0] == 0
    assert list(place.home.iterdir()) == []
    assert works(place, token) == 401
    for word in ("logout", "token"):
        code, _, err = place.run(word, place.url)
        assert code == 1
        assert "not signed in" in err


def test_a_node_that_was_told_its_port_alone_can_be_signed_in_to(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "node")
    initialise(settings, system_clock)
    node = build(settings, system_clock)
    register_people(node.private)
    way = Way("none", (DEVICE_GRANT, "refresh_token"))
    made = node.private.directory.add_client("Lake Health", "a shell", ["submissions:read"], way)
    close(node)
    with commons_serve(settings.data_dir, "--no-worker") as served:
        url = f"http://127.0.0.1:{served.port}"
        place = Place(node, None, url, made.id, tmp_path / "home")  # type: ignore[arg-type] # nobody decides
        with place.start("login", url, "--client", made.id) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(f"Open {url}/device and type: ")
            process.terminate()


def test_what_was_taken_back_cannot_be_renewed(place: Place) -> None:
    place.home.mkdir()
    kept = {"client_id": place.program, "ends": 0, "access_token": "a", "refresh_token": "made-up"}
    host = place.url.removeprefix("http://").replace(":", "-")
    (place.home / f"{host}.json").write_text(json.dumps(kept))
    code, out, err = place.run("token", place.url)
    assert (code, out) == (1, "")
    assert "invalid_grant; use “commons login” again" in err


def test_being_turned_away(place: Place) -> None:
    with place.start("login", place.url, "--client", place.program) as process:
        assert process.stdout is not None
        code = process.stdout.readline().strip().rpartition(" ")[2]
        place.node.private.oauth.devices.decide(place.people.member, code, allow=False)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "access_denied" in err
    assert not place.home.exists()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1:1", "does not answer"),
        ("not an address", "does not answer"),
        ("{url}/fr", "use that address"),
    ],
)
def test_a_wrong_address_is_one_clear_line(place: Place, url: str, says: str) -> None:
    code, _, err = place.run("login", url.replace("{url}", place.url), "--client", place.program)
    assert code == 1
    assert says in err
    assert "Traceback" not in err


def test_an_unknown_program_is_refused(place: Place) -> None:
    code, _, err = place.run("login", place.url, "--client", "0" * 32)
    assert code == 1
    assert "invalid_client" in err
