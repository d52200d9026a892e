"""Mail that leaves the node, to a real server that is friendly, strict, slow or broken."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from registry.clock import system_clock
from registry.errors import SettingError, Unavailable
from registry.mail import FolderMailer, Message, SmtpMailer, Undeliverable, as_email, open_mailer
from tests.registry.mail_server import LOOPBACK, Implicit, Post, serving

SENDER = "registry@node.example"
LETTER = Message(
    "ada@example.org", "Bestätigen Sie, please: تأكيد", "Öffne\nthis page:\nhttps://node.example/x?key=ab\n"
)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key and certificate of a server on this machine, in one file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")]),
    )
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "server.pem"
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, form, plain) + made.public_bytes(pem))
    return path


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def plain(post: Post) -> Iterator[Controller]:
    server = serving(post)
    yield server
    server.stop()


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    """Ada's own password, with signs that an address must escape."""
    good = isinstance(given, LoginPassword) and (given.login, given.password) == (b"ada@mail", b"p:a/s@s%")
    return AuthResult(success=good, handled=True)


@pytest.fixture
def strict(post: Post, context: ssl.SSLContext) -> Iterator[Controller]:
    """A server that takes nothing before STARTTLS and a password."""
    server = serving(
        post, tls_context=context, require_starttls=True, auth_required=True, authenticator=check
    )
    yield server
    server.stop()


def mail_of(envelope: Any) -> EmailMessage:
    found = message_from_bytes(envelope.content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_letter_arrives_as_it_was_written(post: Post, plain: Controller) -> None:
    SmtpMailer(f"smtp+plain://{LOOPBACK}:{plain.port}", SENDER).send(LETTER)
    (envelope,) = post.kept
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["ada@example.org"])
    mail = mail_of(envelope)
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, LETTER.to, LETTER.subject)
    assert mail.get_content().replace("\r\n", "\n") == LETTER.text
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@node.example>")


def test_nothing_tells_the_machine(post: Post, plain: Controller) -> None:
    SmtpMailer(f"smtp+plain://{LOOPBACK}:{plain.port}", SENDER).send(LETTER)
    assert post.greeted == ["node.example"]
    assert socket.gethostname().encode() not in post.kept[0].content


def test_with_starttls_and_a_password(
    post: Post, strict: Controller, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    SmtpMailer(f"smtp://ada%40mail:p%3Aa%2Fs%40s%25@localhost:{strict.port}", SENDER).send(LETTER)
    assert len(post.kept) == 1


def test_with_tls_from_the_first_byte(
    post: Post, context: ssl.SSLContext, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    trusting = ssl.create_default_context(cafile=str(certificate))
    server = Implicit(post, context, trusting, port)
    server.start()
    try:
        SmtpMailer(f"smtps://localhost:{port}", SENDER).send(LETTER)
    finally:
        server.stop()
    assert len(post.kept) == 1


def test_a_wrong_password_is_an_outage_and_not_a_bug(
    post: Post, strict: Controller, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    for who in ("ada%40mail:wrong@", ""):
        with pytest.raises(Unavailable):
            SmtpMailer(f"smtp://{who}localhost:{strict.port}", SENDER, timeout=2).send(LETTER)
    assert post.kept == []


def test_a_certificate_that_nobody_vouches_for_is_refused(post: Post, strict: Controller) -> None:
    with pytest.raises(Unavailable):
        SmtpMailer(f"smtp://ada%40mail:p%3Aa%2Fs%40s%25@localhost:{strict.port}", SENDER).send(LETTER)


def test_a_certificate_for_another_name_is_refused(
    post: Post, strict: Controller, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(Unavailable):
        SmtpMailer(f"smtp://ada%40mail:p%3Aa%2Fs%40s%25@{LOOPBACK}:{strict.port}", SENDER).send(LETTER)
    assert post.kept == []


def test_without_starttls_nothing_is_said(post: Post, plain: Controller) -> None:
    """A server, or somebody in between, that takes STARTTLS away gets neither password nor letter."""
    with pytest.raises(Unavailable):
        SmtpMailer(f"smtp://ada:secret@{LOOPBACK}:{plain.port}", SENDER).send(LETTER)
    assert post.kept == []


@pytest.mark.parametrize(
    ("where", "says", "error"),
    [
        ("rcpt", "550 5.1.1 no such mailbox", Undeliverable),
        ("rcpt", "553 5.1.3 bad address", Undeliverable),
        ("rcpt", "450 4.2.1 try later", Unavailable),
        ("rcpt", "554 5.7.1 relay access denied", Unavailable),
        ("data", "451 4.3.0 try later", Unavailable),
        ("data", "554 5.7.1 no spam", Unavailable),
        ("data", "421 4.3.2 going down", Unavailable),
    ],
)
def test_what_a_refusal_means(
    post: Post, plain: Controller, where: str, says: str, error: type[Exception]
) -> None:
    post.says[where] = says
    with pytest.raises(error) as refused:
        SmtpMailer(f"smtp+plain://{LOOPBACK}:{plain.port}", SENDER).send(LETTER)
    assert "example.org" not in str(refused.value)
    assert post.kept == []


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        with pytest.raises(Unavailable) as refused:
            SmtpMailer(f"smtp+plain://{LOOPBACK}:{taken.getsockname()[1]}", SENDER).send(LETTER)
    assert refused.value.facts["retry_after"] == 60


@pytest.mark.parametrize("says", [b"", b"220 hello\r\n", b"garbage\r\n" * 3, b"220 " + b"x" * 20_000])
def test_a_server_that_does_not_go_on_is_left(says: bytes) -> None:
    with socket.create_server((LOOPBACK, 0)) as silent:
        held: list[socket.socket] = []

        def accept() -> None:
            taken, _ = silent.accept()
            held.append(taken)
            taken.sendall(says)

        thread = threading.Thread(target=accept)
        thread.start()
        with pytest.raises(Unavailable):
            SmtpMailer(f"smtp+plain://{LOOPBACK}:{silent.getsockname()[1]}", SENDER, timeout=0.3).send(LETTER)
        thread.join()
        for one in held:
            one.close()


HOSTILE = (
    "a@example.org\nBcc: b@example.org",
    "a@example.org\r\nBcc: b@example.org",
    "a@example.org, b@example.org",
    "a,b@example.org",
    "<a@example.org>",
    "A <a@example.org>",
    "a@example.org>",
    "a b@example.org",
    "a@example.org (b)",
    "é@example.org",
    "a@bücher.example",
    "\udcff@example.org",
    "a\x00@example.org",
    "nobody",
    "@example.org",
    "a@",
    "",
    "undisclosed-recipients:;",
)


@pytest.mark.parametrize("to", HOSTILE)
def test_an_address_is_one_address_or_nothing_is_sent(
    post: Post, plain: Controller, tmp_path: Path, to: str
) -> None:
    for mailer in (
        SmtpMailer(f"smtp+plain://{LOOPBACK}:{plain.port}", SENDER),
        FolderMailer(tmp_path / "mail", SENDER, system_clock),
    ):
        with pytest.raises(Undeliverable):
            mailer.send(Message(to, "Subject", "Text"))
    assert post.kept == []
    assert not list(tmp_path.rglob("*.eml"))


@pytest.mark.parametrize("subject", ["a\nBcc: b@example.org", "a\r\nX: y", "a\r"])
def test_a_subject_is_one_line(subject: str) -> None:
    with pytest.raises(Undeliverable):
        as_email(Message("a@example.org", subject, "Text"), SENDER)


def test_a_text_cannot_end_the_message_early(post: Post, plain: Controller) -> None:
    text = "before\n.\nMAIL FROM:<evil@example.org>\n..\nFrom: x\n\nafter\n"
    SmtpMailer(f"smtp+plain://{LOOPBACK}:{plain.port}", SENDER).send(Message(LETTER.to, "Hello", text))
    (envelope,) = post.kept
    assert mail_of(envelope).get_content().replace("\r\n", "\n") == text
    assert mail_of(envelope)["From"] == SENDER


@pytest.mark.parametrize(
    "address",
    ["http://host", "smtp://", "smtp://host:port", "smtp://[broken", "host:25", "smtp://host:99999"],
)
def test_an_address_of_a_server_that_is_none_is_said_at_start(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        open_mailer(address, SENDER, tmp_path, system_clock)
