"""Cursors of private lists: where the last page ended, as an opaque text. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC, datetime

from registry.errors import N_, Invalid, Problem

_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


def encode(at: datetime, key: str) -> str:
    """A cursor that stands after the row with this time and key."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{key}".encode("ascii")).decode("ascii")


def decode(cursor: str) -> tuple[datetime, str]:
    """Time and key of the row before the page; raises ``Invalid`` for anything we did not make."""
    try:
        at, _, key = base64.urlsafe_b64decode(cursor[:200].encode("ascii")).decode("ascii").partition("|")
        moment = datetime.fromisoformat(at)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, binascii.Error) as error:
        raise _foreign() from error
    if not _KEY.fullmatch(key):  # what no key can hold, no database need be asked about
        raise _foreign()
    return moment, key


def _foreign() -> Invalid:
    return Invalid([Problem("/cursor", N_("This cursor is not one of ours. Start again."))])
