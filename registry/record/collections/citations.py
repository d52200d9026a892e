"""Find where one collection cites another, so that the same event can be recognised. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from registry.record.types import Relation

_AIID = re.compile(r"https?://(?:www\.)?incidentdatabase\.ai/cite/(\d{1,9})(?![\d])")
_ATLAS = re.compile(r"https?://atlas\.mitre\.org/studies/(AML\.CS\d{4})(?!\d)")


def cited(addresses: Iterable[str]) -> list[str]:
    """Ids of the AIID incidents and ATLAS studies among some addresses, each once, in their order."""
    found: dict[str, None] = {}
    for address in addresses:
        for prefix, pattern in (("aiid", _AIID), ("atlas", _ATLAS)):
            match = pattern.match(address.strip())
            if match:
                found[f"{prefix}:{match[1]}"] = None
    return list(found)


def same_as(addresses: Iterable[str]) -> list[Relation]:
    """Relations to the records of other collections that tell of the same event."""
    return [Relation("same-as", record_id) for record_id in cited(addresses)]
