"""Mail that leaves the node: the port, and its two forms.

By default every message becomes a file in the data folder, so that a node without a mail server
loses nothing and a developer can read what would have been sent. With ``COMMONS_MAIL_URL`` it is
handed to a server by SMTP.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from registry.clock import Clock
from registry.db.columns import random_key
from registry.errors import N_, CommonsError, SettingError, Unavailable

TIMEOUT = 20.0
"""Seconds that a mail server may take to answer."""
RETRY_AFTER = 60
FOLDER_LIFE = timedelta(days=30)
"""How long letters stay in the folder: longer than any link in them works."""
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
"""Schemes of the address: STARTTLS demanded, TLS from the first byte, no encryption (this machine only)."""
NO_SUCH_MAILBOX = frozenset({550, 551, 553})
"""Replies to a recipient that trying again does not change (RFC 5321, section 4.2.3)."""


class Undeliverable(CommonsError):
    """No server will ever take this message: its address is none, or nobody's."""

    message = N_("This message cannot be delivered to anybody.")


@dataclass(frozen=True, slots=True)
class Message:
    """A plain-text message to one person."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """The port."""

    def send(self, message: Message) -> None:
        """Hand the message over; raises ``Unavailable`` when nobody takes it now, or ``Undeliverable``."""

    def forget(self, is_known: Callable[[str], bool]) -> None:
        """Delete what lies here to addresses that nobody here has any more."""


class FolderMailer:
    """Writes each message as a file ``<random>.eml``, and removes those that are ``FOLDER_LIFE`` old.

    Letters name people; nobody whose account was erased should live on in a folder (``forget``).
    """

    def __init__(self, folder: Path, sender: str, clock: Clock) -> None:
        self._folder, self._sender, self._clock = folder, sender, clock

    def send(self, message: Message) -> None:
        """Write the file whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._remove_old()
        path = self._folder / f"{random_key()}.eml"
        half = path.with_suffix(".half")
        half.write_bytes(as_email(message, self._sender).as_bytes())
        half.rename(path)

    def forget(self, is_known: Callable[[str], bool]) -> None:
        """Delete every letter to an address of which ``is_known`` says no."""
        for letter in self._folder.glob("*.eml"):
            with suppress(FileNotFoundError):  # another process was faster
                if not is_known(_recipient(letter.read_bytes())):
                    letter.unlink()

    def _remove_old(self) -> None:
        oldest = (self._clock() - FOLDER_LIFE).timestamp()
        for letter in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another process was faster
                if letter.stat().st_mtime < oldest:
                    letter.unlink()


class SmtpMailer:
    """Hands each message to a mail server, which may take ``timeout`` seconds for each answer.

    It greets with the domain of the sender's address: the name of the machine is nobody's business.
    """

    def __init__(self, address: str, sender: str, timeout: float = TIMEOUT) -> None:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise _no_address() from error
        if parts.scheme not in PORTS or not host:
            raise _no_address()
        self._scheme, self._host = parts.scheme, host
        self._port = port or PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._sender, self._timeout = sender, timeout

    def send(self, message: Message) -> None:
        """Send it now."""
        mail = as_email(message, self._sender)
        try:
            with self._connect() as server:
                if self._scheme == "smtp":
                    server.starttls(context=ssl.create_default_context())
                if self._user:
                    server.login(self._user, self._password)
                server.send_message(mail, self._sender, [message.to])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = {code for code, _ in refused.recipients.values()}
            if codes <= NO_SUCH_MAILBOX:
                raise Undeliverable from refused
            raise Unavailable(
                N_("The mail server does not take messages."), retry_after=RETRY_AFTER
            ) from refused
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(
                N_("The mail server does not take messages."), retry_after=RETRY_AFTER
            ) from error

    def forget(self, is_known: Callable[[str], bool]) -> None:
        """Nothing: what was handed over lies elsewhere."""

    def _connect(self) -> smtplib.SMTP:
        name = self._sender.rpartition("@")[2]
        if self._scheme == "smtps":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, name, timeout=self._timeout, context=context)
        return smtplib.SMTP(self._host, self._port, name, timeout=self._timeout)


def open_mailer(address: str, sender: str, folder: Path, clock: Clock) -> Mailer:
    """The mailer that the settings describe; an empty address means the folder."""
    return SmtpMailer(address, sender) if address else FolderMailer(folder, sender, clock)


def as_email(message: Message, sender: str) -> EmailMessage:
    """The message as RFC 5322 text; nothing in it says more about the node than the sender's address.

    Raises ``Undeliverable`` unless it goes to one plain address (an ASCII one: RFC 6531 is not spoken) and
    its subject is one line.
    """
    mail = EmailMessage()
    try:
        message.to.encode("ascii")
        to = Address(addr_spec=message.to)
        mail["From"], mail["To"], mail["Subject"] = sender, to, message.subject
    except (ValueError, IndexError, AttributeError, MessageError) as error:
        raise Undeliverable from error
    if str(to) != message.to or any(ord(character) < ord(" ") for character in message.subject):
        raise Undeliverable
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _recipient(letter: bytes) -> str:
    return str(BytesHeaderParser(policy=policy.default).parsebytes(letter)["To"])


def _no_address() -> SettingError:
    return SettingError(name="mail_url", reason="should look like smtp://user:password@host:587")
