"""Where requests are said to come from, by proxies and by those who play one."""

from __future__ import annotations

import io
import json
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder, run_wsgi_app

from registry.config import Settings
from tests.api.process import commons_serve
from tests.conftest import SettableClock
from web.places import Places
from web.setup import initialise

PROXIES = tuple(ip_network(named) for named in ("10.0.0.0/8", "127.0.0.1", "2001:db8:ffff::/48"))


def seen(peer: str, forwarded: str | None, proxies: Any = PROXIES) -> str:
    """The place that the application sees."""

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        return [environ["REMOTE_ADDR"].encode()]

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    environ = EnvironBuilder(headers=headers, environ_base={"REMOTE_ADDR": peer}).get_environ()
    body, _, _ = run_wsgi_app(Places(application, proxies), environ)
    return b"".join(body).decode()


@pytest.mark.parametrize(
    ("peer", "forwarded", "place"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours
        ("203.0.113.9", "10.0.0.1, 127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),  # the left one is the client's own claim
        ("127.0.0.1", "192.0.2.66,198.51.100.1, 10.1.2.3", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),  # a proxy that asks for itself
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, unknown", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, <script>", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1:49152", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8:0:7::5]:443", "2001:db8:0:7::"),
        ("127.0.0.1", "2001:db8:0:7:1:2:3:4", "2001:db8:0:7::"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:203.0.113.9", None, "203.0.113.9"),
        ("2001:db8:0:7:aaaa::1", None, "2001:db8:0:7::"),
        ("2001:db8:ffff::1", "198.51.100.1", "198.51.100.1"),
        ("fe80::1%eth0", None, "fe80::"),
        ("127.0.0.1", "1" * 5_000, "127.0.0.1"),
        ("127.0.0.1", "٢٠٣.٠.١١٣.٩".encode().decode("latin-1"), "127.0.0.1"),
        ("127.0.0.1", "0x7f.1, 198.51.100.007", "127.0.0.1"),
        ("", "198.51.100.1", ""),
        ("not an address", "198.51.100.1", ""),
    ],
)
def test_what_is_believed(peer: str, forwarded: str | None, place: str) -> None:
    assert seen(peer, forwarded) == place


def test_of_endless_hops_only_the_nearest_are_looked_at() -> None:
    assert seen("127.0.0.1", "198.51.100.1," + "10.0.0.1," * 10_000 + "10.0.0.2") == "10.0.0.1"


def test_without_trusted_proxies_nobody_is_believed() -> None:
    for peer in ("127.0.0.1", "10.0.0.1"):
        assert seen(peer, "198.51.100.1", ()) == peer


def test_an_unknown_proxy_is_noted_once_and_without_its_address(logged: io.StringIO) -> None:
    places = Places(lambda _environ, start: (start("200 OK", []), [b""])[1], ())
    for number in range(3):
        builder = EnvironBuilder(
            headers={"X-Forwarded-For": f"198.51.100.{number}"}, environ_base={"REMOTE_ADDR": "203.0.113.9"}
        )
        run_wsgi_app(places, builder.get_environ())
    lines = logged.getvalue().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["a proxy that trusted_proxies does not name"]
    assert "203.0" not in lines[0]
    assert "198.51" not in lines[0]


def test_a_served_node_believes_its_proxy_and_not_the_proxys_client(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "node")
    initialise(settings, SettableClock())
    limits = {"COMMONS_LIMITS_PERCENT": "10", "COMMONS_TRUSTED_PROXIES": "127.0.0.1"}
    with commons_serve(settings.data_dir, "--no-worker", **limits) as served:

        def ask(*lines: str) -> int:
            sent = ["GET /api/v1/search HTTP/1.1", "Host: x", "Connection: close", *lines, "", ""]
            return int(served.send("\r\n".join(sent).encode()).split(b" ", 2)[1])

        mine = "X-Forwarded-For: 198.51.100.1"
        ways = [
            lambda n: ask(f"X-Forwarded-For: 192.0.2.{n}, 198.51.100.1"),
            lambda n: ask(f"X-Forwarded-For: 192.0.2.{n}", mine),
            lambda n: ask(f"X_Forwarded_For: 192.0.2.{n}", mine),
            lambda n: ask(f"Forwarded: for=192.0.2.{n}", f"X-Real-IP: 192.0.2.{n}", mine),
        ]
        assert [ways[n % len(ways)](n) for n in range(14)] == [200] * 12 + [429] * 2
        assert ask("X-Forwarded-For: 198.51.100.2") == 200
