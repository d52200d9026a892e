"""What a TAXII client asks for: the parameters of TAXII 2.1 (sections 3.4 and 3.5), checked. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from registry.errors import N_, Malformed
from registry.sharing.stix_feed import Match

PAGE: Final = 200
"""Objects of an answer where no limit is asked for."""
PAGE_MAX: Final = 1_000
MATCHES: Final = ("id", "type", "version", "spec_version")
SPEC_VERSION: Final = "2.1"
_MANY: Final = 100
_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{1,18}", re.ASCII)
BAD_STAMP: Final = N_("%(name)s should be a time in UTC such as 2026-11-24T00:00:00.000001Z.")
BAD_LIMIT: Final = N_("limit should be a whole number.")
BAD_NEXT: Final = N_("next should be what an earlier answer gave.")
TWICE: Final = N_("Give %(name)s only once.")
TOO_MANY: Final = N_("match takes at most %(limit)s values.")
NO_MATCH: Final = N_("Only id, type, version and spec_version can be matched.")


@dataclass(frozen=True, slots=True)
class Asked:
    """``nothing`` where the filters exclude everything that there is."""

    match: Match
    beyond: int
    since: datetime | None
    limit: int
    nothing: bool


def asked(given: Mapping[str, Sequence[str]]) -> Asked:
    """The checked request; raises ``Malformed``."""
    for name, values in given.items():
        if len(values) > 1:
            raise Malformed(TWICE, name=name[:40])
        if name.startswith("match[") and name not in [f"match[{known}]" for known in MATCHES]:
            raise Malformed(NO_MATCH)
    one = {name: values[0] for name, values in given.items()}
    specs = _values(one, "spec_version")
    versions = _values(one, "version")
    # Only newest versions are kept, so first, last and all are the same.
    words = {"first", "last", "all"}
    exact = None if versions is None or versions & words else versions
    return Asked(
        match=Match(_values(one, "id"), _values(one, "type"), exact),
        beyond=_number(one.get("next", "0"), BAD_NEXT),
        since=stamp("added_after", one["added_after"]) if "added_after" in one else None,
        limit=_limit(one),
        nothing=specs is not None and SPEC_VERSION not in specs,
    )


def stamp(name: str, text: str) -> datetime:
    """A time; what is finer than microseconds is cut. Raises ``Malformed``."""
    match = _STAMP.fullmatch(text)
    try:
        whole = datetime.fromisoformat(f"{text[:19]}Z") if match else None
    except ValueError:
        whole = None
    if match is None or whole is None:
        raise Malformed(BAD_STAMP, name=name)
    return whole.replace(microsecond=int((match[1] or ".0")[1:7].ljust(6, "0")))


def _values(one: Mapping[str, str], name: str) -> frozenset[str] | None:
    text = one.get(f"match[{name}]")
    if text is None:
        return None
    values = text.split(",")
    if len(values) > _MANY:
        raise Malformed(TOO_MANY, limit=_MANY)
    return frozenset(values)


def _limit(one: Mapping[str, str]) -> int:
    """As many as are asked for, within bounds; some clients say 0 where they mean none."""
    return min(_number(one.get("limit", "0"), BAD_LIMIT) or PAGE, PAGE_MAX)


def _number(text: str, sentence: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise Malformed(sentence)
    return int(text)
