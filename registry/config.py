"""Settings: read once at start, typed, frozen, and refused when they make no sense.

Each comes from an environment variable ``COMMONS_<NAME>`` or from the TOML file named by
``COMMONS_CONFIG``; the environment wins. ``describe`` says where each value came from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from registry.errors import SettingError

PREFIX = "COMMONS_"
PORT = "PORT"
"""Variable of the port that is served; the node's address follows it unless ``base_url`` is set."""
SECRET_MIN = 32
"""Characters of a secret key, at least."""
Network = IPv4Network | IPv6Network


def _setting(default: Any, says: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"says": says, "secret": secret})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may decide."""

    data_dir: Path = _setting(Path("var"), "folder of databases, index and keys")
    private_database: str = _setting("", "address of the private database; default SQLite in data_dir")
    public_database: str = _setting("", "address of the public database; default SQLite in data_dir")
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
    trusted_proxies: str = _setting(
        "", "addresses of proxies in front, as 127.0.0.1, 10.0.0.0/8, that say where requests come from"
    )
    request_log: bool = _setting(True, "log requests by route, status and time, never who or what")
    allow_loopback: bool = _setting(
        False, "let identity providers be on this very machine, also without https; for development"
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
    def index_dir(self) -> Path:
        """Folder of the search index."""
        return self.data_dir / "index"


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting for ``commons config``: its value (hidden if secret) and where it came from."""

    name: str
    value: str
    source: str
    says: str


def load_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment and its file; raises ``SettingError`` naming the bad one."""
    values: dict[str, Any] = {name: _cast(name, raw) for name, (raw, _) in _sources(environ).items()}
    settings = Settings(**values)
    _refuse_nonsense(settings)
    return settings


def describe(environ: Mapping[str, str]) -> list[Shown]:
    """Every setting with its value and source, secrets hidden."""
    settings, sources = load_settings(environ), _sources(environ)
    shown = []
    for item in fields(Settings):
        value = getattr(settings, item.name)
        text = "(hidden)" if item.metadata["secret"] and value != item.default else str(value)
        shown.append(
            Shown(item.name, text, sources.get(item.name, ("", "default"))[1], item.metadata["says"])
        )
    return shown


def _sources(environ: Mapping[str, str]) -> dict[str, tuple[object, str]]:
    known = {item.name for item in fields(Settings)}
    found: dict[str, tuple[object, str]] = {}
    file = environ.get(PREFIX + "CONFIG")
    if file:
        for name, raw in _read_file(Path(file)).items():
            if name not in known:
                raise SettingError(name=name, reason=f"no such setting (in {file})")
            found[name] = (raw, file)
    for name in known:
        variable = PREFIX + name.upper()
        if variable in environ:
            found[name] = (environ[variable], variable)
    port = environ.get(PORT, "")
    if "base_url" not in found and port.isdecimal() and int(port):
        found["base_url"] = (local_address("127.0.0.1", int(port)), PORT)
    return found


def local_address(host: str, port: int) -> str:
    """Where a server that listens there is reached from its own machine."""
    if host in ("0.0.0.0", "", "::", "[::]"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://{host}:{port}"


def is_address_given(environ: Mapping[str, str]) -> bool:
    """Whether the operator says at which address people reach the node."""
    return _sources(environ).get("base_url", ("", PORT))[1] != PORT


def _read_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingError(name=PREFIX + "CONFIG", reason=f"cannot be read: {error}") from error


def _cast(name: str, raw: object) -> object:
    default = next(item.default for item in fields(Settings) if item.name == name)
    if isinstance(default, bool):
        return _cast_bool(name, raw)
    if isinstance(default, int):
        try:
            return int(str(raw))
        except ValueError as error:
            raise SettingError(name=name, reason="should be a whole number") from error
    return Path(str(raw)) if isinstance(default, Path) else str(raw)


def _cast_bool(name: str, raw: object) -> bool:
    words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}
    try:
        return words[str(raw).strip().lower()]
    except KeyError as error:
        raise SettingError(name=name, reason="should be yes or no") from error


_KEPT = ("keep_published_days", "keep_declined_days", "keep_withdrawn_days", "keep_drafts_days")
_ABOVE_ZERO = (
    "publication_every",
    "session_hours",
    "claim_hours",
    "appeal_days",
    "appeal_target_days",
    "body_limit",
    "token_minutes",
    "grant_days",
    "risk_threshold",
    "detector_seconds",
    "seen_from",
)


_ALL = 100
"""Percent of something, at most."""


def _refuse_more_than_all(settings: Settings) -> None:
    if not 0 <= settings.second_coding <= _ALL:
        raise SettingError(name="second_coding", reason="should be between 0 and 100")


def _refuse_nonsense(settings: Settings) -> None:
    for name in _ABOVE_ZERO:
        if getattr(settings, name) <= 0:
            raise SettingError(name=name, reason="should be greater than zero")
    for name in ("limits_percent", "publication_delay", "draft_notice_days", "ask_held_days", *_KEPT):
        if getattr(settings, name) < 0:
            raise SettingError(name=name, reason="should be zero or greater")
    _refuse_more_than_all(settings)
    try:
        settings.proxies  # noqa: B018 - reading is the check
    except ValueError as error:
        raise SettingError(
            name="trusted_proxies", reason="should be addresses such as 127.0.0.1 or 10.0.0.0/8"
        ) from error
    for name in ("private_url", "public_url"):
        if not getattr(settings, name).startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise SettingError(name=name, reason="should begin with sqlite:/// or postgresql://")
    if settings.private_url == settings.public_url:
        raise SettingError(name="public_database", reason="must not be the private database")
    if settings.secret_key and len(settings.secret_key) < SECRET_MIN:
        raise SettingError(name="secret_key", reason=f"should have at least {SECRET_MIN} characters")
