"""What an operator may decide: the settings with their defaults. ``registry.config`` reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

Network = IPv4Network | IPv6Network


def _setting(default: Any, says: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"says": says, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may decide."""

    data_dir: Path = _setting(Path("var"), "folder of databases, index and keys")
    private_database: str = _setting("", "address of the private database; default SQLite in data_dir")
    public_database: str = _setting("", "address of the public database; default SQLite in data_dir")
    green_database: str = _setting(
        "", "address of the database of what only partners read; default SQLite in data_dir"
    )
    secret_key: str = _setting("", "signs cookies; default is made once and kept in data_dir", secret=True)
    keyring_file: str = _setting(
        "", "file of the master keys that open what people wrote; default is keyring.json in data_dir"
    )
    master_keys: str = _setting(
        "", "master keys from outside instead of a file, as id=base64 of 32 bytes, newest first", secret=True
    )
    base_url: str = _setting(
        "http://127.0.0.1:8000",
        "address at which people reach this node; default: this machine, and the port served",
    )
    node_name: str = _setting("Incident Commons", "name of this node, shown on pages")
    contact: str = _setting(
        "", "e-mail address of whoever answers for this node, told to harvesters; default: mail_from"
    )
    language: str = _setting("en", "language of pages when the address does not say")
    public_only: bool = _setting(False, "serve public pages only, without the private database")
    publication_every: int = _setting(3600, "seconds between publication batches")
    pull_every: int = _setting(900, "seconds between two looks at each node that this one follows")
    publication_delay: int = _setting(
        72, "hours, at most, that an accepted report is held back at random before its batch"
    )
    session_hours: int = _setting(12, "hours after which a sign-in ends")
    open_reports: bool = _setting(False, "take reports without an account, into a queue of their own")
    severe_from: str = _setting(
        "serious",
        "least severity of reports on which reviewers of two organizations have to agree, or never",
    )
    blind_review: bool = _setting(
        True, "reviewers learn who told a report only when they ask, with a reason that is recorded"
    )
    claim_hours: int = _setting(48, "hours after which a reviewer's claim lapses")
    attachments: str = _setting(
        "",
        "where attached files are kept, as s3://bucket?endpoint=https://host; default: a folder in data_dir",
        secret=True,
    )
    risk_threshold: int = _setting(
        5, "how many reports have to look alike, each counting itself, before one needs no reason"
    )
    second_coding: int = _setting(
        10, "percent of accepted reports that a second reviewer classifies, to see how far people agree"
    )
    appeal_days: int = _setting(30, "days after a decline in which whoever sent the report may appeal")
    appeal_target_days: int = _setting(14, "days in which reviewers should decide on an appeal")
    body_limit: int = _setting(1_000_000, "largest request body in bytes")
    second_factor: bool = _setting(True, "reviewers and stewards must show a second factor")
    token_minutes: int = _setting(10, "minutes that an access token lives")
    grant_days: int = _setting(90, "days after which a program must ask its person again")
    mail_url: str = _setting(
        "",
        "mail server, as smtp://user:password@host:587; default keeps files for 30 days",
        secret=True,
    )
    mail_from: str = _setting("registry@localhost", "address that mail comes from")
    limits_store: str = _setting(
        "memory://", "where tries are counted: memory:// or redis://host:6379", secret=True
    )
    limits_percent: int = _setting(
        100, "limits of API, search and tokens, in percent of the standard ones; 0 switches them off"
    )
    signed_reads: bool = _setting(
        False, "hand out the log, and copies of others, only to nodes that are followed and sign who asks"
    )
    trusted_proxies: str = _setting(
        "", "addresses of proxies in front, as 127.0.0.1, 10.0.0.0/8, that say where requests come from"
    )
    request_log: bool = _setting(True, "log requests by route, status and time, never who or what")
    allow_loopback: bool = _setting(
        False,
        "let identity providers and other nodes be on this very machine, also without https; for development",
    )
    secure_cookies: bool = _setting(
        False, "send cookies over https only, whatever base_url says; with https there they always are"
    )
    keep_published_days: int = _setting(30, "days after publication for which the private original is kept")
    keep_declined_days: int = _setting(180, "days after a decline for which the original is kept")
    keep_withdrawn_days: int = _setting(30, "days after a withdrawal for which the original is kept")
    keep_drafts_days: int = _setting(365, "days after its last change for which a draft is kept")
    draft_notice_days: int = _setting(30, "days before a draft is deleted that its organization is told")
    ask_held_days: int = _setting(
        90, "days after publication on which it is asked whether the fix held; 0 asks nobody"
    )
    export_days: int = _setting(1, "days between two snapshots of all public records as files; 0 makes none")
    seen_from: int = _setting(
        3, 'organizations that have to say "seen here too" of a record before any of it is public'
    )
    detectors: str = _setting(
        "", "models for personal details that you bring, as package.module:factory, more after commas"
    )
    detector_seconds: int = _setting(2, "seconds that such a model may think about one text")
    overwrite_memory: bool = _setting(
        True, "overwrite what services free in memory, so that requests leave nothing there; takes some speed"
    )
    demo: bool = _setting(False, "show the banner that says this node holds demo data")

    @property
    def private_url(self) -> str:
        """Address of the private database."""
        return self.private_database or f"sqlite:///{self.data_dir.resolve() / 'private.sqlite'}"

    @property
    def public_url(self) -> str:
        """Address of the public database."""
        return self.public_database or f"sqlite:///{self.data_dir.resolve() / 'public.sqlite'}"

    @property
    def green_url(self) -> str:
        """Address of the database of what only partners read."""
        return self.green_database or f"sqlite:///{self.green_dir.resolve() / 'green.sqlite'}"

    @property
    def green_dir(self) -> Path:
        """Folder of the key and the checkpoint of the log for partners."""
        return self.data_dir / "green"

    @property
    def contact_address(self) -> str:
        """Whom a program that reads this node may write to."""
        return self.contact or self.mail_from

    @property
    def https_only(self) -> bool:
        """Whether browsers are to come by https alone: cookies are Secure, and HSTS is sent (RFC 6797)."""
        return self.secure_cookies or self.base_url.strip().lower().startswith("https://")

    @property
    def proxies(self) -> tuple[Network, ...]:
        """The addresses of ``trusted_proxies``; raises ``ValueError`` for what is none."""
        return tuple(ip_network(named) for named in self.trusted_proxies.replace(",", " ").split())

    @property
    def keyring_path(self) -> Path:
        """File of the master keys."""
        return Path(self.keyring_file) if self.keyring_file else self.data_dir / "keyring.json"

    @property
    def mail_dir(self) -> Path:
        """Folder of mail that no server took."""
        return self.data_dir / "mail"

    @property
    def attachments_dir(self) -> Path:
        """Folder of attached files, where no bucket is named."""
        return self.data_dir / "attachments"

    @property
    def exports_dir(self) -> Path:
        """Folder of the snapshots that are given out as files."""
        return self.data_dir / "exports"

    @property
    def index_dir(self) -> Path:
        """Folder of the search index."""
        return self.data_dir / "index"
