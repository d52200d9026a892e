"""What a harvester asks for: the arguments of OAI-PMH 2.0 (sections 3.5 and 4), checked. Pure.

A resumption token holds everything that the answer depends on, so nothing is kept between two
requests and a token never runs out: the position of the last item in the order of changes, how many
items came before, and the arguments that the list began with.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from api.harvest.oai_faults import BadArgument, BadToken, BadVerb, NoMatch, UnknownFormat
from registry.sharing.harvest import Wanted

TOKEN: Final = "resumptionToken"  # noqa: S105 - the name of an argument
LISTS: Final = ("ListIdentifiers", "ListRecords")
ARGUMENTS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), (TOKEN,)),
    "GetRecord": (("identifier", "metadataPrefix"), ()),
    "ListIdentifiers": (("metadataPrefix",), ("from", "until", "set", TOKEN)),
    "ListRecords": (("metadataPrefix",), ("from", "until", "set", TOKEN)),
}
"""Verb → arguments that it needs, and those that it takes."""
FORMATS: Final = ("oai_dc", "commons")
TOKEN_MAX: Final = 600
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SECOND = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_POSITION_MAX = 2**62
_WRITTEN: Final = {
    "metadataPrefix": re.compile(r"[\w.!~*'()-]{1,100}", re.ASCII),
    "set": re.compile(r"[\w.!~*'()-]+(:[\w.!~*'()-]+)*", re.ASCII),
    "identifier": re.compile(r"[\w.!~*'();/?:@&=+$,%-]{1,300}", re.ASCII),
}
"""What the schema OAI-PMH.xsd lets stand in these arguments, and the characters of a URI (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that is asked for: which records, in which format, after which position and how many."""

    prefix: str
    wanted: Wanted
    after: int = 0
    before: int = 0

    def beyond(self, seq: int, count: int) -> str:
        """The token that goes on after ``count`` further items, the last of them at ``seq``."""
        return _write(replace(self, after=seq, before=self.before + count))


def check(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The arguments, each once and all of them known to the verb; raises ``BadVerb``, ``BadArgument``."""
    verbs = given.get("verb", ())
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        raise BadVerb
    needed, taken = ARGUMENTS[verbs[0]]
    for name, values in given.items():
        if name not in ("verb", *needed, *taken):
            raise BadArgument(f"{verbs[0]} takes only: {', '.join(('verb', *needed, *taken))}.")
        if len(values) != 1:
            raise BadArgument(f"{name} stands here more than once.")
    needed = _exclusive(given, needed)
    for name in needed:
        if name not in given:
            raise BadArgument(f"{verbs[0]} needs {name}.")
    for name, pattern in _WRITTEN.items():
        if name in given and not pattern.fullmatch(given[name][0]):
            raise BadArgument(f"{name} has characters that cannot stand there.")
    return {name: values[0] for name, values in given.items()}


def _exclusive(given: Mapping[str, Sequence[str]], needed: tuple[str, ...]) -> tuple[str, ...]:
    """What is needed beside the verb: nothing with a token, which stands alone."""
    if TOKEN not in given:
        return needed
    if set(given) - {"verb", TOKEN}:
        raise BadArgument(f"{TOKEN} is an exclusive argument: nothing but the verb goes with it.")
    return ()


def listed(arguments: Mapping[str, str]) -> Listed:
    """The list that checked arguments ask for; raises an ``OaiFault``."""
    if TOKEN in arguments:
        return _read(arguments[TOKEN])
    first, last = _days(arguments)
    if arguments["metadataPrefix"] not in FORMATS:
        raise UnknownFormat
    kind, source = _of_set(arguments["set"]) if "set" in arguments else ("", "")
    return Listed(arguments["metadataPrefix"], Wanted(first, last, kind, source))


def _days(arguments: Mapping[str, str]) -> tuple[date | None, date | None]:
    first, last = (_day(name, arguments[name]) if name in arguments else None for name in ("from", "until"))
    if first and last and first > last:
        raise BadArgument("from should not be later than until.")
    return first, last


def _day(name: str, text: str) -> date:
    if _SECOND.fullmatch(text):
        raise BadArgument(f"{name} should be a day such as 2026-11-24: this node tells no times.")
    try:
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError:
        raise BadArgument(f"{name} should be a day such as 2026-11-24.") from None


def _of_set(text: str) -> tuple[str, str]:
    """Type and source of a set; one that is none of ours is empty."""
    name, _, value = text.partition(":")
    if not value or name not in ("type", "source"):
        raise NoMatch
    return (value, "") if name == "type" else ("", value)


def _write(asked: Listed) -> str:
    wanted = asked.wanted
    days = [day.isoformat() if day else "" for day in (wanted.first, wanted.last)]
    whole = [asked.after, asked.before, asked.prefix, *days, wanted.type, wanted.source]
    return base64.urlsafe_b64encode(json.dumps(whole, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(token: str) -> Listed:
    try:
        if len(token) > TOKEN_MAX:
            raise BadToken
        whole = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
        asked = _from_parts(whole)
    except (binascii.Error, ValueError, TypeError, RecursionError):
        raise BadToken from None
    if _write(asked) != token:
        raise BadToken
    return asked


def _from_parts(whole: Any) -> Listed:
    """The list that a token describes; raises ``BadToken`` or what wrong types raise."""
    after, before, prefix, first, last, kind, source = whole
    if not (_is_position(after) and _is_position(before) and after > 0 and prefix in FORMATS):
        raise BadToken
    if not (isinstance(kind, str) and isinstance(source, str)):
        raise BadToken
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return Listed(prefix, Wanted(days[0], days[1], kind, source), after, before)


def _is_position(value: Any) -> bool:
    return type(value) is int and 0 <= value < _POSITION_MAX
