"""Checks of single fields of an account: each yields problems and never raises."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from registry.account import calendars, limits
from registry.account.blank import is_blank
from registry.account.dates import NO_DATE, first_day, is_written, last_day
from registry.account.languages import is_known
from registry.account.regions import COUNTRIES_OF
from registry.errors import N_, Problem

NO_COUNTRY = ("unknown", "withheld")
"""Answers that stand alone in the list of countries."""
PLACE_PARTS = ("exact", "district")
"""What may be said of a place beyond its country."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile(r"[\r\n\u2028\u2029]")


def unknown_keys(pointer: str, raw: Mapping[str, Any], known: Collection[str]) -> Iterator[Problem]:
    """Every key that is not a field here; the sentence lists the fields there are."""
    for key in raw:
        if key not in known:
            name = escape(str(key))[:60]
            yield Problem(
                f"{pointer}/{name}",
                N_("There is no such field. Known fields: %(known)s."),
                {"known": ", ".join(known)},
            )


def text(pointer: str, value: object, limit: int, *, one_line: bool = False) -> Iterator[Problem]:
    """A text of at most ``limit`` characters without control characters."""
    if value is None:
        return
    if not isinstance(value, str):
        yield Problem(pointer, N_("This should be text."))
    elif len(value) > limit:
        facts = {"length": len(value), "limit": limit}
        yield Problem(
            pointer, N_("This is too long: %(length)s characters, and the limit is %(limit)s."), facts
        )
    elif value.isprintable():  # says in a fraction of the time that neither of those below is in it
        return
    elif _CONTROL.search(value):
        yield Problem(pointer, N_("This holds characters that cannot be shown. Type it again."))
    elif one_line and _BREAK.search(value):
        yield Problem(pointer, N_("This should be a single line."))


def language(pointer: str, value: object) -> Iterator[Problem]:
    """A BCP 47 language tag in its simple form, such as ``en`` or ``pt-BR``, whose parts exist."""
    if value is None:
        return
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        yield Problem(pointer, N_("This should be a language code such as en, fr, es or ar."))
    elif not is_known(value):
        yield Problem(
            pointer,
            N_("%(code)s is no language that we know. Write a code of BCP 47, such as sw, rhg or pt-BR."),
            {"code": value},
        )


def happened(pointer: str, value: object, today: date) -> Iterator[Problem]:
    """A period: ``from`` and perhaps ``to``, real dates, in order, not in the future.

    ``from`` may be one of ``NO_DATE`` instead.
    """
    if value is None or value == {}:
        return
    if not isinstance(value, Mapping):
        yield Problem(pointer, N_("This should be an object with the fields from and to."))
        return
    yield from unknown_keys(pointer, value, ("from", "to"))
    good = True
    start, end = value.get("from"), value.get("to")
    for key, written in (("from", None if start in NO_DATE else start), ("to", end)):
        for problem in _date_problems(f"{pointer}/{key}", written, today):
            good = False
            yield problem
    if good and end and not start:
        yield Problem(f"{pointer}/from", N_("Say when it began; a year is enough."))
    elif good and start and end and start not in NO_DATE and last_day(end) < first_day(start):
        yield Problem(f"{pointer}/to", N_("This is before the beginning."))


def countries(pointer: str, value: object, known: Collection[str]) -> Iterator[Problem]:
    """A list of ISO 3166-1 alpha-2 codes, or one of the answers that stand alone."""
    if value is None:
        return
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        yield Problem(pointer, N_("This should be a list of country codes."))
        return
    yield from _list_size(pointer, value)
    for position, code in enumerate(value[: limits.LIST_MAX]):
        if code not in known and code not in NO_COUNTRY:
            yield Problem(
                f"{pointer}/{position}",
                N_(
                    "%(code)s is no country that we know. "
                    "Choose one of the list, or write its code, such as KE."
                ),
                {"code": code[:20]},
            )
        elif code in value[:position]:
            yield Problem(f"{pointer}/{position}", N_("Give this only once."))
    if len(value) > 1 and any(code in NO_COUNTRY for code in value):
        yield Problem(pointer, N_("Choose countries, or say that they are unknown or withheld, not both."))


def regions(pointer: str, value: object) -> Iterator[Problem]:
    """A list of regions of the world by their numbers."""
    if value is None:
        return
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        yield Problem(pointer, N_("This should be a list of region codes."))
        return
    yield from _list_size(pointer, value)
    for position, code in enumerate(value[: limits.LIST_MAX]):
        if code not in COUNTRIES_OF:
            yield Problem(
                f"{pointer}/{position}",
                N_("%(code)s is not a region code. Use a number of three digits of the UN, such as 014."),
                {"code": code[:20]},
            )
        elif code in value[:position]:
            yield Problem(f"{pointer}/{position}", N_("Give this only once."))


def place(pointer: str, value: object) -> Iterator[Problem]:
    """Where it happened more precisely than the country: ``exact`` and ``district``, a line each."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield Problem(pointer, N_("This should be an object with the fields exact and district."))
        return
    yield from unknown_keys(pointer, value, PLACE_PARTS)
    for part in PLACE_PARTS:
        yield from text(f"{pointer}/{part}", value.get(part), limits.PLACE_MAX, one_line=True)


def names(pointer: str, value: object) -> Iterator[Problem]:
    """A list of names, each one line."""
    if value is None:
        return
    if not isinstance(value, list):
        yield Problem(pointer, N_("This should be a list of names."))
        return
    yield from _list_size(pointer, value)
    for position, name in enumerate(value[: limits.LIST_MAX]):
        here = f"{pointer}/{position}"
        if not isinstance(name, str):
            yield Problem(here, N_("This should be text."))
        elif is_blank(name):
            yield Problem(here, N_("This name is empty. Remove it or fill it in."))
        else:
            yield from text(here, name, limits.ENTITY_NAME_MAX, one_line=True)


def links(pointer: str, value: object) -> Iterator[Problem]:
    """A list of web addresses (http or https, with a host and without a user name)."""
    if value is None:
        return
    if not isinstance(value, list):
        yield Problem(pointer, N_("This should be a list of web addresses."))
        return
    yield from _list_size(pointer, value)
    for position, link in enumerate(value[: limits.LIST_MAX]):
        here = f"{pointer}/{position}"
        if isinstance(link, str) and names_a_user(link):
            yield Problem(
                here,
                N_(
                    "This web address holds a user name or a password, before the @. "
                    "Take out what stands between // and @, and the @ with it."
                ),
            )
        elif not (isinstance(link, str) and len(link) <= limits.LINK_MAX and is_web_address(link)):
            yield Problem(
                here,
                N_("This should be a web address of at most %(limit)s characters, beginning with https://."),
                {"limit": limits.LINK_MAX},
            )


def is_web_address(link: str) -> bool:
    """True for http and https addresses that a browser would follow as they read."""
    if re.search(r"[\s<>\"\\\x00-\x1f\x7f\ud800-\udfff]", link):
        return False
    try:
        parts = urlsplit(link)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and parts.username is None


def web_link(address: str) -> str:
    """The address as a page, a feed or a file may lead to it; empty for one that nobody should follow.

    Also of an address that was kept: it may be older than the check that keeps such ones out now.
    """
    return address if is_web_address(address) else ""


def names_a_user(link: str) -> bool:
    """True for web addresses with a user name before the host, as in ``https://user:password@host``."""
    try:
        parts = urlsplit(link[: limits.LINK_MAX])
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.username is not None


def _date_problems(pointer: str, value: object, today: date) -> Iterator[Problem]:
    if value is None:
        return
    foreign = calendars.of_another(value) if isinstance(value, str) else None
    if foreign is not None:
        yield Problem(pointer, *foreign)
        return
    if not isinstance(value, str) or not is_written(value):
        yield Problem(pointer, N_("Write the date as 2026, 2026-Q1, 2026-03 or 2026-03-15."))
        return
    try:
        start = first_day(value)
    except ValueError:
        yield Problem(pointer, N_("There is no such day in the calendar."))
        return
    if start > today:
        yield Problem(pointer, N_("This is in the future."))
    elif start.year < limits.EARLIEST_YEAR:
        yield Problem(pointer, N_("This is before %(year)s. Check the year."), {"year": limits.EARLIEST_YEAR})


def _list_size(pointer: str, value: list[Any]) -> Iterator[Problem]:
    if len(value) > limits.LIST_MAX:
        facts = {"length": len(value), "limit": limits.LIST_MAX}
        yield Problem(pointer, N_("Too many entries: %(length)s, and the limit is %(limit)s."), facts)


def escape(key: str) -> str:
    """Escape a key for a JSON pointer (RFC 6901 section 3)."""
    return key.replace("~", "~0").replace("/", "~1")
