"""Asking for a thing, and what the answer is once everything that differs by chance is taken out."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.strangers.callers import Caller
from tests.web.strangers.routes import Route, address

NOWHERE = "00000000000000000000000000000000"
"""The id of nothing."""
_CHANCE = (
    re.compile(r'(?<=name="csrf_token" value=")[^"]*'),
    re.compile(r'(?<=name="carried" value=")[^"]*'),  # signs the address that was asked for, and when
    re.compile(r"(?<=once=)[\w-]+"),
)
_COUNTED = re.compile(r"set-cookie|ratelimit.*|retry-after|date|content-length", re.IGNORECASE)
"""Headers that count requests or say when they came; and the length, for ids of records have any length."""


@dataclass(frozen=True)
class Answer:
    """What came back, without chance and without the id that was asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def ask(caller: Caller, rule: Rule, route: Route, method: str, key: str, **facts: str) -> Answer:
    """What this caller is answered about the thing with this id."""
    return plain(send(caller, method, address(rule, route, key), filled(route.sends, facts)), key)


def send(caller: Caller, method: str, path: str, content: dict[str, Any]) -> TestResponse:
    """Send a form, or JSON, as fits the address."""
    if method == "GET":
        return caller.client.get(path, headers=caller.headers)
    if path.startswith("/api/"):
        headers = caller.headers | {"If-Match": '"1"'}
        return caller.client.open(path, method=method, headers=headers, json=content or None)
    data = {"csrf_token": caller.csrf, **content}
    return caller.client.open(path, method=method, headers=caller.headers, data=data)


def filled(content: dict[str, Any], facts: dict[str, str]) -> dict[str, Any]:
    """The content with facts of the victim in place of ``{names}``."""
    return {
        name: facts.get(value[1:-1], value) if _is_name(value) else value for name, value in content.items()
    }


def plain(response: TestResponse, key: str = NOWHERE) -> Answer:
    """The answer without what differs by chance."""
    headers = tuple(
        sorted(
            (name, _without(value, key)) for name, value in response.headers if not _COUNTED.fullmatch(name)
        )
    )
    body = _without(_text(response), key)
    for pattern in _CHANCE:
        body = pattern.sub("", body)
    return Answer(response.status_code, headers, body)


def _text(response: TestResponse) -> str:
    """The body as text; of an archive, all that is in it."""
    if not response.get_data().startswith(b"PK"):
        return response.get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.startswith("{")


def _without(text: str, key: str) -> str:
    return text.replace(quote(key, safe=""), "<key>").replace(key, "<key>")
