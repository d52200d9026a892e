"""Words of the field in the page's language: labels, dates, countries, intervals, sizes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from api.node import the_node
from registry.account import Account, Answer, Happened, Interval, NoDate
from registry.account.dates import first_day, precision
from registry.account.types import Lasting
from registry.errors import N_, CommonsError, Problem, Stale
from web.pages import peer_names
from web.pages.messages import current_locale, gettext, ngettext

HOURS_OF_DAY, DAYS_SHOWN_AS_WEEKS, DAYS_SHOWN_AS_MONTHS = 24, 21, 90
GROUPED_FROM = 1000
"""Smaller whole numbers look the same in every language."""
SPECIAL_PLACES = {"unknown": N_("Place unknown"), "withheld": N_("Place withheld")}
NO_DATES = {"unknown": N_("Date not known"), "withheld": N_("Date withheld")}
ANSWERS = {
    Answer.NOT_YET: N_("Not yet"),
    Answer.UNKNOWN: N_("Not known"),
    Answer.WITHHELD: N_("Withheld"),
}
MILESTONE_NAMES = {
    "detected": N_("Detected"),
    "contained": N_("Contained"),
    "recovered": N_("Recovered"),
    "closed": N_("Closed"),
}
LASTING = {
    Lasting.HELD: N_("It held"),
    Lasting.CAME_BACK: N_("It came back"),
    Lasting.UNKNOWN: N_("Not known"),
}
"""Whether what was put right held, in words."""
TOLD_STATE_NAMES = {
    "done": N_("Told"),
    "planned": N_("Will be told"),
    "not-required": N_("Not required"),
    "withheld-for-safety": N_("Held back for safety"),
}
COLLECTIONS = {
    "own": N_("This registry"),
    "aiid": N_("AI Incident Database"),
    "avid": N_("AI Vulnerability Database"),
    "atlas": N_("MITRE ATLAS"),
}


RELATIONS = {
    "part-of": N_("Part of"),
    "same-as": N_("The same event as"),
    "duplicate-of": N_("Duplicate of"),
    "about": N_("About"),
    "fixes": N_("Says what was fixed in"),
    "disputes": N_("Disputes"),
    "replies-to": N_("Replies to"),
    "similar-to": N_("Similar to"),
}


def tongue() -> str:
    """The language code of the page."""
    return str(locale().language)


def locale() -> Locale:
    """The locale of the page."""
    return current_locale()


def label(code: str) -> str:
    """The name of a taxonomy code, or the code itself when this version does not know it."""
    taxonomy = the_node().taxonomy
    if code not in taxonomy:
        return code
    name = taxonomy.label(code, tongue())
    return name.lstrip("0123456789 ") if code.startswith("severity/") else name  # its colour says the rank


def definition(code: str) -> str:
    """What a taxonomy code means, or nothing when this version does not know it."""
    taxonomy = the_node().taxonomy
    return taxonomy.definition(code, tongue()) if code in taxonomy else ""


def facet_title(facet: str) -> str:
    """The name of a facet."""
    return the_node().taxonomy.title(facet, tongue())


def facet_ask(facet: str) -> str:
    """The question that a facet puts."""
    return the_node().taxonomy.ask(facet, tongue())


def relation_name(kind: str) -> str:
    """How one record belongs to another, in words."""
    return gettext(RELATIONS[kind]) if kind in RELATIONS else kind


def codes_of(facet: str) -> list[str]:
    """Every code of a facet, in the order of the taxonomy."""
    return list(the_node().taxonomy.facets[facet].values)


def severity_level(code: str) -> str:
    """``0`` to ``5``, or ``x`` where the severity is not known: the class of its colour."""
    taxonomy = the_node().taxonomy
    level = taxonomy.value(code).level if code in taxonomy else None
    return "x" if level is None else str(level)


def day(value: date | datetime | str, form: str = "long") -> str:
    """A day in words; a text may be a year, a quarter (``2026-Q1``) or a month, as precise as it is."""
    if isinstance(value, str):
        if precision(value) == "quarter":
            return quarter(value, form)
        parts = value.split("-")
        if len(parts) == 1:
            return value
        whole = date.fromisoformat(value if len(parts) > 2 else f"{value}-01")  # noqa: PLR2004 - a whole date
        if len(parts) == 2:  # noqa: PLR2004 - year and month
            skeleton = "yMMMM" if form == "long" else "yMMM"
            return format_skeleton(skeleton, whole, locale=locale())
        value = whole
    return str(format_date(value, form, locale=locale()))


def quarter(written: str, form: str = "long") -> str:
    """A quarter in words: ``1st quarter 2026``."""
    skeleton = "yQQQQ" if form == "long" else "yQQQ"
    return str(format_skeleton(skeleton, first_day(written), locale=locale()))


def moment(value: datetime) -> str:
    """A day and time in UTC, said so: ``27 Nov 2026, 09:30 UTC``."""
    return f"{day(value, 'medium')}, {format_time(value, 'HH:mm', tzinfo=UTC, locale=locale())} UTC"


def began(written: str) -> str:
    """When it began, or why that is not said."""
    return gettext(NO_DATES[written]) if written in NO_DATES else day(written)


def happened(when: Happened | None, form: str = "long") -> str:
    """When it happened, as precise as it is known."""
    if when is None:
        return gettext("Date not known")
    if isinstance(when.start, NoDate):
        why = gettext(NO_DATES[when.start.value])
        last = day(when.end, form) if when.end else ""
        return gettext("%(why)s; ended %(last)s", why=why, last=last) if last else why
    if when.end is None or when.end == when.start:
        return day(when.start, form)
    return gettext("%(first)s to %(last)s", first=day(when.start, form), last=day(when.end, form))


def country(code: str) -> str:
    """The name of a country (ISO 3166-1) or region (UN M49); ``unknown`` and ``withheld`` have words too."""
    if code in SPECIAL_PLACES:
        return gettext(SPECIAL_PLACES[code])
    return str(locale().territories.get(code) or the_node().taxonomy.countries.get(code, code))


def places(account: Account) -> list[str]:
    """Where it happened, the district first; a withheld country is not said beside its region."""
    codes = [code for code in account.countries if code != "withheld" or not account.regions]
    parts = (account.place.exact, account.place.district)
    return [*(part for part in parts if part), *(country(code) for code in (*codes, *account.regions))]


def language_name(code: str) -> str:
    """The name of a language, for example of the one a record is written in."""
    names, first = locale().languages, code.partition("-")[0]
    name = names.get(code.replace("-", "_"))
    if name is None and first in names:
        return f"{names[first]} ({code})"
    return str(name or code)


def number(value: int) -> str:
    """A number with the separators of the language, in Latin digits."""
    return str(value) if 0 <= value < GROUPED_FROM else format_decimal(value, locale=locale())


def decimal(value: float) -> str:
    """A number with two decimals, as the language writes it, in Latin digits."""
    return str(format_decimal(value, format="0.00", locale=locale(), numbering_system="latn"))


def duration(hours: int) -> str:
    """A length of time in the unit that people would use."""
    if hours == 0:
        return gettext("At once")
    days, rest = divmod(hours, HOURS_OF_DAY)
    if days == 0 or (rest and days < 3):  # noqa: PLR2004 - up to three days hours still matter
        return ngettext("%(num)s hour", "%(num)s hours", hours)
    if days <= DAYS_SHOWN_AS_WEEKS:
        return ngettext("%(num)s day", "%(num)s days", days)
    if days <= DAYS_SHOWN_AS_MONTHS:
        return ngettext("%(num)s week", "%(num)s weeks", round(days / 7))
    return ngettext("%(num)s month", "%(num)s months", round(days / 30.4))


def interval_words(interval: Interval | None) -> str:
    """After how long, or why there is no number; nothing said is its own answer."""
    if interval is None:
        return gettext("Not reported")
    if interval.answer is Answer.AFTER:
        return duration(interval.hours or 0)
    return gettext(ANSWERS[interval.answer])


def source_name(source: str) -> str:
    """The name of a source, by its short key; a peer's by its node id."""
    if source in COLLECTIONS:
        return gettext(COLLECTIONS[source])
    return peer_names.name(source)


def say(trouble: Problem | CommonsError) -> str:
    """The sentence of a problem or an error in the page's language, facts filled in."""
    sentence = gettext(trouble.message)
    facts: Mapping[str, object] = trouble.facts
    return sentence % facts if facts else sentence


def say_refusal(refusal: CommonsError, stale: str) -> str:
    """The sentence of a refusal; that of an old page is ``stale``, a msgid that says what is left to do."""
    return gettext(stale) if isinstance(refusal, Stale) else say(refusal)


HELPERS = {
    "label": label,
    "definition": definition,
    "facet_title": facet_title,
    "facet_ask": facet_ask,
    "decimal": decimal,
    "relation_name": relation_name,
    "severity_level": severity_level,
    "day": day,
    "moment": moment,
    "happened": happened,
    "country": country,
    "places": places,
    "language_name": language_name,
    "number": number,
    "duration": duration,
    "interval_words": interval_words,
    "source_name": source_name,
    "say": say,
    "MILESTONE_NAMES": MILESTONE_NAMES,
    "TOLD_STATE_NAMES": TOLD_STATE_NAMES,
    "LASTING": LASTING,
}
"""What templates call by these names."""
