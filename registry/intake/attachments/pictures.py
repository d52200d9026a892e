"""Having a picture drawn anew by ``decoding.py``, one at a time, in bounded memory and time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Final

from registry.errors import Unavailable
from registry.intake.attachments.rules import (
    BROKEN,
    FILE_MAX,
    MOVES,
    PIXELS_MAX,
    SIDE_MAX,
    TOO_MANY_POINTS,
    WEBP_PIXELS_MAX,
    Clean,
    Media,
    refused,
)

PROGRAM: Final = Path(__file__).with_name("decoding.py")
TIME: Final = 40
"""Seconds until a drawing is broken off, however little it computes."""
PATIENCE: Final = 30
"""Seconds to wait for the drawing before."""
MILLION: Final = 1_000_000
_ANSWER = re.compile(rb"ok (image/(?:png|jpeg)) ([0-9]{1,5}) ([0-9]{1,5}) ([0-9]{1,5})")
_WORDS: Final[Mapping[bytes, str]] = MappingProxyType({b"no moves": MOVES, b"no points": TOO_MANY_POINTS})
_ONE_AT_A_TIME = Lock()
"""A picture takes up to 300 MB while it is drawn, so a process of the node draws one at a time."""


def drawn(raw: bytes, form: str) -> Clean:
    """The picture without anything but what can be seen; ``form`` is Pillow's name of its format.

    Raises ``Invalid`` for what cannot be opened, moves or has too many points, and ``Unavailable`` where
    others are drawn for too long.
    """
    if not _ONE_AT_A_TIME.acquire(timeout=PATIENCE):
        raise Unavailable(retry_after=PATIENCE)
    try:
        answer = _run(raw, form)
    finally:
        _ONE_AT_A_TIME.release()
    line, _, data = answer.partition(b"\n")
    told = _ANSWER.fullmatch(line)
    if told is None:
        raise refused(_WORDS.get(line, BROKEN), limit=points_max(form) // MILLION)
    media, (width, height, glimpse) = Media(told[1].decode("ascii")), (int(told[n]) for n in (2, 3, 4))
    return Clean(media, data[glimpse:], width, height, data[:glimpse])


def points_max(form: str) -> int:
    """How many points a picture of this format may have."""
    return WEBP_PIXELS_MAX if form == "WEBP" else PIXELS_MAX


def _run(raw: bytes, form: str) -> bytes:
    """What the program answers; nothing where it broke down."""
    # -I: without the node's folder, settings and user's packages in reach.
    limits = (points_max(form), SIDE_MAX, FILE_MAX)
    command = [sys.executable, "-I", str(PROGRAM), form, *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and no word of the command is from outside
            command,
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=TIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""
