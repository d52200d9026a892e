"""Attachments as pages show them: size in words, a glimpse, and where the file itself is."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from babel.units import format_unit
from flask import Flask, Response

from api.attachments import SEALED_OFF, handed_out
from api.node import the_node
from registry.errors import CommonsError
from registry.intake.attachments.rules import KINDS, Kind
from registry.intake.attachments.views import Attached, AttachmentView, Content
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import locale

KILOBYTE: Final = 1_000
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A file as a line of a page; ``glimpse`` is a ``data:`` address, or ''."""

    item: AttachmentView
    title: str
    size: str
    url: str
    glimpse: str

    @property
    def is_picture(self) -> bool:
        """Whether the page may show it; everything else is only handed out."""
        return self.item.media.kind is Kind.PICTURE


def register(app: Flask) -> None:
    """Let pages of a report show its files wherever they include ``report/_attached.html``."""
    app.jinja_env.globals.update(attached=attached)


def attached(key: str) -> Attached | None:
    """The files of one's own report; None for somebody who may not know of it."""
    actor = people.current_actor()
    if actor is None:
        return None
    try:
        return the_node().private.attachments.own.of(actor, key)
    except CommonsError:
        return None


def shown(items: Iterable[AttachmentView], home: str) -> list[Shown]:
    """Lines of a page; the files lie below the address ``home``."""
    return [
        Shown(
            item,
            gettext("%(kind)s %(number)s", kind=gettext(KINDS[item.media.kind]), number=item.number),
            file_size(item.size),
            here(f"{home}/{item.id}"),
            _data(item.glimpse),
        )
        for item in items
    ]


def served(content: Content) -> Response:
    """A file for a browser: a picture that we drew is shown, everything else is saved."""
    response = handed_out(content)
    if content.item.media.kind is Kind.PICTURE:
        response.mimetype = content.item.media.value
        response.headers["Content-Disposition"] = f'inline; filename="{content.item.name}"'
        response.headers["Content-Security-Policy"] = SEALED_OFF
    return response


def file_size(size: int) -> str:
    """So many bytes in words of the page's language."""
    if size < MEGABYTE:
        return format_unit(max(1, round(size / KILOBYTE)), "digital-kilobyte", "short", locale=locale())
    return format_unit(round(size / MEGABYTE, 1), "digital-megabyte", "short", locale=locale())


def _data(glimpse: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(glimpse).decode("ascii") if glimpse else ""
