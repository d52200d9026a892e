"""Sealed files in a bucket of a store that speaks S3's language, on this machine or elsewhere.

The address of the setting is ``s3://[KEY:SECRET@]BUCKET[/PREFIX][?endpoint=URL&region=NAME]``. Without a key
the usual variables count (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY`` …), or the machine's own role.
Plain http is taken from this very machine only.

Loaded only where a setting names a bucket: its client is 6 MB of every process.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from registry.errors import SettingError, Unavailable
from registry.intake.attachments.stores import (
    RETRY_AFTER,
    STORED_MAX,
    Damaged,
    address_of,
    checked,
    is_address,
)

if TYPE_CHECKING:
    from obstore.store import S3Config

SETTING: Final = "attachments"
TIMEOUT: Final = "30s"
CONNECT: Final = "5s"
RETRIES: Final = 2
RETRY_FOR: Final = timedelta(seconds=20)
_HERE: Final = ("127.0.0.1", "localhost", "::1")
_ASKED: Final = frozenset({"endpoint", "region"})


@dataclass(frozen=True, slots=True)
class Place:
    """A bucket and how it is reached; what is empty is taken from the environment."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = ""


def place_of(address: str) -> Place:
    """The bucket that a setting names; raises ``SettingError``, which does not repeat the secret."""
    try:
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        endpoint = urlsplit(asked.get("endpoint", ""))
    except ValueError as error:
        raise SettingError(name=SETTING, reason="is no address") from error
    if parts.scheme != "s3" or not parts.hostname or not set(asked) <= _ASKED:
        raise SettingError(name=SETTING, reason="should be s3://bucket/prefix?endpoint=https://…&region=…")
    if endpoint.scheme not in ("", "https") and endpoint.hostname not in _HERE:
        raise SettingError(name=SETTING, reason="its endpoint should begin with https://")
    return Place(
        bucket=parts.hostname,
        prefix=parts.path.strip("/"),
        endpoint=asked.get("endpoint", ""),
        region=asked.get("region", ""),
        key=unquote(parts.username or ""),
        secret=unquote(parts.password or ""),
    )


def open_bucket(address: str) -> BucketStore:
    """The store that a setting names; raises ``SettingError``."""
    return BucketStore(place_of(address))


class BucketStore:
    """A bucket in which nothing but these files lies under its prefix."""

    def __init__(self, place: Place) -> None:
        self._store = S3Store(
            place.bucket,
            prefix=place.prefix or None,
            config=_config(place),
            client_options={
                "allow_http": place.endpoint.startswith("http://"),
                "timeout": TIMEOUT,
                "connect_timeout": CONNECT,
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRY_FOR},
        )

    def put(self, data: bytes) -> str:
        """Keep the bytes whole or not at all; the store answers when they are safe."""
        address = address_of(data)
        with _answering():
            obstore.put(self._store, address, data, use_multipart=False)
        return address

    def get(self, address: str) -> bytes | None:
        """The bytes at the address."""
        if not is_address(address):
            return None
        with _answering():
            try:
                found = obstore.get(self._store, address)
            except FileNotFoundError:
                return None
            if found.meta["size"] > STORED_MAX:
                raise Damaged(retry_after=RETRY_AFTER)
            data = bytes(found.bytes())
        return checked(address, data)

    def delete(self, address: str) -> None:
        """Remove what lies there."""
        if is_address(address):
            with _answering(), contextlib.suppress(FileNotFoundError):
                obstore.delete(self._store, address)

    def tidy(self, before: datetime) -> int:  # noqa: ARG002 - the shape of a store
        """Nothing is ever half written here."""
        return 0

    def addresses(self) -> Iterator[str]:
        """The names under the prefix, page by page."""
        with _answering():
            for page in obstore.list(self._store):
                yield from (entry["path"] for entry in page if is_address(entry["path"]))


def _config(place: Place) -> S3Config:
    """What the setting says; obstore takes the rest from the environment."""
    config: S3Config = {}
    if place.endpoint:
        config["endpoint"] = place.endpoint
    if place.region:
        config["region"] = place.region
    if place.key:
        config["access_key_id"], config["secret_access_key"] = place.key, place.secret
    return config


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Turns whatever goes wrong on the way to the store into ``Unavailable``; its words stay inside."""
    try:
        yield
    except (BaseError, OSError) as error:
        raise Unavailable(retry_after=RETRY_AFTER) from error
