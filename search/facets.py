"""The facets of a public record: those of the taxonomy, and those computed from its other parts.

A record found under a code is also found under every broader code, so a filter on "health" finds
what is filed under "hospitals". Labels here are English msgids; labels of countries, languages and
years are the business of whoever shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.account import Answer, Happened, Interval
from registry.account.regions import regions_of
from registry.errors import N_
from registry.record.types import PublicRecord
from taxonomy import Taxonomy

MILESTONES = ("detected", "contained", "recovered", "closed")
COMPUTED: dict[str, str] = {
    "type": N_("Type of record"),
    "state": N_("State"),
    "country": N_("Country"),
    "region": N_("Region"),
    "language": N_("Language"),
    "source": N_("Source"),
    "year": N_("Year"),
    "detected": N_("Noticed after"),
    "contained": N_("Contained after"),
    "recovered": N_("Recovered after"),
    "closed": N_("Closed after"),
    "demo": N_("Demonstration data"),
}
"""Facets beyond the taxonomy, and what they are called."""

_BUCKETS = {
    "within-hour": (1, N_("Within an hour")),
    "within-day": (24, N_("Within a day")),
    "within-week": (7 * 24, N_("Within a week")),
    "within-month": (30 * 24, N_("Within 30 days")),
}
_ANSWERS = {
    "longer": N_("Later"),
    "not-yet": N_("Not yet"),
    "unknown": N_("Not known"),
    "withheld": N_("Withheld"),
}
COMPUTED_LABELS: dict[str, dict[str, str]] = {
    "type": {"incident": N_("Incident"), "report": N_("Single report"), "statement": N_("Statement")},
    "state": {
        "published": N_("Published"),
        "revised": N_("Revised"),
        "disputed": N_("Disputed"),
        "unverifiable": N_("Unverifiable"),
        "retracted": N_("Retracted"),
        "reinstated": N_("Reinstated"),
        "merged": N_("Merged"),
    },
    "demo": {"yes": N_("Demonstration data"), "no": N_("Real record")},
} | {
    name: {f"{name}/{bucket}": label for bucket, (_, label) in _BUCKETS.items()}
    | {f"{name}/{answer}": label for answer, label in _ANSWERS.items()}
    for name in MILESTONES
}
"""Facet → code → label, for the computed facets whose codes are known beforehand."""

_MOST_YEARS = 30
"""An event counts in each year that it spans, up to so many."""


def facet_ids(taxonomy: Taxonomy) -> tuple[str, ...]:
    """Every facet that can be filtered and counted: the taxonomy's in form order, then the computed ones."""
    return (*taxonomy.facets, *COMPUTED)


def own_codes(record: PublicRecord) -> dict[str, tuple[str, ...]]:
    """Taxonomy facet → codes that the record itself carries; of the audiences only those that were told."""
    found = {facet: codes for facet, codes in record.codes().items() if facet != "audience"}
    told = tuple(told.audience for told in record.account.response.told if told.state == "done")
    return found | {"audience": told} if told else found


def all_codes(record: PublicRecord, taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Facet → codes under which the record is found: its own, the broader ones, and the computed ones."""
    found: dict[str, tuple[str, ...]] = {}
    for facet, codes in own_codes(record).items():
        found[facet] = closed(codes, taxonomy)
    return found | computed_codes(record)


def closed(codes: Iterable[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """Codes of a facet and every broader one."""
    closure = dict.fromkeys(codes)
    for code in tuple(closure):
        if code in taxonomy:
            closure.update(dict.fromkeys(taxonomy.ancestors(code)))
    return tuple(closure)


def computed_codes(record: PublicRecord) -> dict[str, tuple[str, ...]]:
    """The codes of the computed facets; one without an answer is left out."""
    account = record.account
    found = {
        "type": (record.type.value,),
        "state": (record.state.value,),
        "country": account.countries,
        "region": tuple(dict.fromkeys((*account.regions, *regions_of(account.countries)))),
        "language": (account.language,),
        "source": (record.provenance.source,),
        "year": tuple(_years(account.happened)),
        "demo": ("yes" if record.demo else "no",),
    }
    for name in MILESTONES:
        interval: Interval | None = getattr(account.response, name)
        if interval is not None:
            found[name] = (f"{name}/{bucket(interval)}",)
    return {facet: codes for facet, codes in found.items() if codes}


def bucket(interval: Interval) -> str:
    """Which span an interval falls into: ``within-hour`` … ``longer``, or the answer without a number."""
    if interval.answer is not Answer.AFTER or interval.hours is None:
        return interval.answer.value if interval.answer is not Answer.AFTER else Answer.UNKNOWN.value
    for name, (most, _) in _BUCKETS.items():
        if interval.hours <= most:
            return name
    return "longer"


def _years(happened: Happened | None) -> Iterator[str]:
    if happened is None or not happened.told:
        return
    first, last = (int(written[:4]) for written in (happened.told[0], happened.told[-1]))
    for year in range(first, min(last, first + _MOST_YEARS) + 1):
        yield f"{year:04d}"
