"""A record arranged for reading: groups of codes, the response, what another revision changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from registry.account import Interval
from registry.account.types import MILESTONES
from registry.errors import N_
from registry.record.types import DerivedCode, PublicRecord
from taxonomy import Taxonomy
from web.pages import chrome

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("What happened"),
        ("kind", "failure", "ai-role", "harm", "severity", "reach", "reversibility", "recurrence", "legal"),
    ),
    (N_("Who was affected"), ("affected-role", "affected-group")),
    (N_("The system"), ("sector", "system", "autonomy", "lifecycle", "scale")),
    (N_("Why"), ("cause-entity", "cause-intent", "cause-timing", "root-cause", "preparedness")),
    (N_("About this account"), ("confidence", "reporter", "phase")),
)
"""How the classification is grouped on the page; facets of the response have their own section."""

RESPONSE_FACETS = ("detection", "containment", "investigation", "remediation")
MATCHES = {
    "exactMatch": N_("means the same"),
    "closeMatch": N_("means nearly the same"),
    "broadMatch": N_("the source's term is wider"),
    "narrowMatch": N_("the source's term is narrower"),
    "relatedMatch": N_("is related"),
}
"""What the match of a derived code says, in plain words."""
SINCE = {
    "detected": N_("after it began"),
    "contained": N_("after detection"),
    "recovered": N_("after detection"),
    "closed": N_("after detection"),
}


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code of the record: where it leads, and what it was derived from if it was."""

    code: str
    url: str
    derived: tuple[DerivedCode, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet of the record and its codes, the main one first."""

    facet: str
    codes: tuple[CodeView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A heading and the facets below it."""

    title: str
    facets: tuple[FacetView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone of the response; ``reached`` when something is known to have happened."""

    name: str
    interval: Interval | None
    reached: bool
    since: str


def body(record: PublicRecord, taxonomy: Taxonomy) -> dict[str, object]:
    """What ``record/body.html`` needs to show a record."""
    facets = facets_of(record, taxonomy)
    return {
        "record": record,
        "account": record.account,
        "facets": facets,
        "groups": groups_of(facets),
        "steps": steps_of(record),
        "has_response": has_response(record, facets),
        "matches": MATCHES,
        "agreements": {},
        "read_here": {},
    }


def facets_of(record: PublicRecord, taxonomy: Taxonomy) -> dict[str, FacetView]:
    """Facet → its codes, in the order of the taxonomy; codes unknown to this version come last."""
    found = record.codes()
    order = [facet for facet in taxonomy.facets if facet in found]
    order += [facet for facet in found if facet not in taxonomy.facets]
    return {facet: FacetView(facet, tuple(_codes(record, found[facet]))) for facet in order}


def groups_of(views: Mapping[str, FacetView], also: Iterable[str] = ()) -> list[GroupView]:
    """The classification in reading order; groups without a code are left out.

    ``also`` are facets of which the owner says nothing and this node does.
    """
    views = {**{facet: FacetView(facet, ()) for facet in also}, **views}
    groups = [
        GroupView(title, tuple(views[facet] for facet in facets if facet in views))
        for title, facets in GROUPS
    ]
    return [group for group in groups if group.facets]


def steps_of(record: PublicRecord) -> list[Step]:
    """The four milestones of the response, in order."""
    response = record.account.response
    steps = []
    for name in MILESTONES:
        interval: Interval | None = getattr(response, name)
        reached = interval is not None and interval.answer.value == "after"
        steps.append(Step(name, interval, reached, SINCE[name]))
    return steps


def has_response(record: PublicRecord, views: Mapping[str, FacetView]) -> bool:
    """Whether anything is known of the response."""
    return not record.account.response.empty or any(facet in views for facet in RESPONSE_FACETS)


def search_url(filters: Sequence[tuple[str, str]]) -> str:
    """Address of the search with these filters."""
    return f"{chrome.here('/')}?{urlencode(list(filters))}"


def first(views: Mapping[str, FacetView], facet: str) -> str | None:
    """The main code of a facet."""
    return views[facet].codes[0].code if facet in views else None


def _codes(record: PublicRecord, codes: Sequence[str]) -> Iterator[CodeView]:
    own = set(record.account.codes())
    for code in codes:
        derived = () if code in own else tuple(d for d in record.derived if d.code == code)
        yield CodeView(code, search_url([(code.partition("/")[0], code)]), derived)
