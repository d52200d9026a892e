"""Fetching from servers that mean no good: slow, endless, lying, or elsewhere than they say."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from registry.fetching import Fetcher, FetchFailed, Why
from tests.registry.test_addresses import BAD_IPS, BAD_TEXTS

Talk = Callable[[socket.socket], None]
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: Application/JSON; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"


@contextmanager
def server(talk: Talk, trust: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """A server on loopback that reads one question per connection and then talks as it likes."""
    door = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                line, _ = door.accept()
            except OSError:
                return
            try:
                line = trust.wrap_socket(line, server_side=True) if trust else line
                asked.append(line.recv(65536))
                talk(line)
            except OSError:
                pass
            line.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield door.getsockname()[1], asked
    finally:
        door.shutdown(socket.SHUT_RDWR)
        door.close()
        thread.join()


def sends(*pieces: bytes) -> Talk:
    def talk(line: socket.socket) -> None:
        for piece in pieces:
            line.sendall(piece)

    return talk


def why(fetcher: Fetcher, url: str, *, seconds: float = 2.0) -> Why:
    with pytest.raises(FetchFailed) as failed:
        fetcher.get(url, limit=1000, seconds=seconds)
    return failed.value.why


class Elsewhere:
    """A name server and a network of one's own: it says what is asked, and where a connection went."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.dialled: list[str] = []

    def fetcher(self) -> Fetcher:
        return Fetcher(resolve=self._resolve, dial=self._dial)

    def _resolve(self, host: str, _port: int) -> list[str]:
        self.asked.append(host)
        return self.answers.pop(0)

    def _dial(self, where: tuple[str, int], _seconds: float) -> socket.socket:
        self.dialled.append(where[0])
        raise ConnectionRefusedError


@pytest.mark.parametrize("text", BAD_TEXTS)
def test_a_bad_address_is_not_even_looked_up(text: str) -> None:
    elsewhere = Elsewhere(["8.8.8.8"])
    assert why(elsewhere.fetcher(), text) in {Why.ADDRESS, Why.PRIVATE, Why.LOOPBACK}
    assert (elsewhere.asked, elsewhere.dialled) == ([], [])


@pytest.mark.parametrize("address", BAD_IPS)
def test_a_name_that_leads_to_a_neighbour_is_not_called(address: str) -> None:
    for answer in ([address], ["8.8.8.8", address]):
        elsewhere = Elsewhere(answer)
        assert why(elsewhere.fetcher(), "https://login.example.org/") is Why.PRIVATE
        assert elsewhere.dialled == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Why.ADDRESS),
        ("not a url", Why.ADDRESS),
        ("ftp://127.0.0.1/", Why.ADDRESS),
        ("https://8.8.8.8/", Why.ADDRESS),
        ("http://login.example.org/", Why.ADDRESS),
        ("https://10.0.0.1/", Why.PRIVATE),
        ("http://192.168.0.7:8000/", Why.PRIVATE),
        ("https://[fd12:3456::1]/", Why.PRIVATE),
        ("http://localhost:8000/", Why.LOOPBACK),
        ("https://[::1]/", Why.LOOPBACK),
    ],
)
def test_why_an_address_is_not_asked(text: str, expected: Why) -> None:
    assert why(Elsewhere().fetcher(), text) is expected


def test_a_name_is_looked_up_once_and_what_was_checked_is_what_is_called() -> None:
    elsewhere = Elsewhere(["93.184.216.34", "93.184.216.35"], ["127.0.0.1"])
    assert why(elsewhere.fetcher(), "https://login.example.org/") is Why.UNREACHABLE
    assert elsewhere.asked == ["login.example.org"]
    assert elsewhere.dialled == ["93.184.216.34", "93.184.216.35"]


def test_a_name_that_does_not_exist() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    assert why(Fetcher(resolve=unknown), "https://login.example.org/") is Why.UNREACHABLE
    assert why(Elsewhere([]).fetcher(), "https://login.example.org/") is Why.ADDRESS


def test_a_name_server_that_does_not_answer_is_not_waited_for() -> None:
    held = threading.Event()

    def slow(_host: str, _port: int) -> list[str]:
        held.wait(10)
        return []

    assert why(Fetcher(resolve=slow), "https://login.example.org/", seconds=0.2) is Why.SLOW
    held.set()


def test_a_document_is_fetched_with_nothing_of_ours_in_the_question() -> None:
    with server(sends(GOOD)) as (port, asked):
        answer = Fetcher(loopback=True).get(f"http://127.0.0.1:{port}/a?b=c")
    assert (answer.status, answer.media_type, answer.body) == (200, "application/json", b"{}")
    lines = asked[0].decode().splitlines()
    assert lines[0] == "GET /a?b=c HTTP/1.1"
    assert f"Host: 127.0.0.1:{port}" in lines
    assert not any(line.lower().startswith(("cookie", "authorization", "referer")) for line in lines)


def test_a_form_is_sent_and_any_status_comes_back() -> None:
    with server(sends(b"HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\n[]")) as (port, asked):
        answer = Fetcher(loopback=True).post(f"http://127.0.0.1:{port}/t", {"a": "b &c"}, {"X-Y": "z"})
    assert (answer.status, answer.body) == (400, b"[]")
    assert asked[0].startswith(b"POST /t HTTP/1.1\r\n")
    assert b"X-Y: z\r\n" in asked[0]


def test_an_answer_without_a_length_is_read_to_its_end() -> None:
    with server(sends(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b"{}")) as (port, _):
        assert Fetcher(loopback=True).get(f"http://127.0.0.1:{port}/").body == b"{}"


def drips(line: socket.socket) -> None:
    """A byte at a time, for longer than anybody waits."""
    line.settimeout(0.02)
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 400:
        line.sendall(bytes([byte]))
        with suppress(TimeoutError):
            line.recv(1)


def says_nothing(line: socket.socket) -> None:
    line.recv(1)


def test_a_document_that_is_known_is_not_sent_again() -> None:
    said = b'HTTP/1.1 304 Not Modified\r\nETag: "a1"\r\n\r\n'
    with server(sends(said)) as (port, asked):
        answer = Fetcher(loopback=True).get(f"http://127.0.0.1:{port}/x", tag='"a1"')
        assert (answer.status, answer.body, answer.tag) == (304, b"", '"a1"')
        assert b'If-None-Match: "a1"\r\n' in asked[0]
        assert (
            why(Fetcher(loopback=True), f"http://127.0.0.1:{port}/x") is Why.STATUS
        )  # nobody asked for that


@pytest.mark.parametrize("tag", [b'"a b"', b"a", b'"' + b"x" * 200 + b'"', b'"\xe9"', b'"a", "b"'])
def test_a_tag_that_cannot_be_sent_back_is_none(tag: bytes) -> None:
    said = b"HTTP/1.1 200 OK\r\nETag: " + tag + b"\r\nContent-Length: 2\r\n\r\n{}"
    with server(sends(said)) as (port, _):
        assert Fetcher(loopback=True).get(f"http://127.0.0.1:{port}/x").tag == ""


def endless(first: bytes, piece: bytes) -> Talk:
    def talk(line: socket.socket) -> None:
        line.sendall(first)
        while True:
            line.sendall(piece)

    return talk


@pytest.mark.parametrize(
    ("talk", "expected"),
    [
        (
            sends(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
            Why.STATUS,
        ),
        (sends(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"), Why.STATUS),
        (sends(b"HTTP/1.1 204 No\r\n\r\n"), Why.STATUS),
        (sends(b""), Why.BROKEN),
        (sends(b"SSH-2.0-OpenSSH\r\n"), Why.BROKEN),
        (sends(b"HTTP/1.1 999999 x\r\n\r\n"), Why.BROKEN),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}"), Why.BROKEN),
        (sends(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Why.BROKEN),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2000), Why.LARGE),
        (sends(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200), Why.BROKEN),
        (endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"x" * 1000 + b"\r\n"), Why.LARGE),
        (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"{} "), Why.LARGE),
        (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), Why.LARGE),
        (drips, Why.SLOW),
        (says_nothing, Why.SLOW),
    ],
)
@pytest.mark.alone
def test_what_a_bad_server_answers_is_refused_in_time(talk: Talk, expected: Why) -> None:
    with server(talk) as (port, _):
        began = time.monotonic()
        assert why(Fetcher(loopback=True), f"http://127.0.0.1:{port}/", seconds=0.8) is expected
        assert time.monotonic() - began < 1.2


def test_nobody_listens() -> None:
    with server(sends(GOOD)) as (port, _):
        pass
    assert why(Fetcher(loopback=True), f"http://127.0.0.1:{port}/") is Why.UNREACHABLE


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for ``localhost`` and its key, in one file; it vouches for itself."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=localhost")
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.2"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return path


def test_over_tls_the_certificate_must_be_trusted_and_for_this_name(certificate: Path) -> None:
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=str(certificate))

    def home(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    with server(sends(GOOD), ours) as (port, asked):
        fetcher = Fetcher(loopback=True, trust=trusting, resolve=home)
        assert fetcher.get(f"https://localhost:{port}/").body == b"{}"
        assert why(fetcher, f"https://127.0.0.1:{port}/") is Why.UNREACHABLE  # for another name
        assert why(Fetcher(loopback=True), f"https://127.0.0.1:{port}/") is Why.UNREACHABLE
        assert len(asked) == 1
