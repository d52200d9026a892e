"""Cursors of private lists: where the last page ended, as an opaque text. Pure."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime

from registry.errors import N_, Invalid, Problem


def encode(at: datetime, key: str) -> str:
    """A cursor that stands after the row with this time and key."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{key}".encode("ascii")).decode("ascii")


def decode(cursor: str) -> tuple[datetime, str]:
    """Time and key of the row before the page; raises ``Invalid`` for anything we did not make."""
    try:
        at, _, key = base64.urlsafe_b64decode(cursor[:200].encode("ascii")).decode("ascii").partition("|")
        moment = datetime.fromisoformat(at)
    except (ValueError, binascii.Error) as error:
        raise Invalid([Problem("/cursor", N_("This cursor is not one of ours. Start again."))]) from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)), key
