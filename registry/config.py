"""Settings: read once at start, typed, frozen, and refused when they make no sense.

Each comes from an environment variable ``COMMONS_<NAME>`` or from the TOML file named by
``COMMONS_CONFIG``; the environment wins. ``describe`` says where each value came from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from registry.errors import SettingError
from registry.settings import Network, Settings

__all__ = ["Network", "Settings", "Shown", "describe", "is_address_given", "load_settings", "local_address"]

PREFIX = "COMMONS_"
PORT = "PORT"
"""Variable of the port that is served; the node's address follows it unless ``base_url`` is set."""
SECRET_MIN = 32
"""Characters of a secret key, at least."""


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
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"  # RFC 3986 section 3.2.2
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
    "pull_every",
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

_ZERO_OR_MORE = (
    "limits_percent",
    "publication_delay",
    "draft_notice_days",
    "ask_held_days",
    "export_days",
    *_KEPT,
)


_ALL = 100
"""Percent of something, at most."""


def _refuse_more_than_all(settings: Settings) -> None:
    if not 0 <= settings.second_coding <= _ALL:
        raise SettingError(name="second_coding", reason="should be between 0 and 100")


def _is_address(text: str) -> bool:
    """Whether links and tokens can begin with it: scheme and host, and nothing behind a path."""
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # a host or port that is none
        return False
    plain = text.isascii() and text.isprintable() and " " not in text and "\\" not in text
    return known and plain and not parts.query and not parts.fragment and parts.username is None


def _refuse_nonsense(settings: Settings) -> None:
    for name in _ABOVE_ZERO:
        if getattr(settings, name) <= 0:
            raise SettingError(name=name, reason="should be greater than zero")
    for name in _ZERO_OR_MORE:
        if getattr(settings, name) < 0:
            raise SettingError(name=name, reason="should be zero or greater")
    _refuse_more_than_all(settings)
    if not _is_address(settings.base_url):
        raise SettingError(
            name="base_url",
            reason="should be the whole address at which people reach this node, such as "
            "https://incidents.example.org",
        )
    try:
        settings.proxies  # noqa: B018 - reading is the check
    except ValueError as error:
        raise SettingError(
            name="trusted_proxies", reason="should be addresses such as 127.0.0.1 or 10.0.0.0/8"
        ) from error
    _refuse_databases(settings)
    if settings.secret_key and len(settings.secret_key) < SECRET_MIN:
        raise SettingError(name="secret_key", reason=f"should have at least {SECRET_MIN} characters")


def _refuse_databases(settings: Settings) -> None:
    for name in ("private_url", "public_url", "green_url"):
        if not getattr(settings, name).startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise SettingError(name=name, reason="should begin with sqlite:/// or postgresql://")
    if settings.private_url == settings.public_url:
        raise SettingError(name="public_database", reason="must not be the private database")
    if settings.green_url in (settings.private_url, settings.public_url):
        raise SettingError(name="green_database", reason="must be a third one")
