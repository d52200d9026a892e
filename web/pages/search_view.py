"""A search result arranged for the page: groups of facets, chips, sorts, and the addresses behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

from registry.errors import N_
from search import COMPUTED, COMPUTED_LABELS, FacetCount, SearchRequest
from web.pages import words
from web.pages.messages import gettext

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("The incident"), ("failure", "harm", "severity", "sector", "system")),
    (N_("Place, time and source"), ("country", "region", "year", "source", "language")),
    (N_("The response"), ("detection", "contained", "recovered", "containment", "remediation", "audience")),
)
"""Facets that are offered first; all others wait behind "More filters"."""
NEVER_SHOWN = frozenset({"tlp", "status", "phase", "demo", "state"})
OPEN_AT_FIRST = frozenset({"failure", "harm", "severity", "sector", "contained"})
SHOWN_AT_ONCE, SHOWN_AT_MOST = 6, 40
IN_ORDER = frozenset({"severity", "reach", "detected", "contained", "recovered", "closed"})
"""Facets whose answers have an order of their own, which counts must not shuffle."""
SORTS = {
    "relevance": N_("Best match"),
    "-date": N_("Newest incident"),
    "date": N_("Oldest incident"),
    "-published": N_("Newest in the registry"),
}

Pairs = tuple[tuple[str, str], ...]
Rank = Callable[[FacetCount], int]


@dataclass(frozen=True, slots=True)
class Option:
    """A code that can be chosen or, if it is, taken away."""

    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """One facet with its options: those shown at once, and the rest."""

    id: str
    title: str
    first: tuple[Option, ...]
    rest: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and the facets below it."""

    title: str
    boxes: tuple[FacetBox, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    facet: str
    label: str
    url: str


class Addresses:
    """Addresses of this search with something added or taken away; never with the old cursor."""

    def __init__(self, request: SearchRequest) -> None:
        one = {"q": request.q, "since": request.since, "until": request.until}
        pairs = [(name, value) for name, value in one.items() if value]
        pairs += [(facet, _short(facet, code)) for facet, codes in request.filters.items() for code in codes]
        self._kept = tuple(
            (name, value)
            for name, value in (("sort", request.sort), ("reading", request.reading))
            if value not in ("", "relevance")
        )
        self._pairs: Pairs = tuple(pairs)
        self._start = "?" + "".join(f"{part}&" for part in (urlencode(self._whole(self._pairs)),) if part)

    @property
    def hidden(self) -> Pairs:
        """What a form must carry along beside the question."""
        return tuple(pair for pair in self._whole(self._pairs) if pair[0] != "q")

    @property
    def without_dates(self) -> Pairs:
        """What the form of dates must carry along."""
        return tuple(pair for pair in self._whole(self._pairs) if pair[0] not in ("since", "until"))

    def toggled(self, facet: str, code: str) -> str:
        """With the code if it was not chosen, without it if it was."""
        pair = (facet, _short(facet, code))
        if pair in self._pairs:
            return self.without(pair)
        return f"{self._start}{facet}={quote_plus(pair[1])}"  # there are hundreds of these on a page

    def without(self, *gone: tuple[str, str]) -> str:
        """Without these pairs."""
        return _query(self._whole(tuple(pair for pair in self._pairs if pair not in gone)))

    def replaced(self, **values: str) -> str:
        """With single parameters set anew, or empty taken away: question, order, reading, cursor."""
        whole = self._whole(tuple(pair for pair in self._pairs if pair[0] not in values))
        return _query(
            (
                *(pair for pair in whole if pair[0] not in values),
                *(pair for pair in values.items() if pair[1]),
            )
        )

    def _whole(self, pairs: Pairs) -> Pairs:
        return (*pairs, *self._kept)


def groups(
    request: SearchRequest, facets: Mapping[str, Sequence[FacetCount]]
) -> tuple[list[Group], list[FacetBox]]:
    """The groups that are offered first, and the facets that wait."""
    addresses = Addresses(request)
    boxes = {facet: _box(facet, facets[facet], request, addresses) for facet in facets if facets[facet]}
    first = [Group(title, tuple(boxes[facet] for facet in ids if facet in boxes)) for title, ids in GROUPS]
    taken = NEVER_SHOWN | {facet for _, ids in GROUPS for facet in ids}
    return [group for group in first if group.boxes], [
        box for facet, box in boxes.items() if facet not in taken
    ]


def chips(request: SearchRequest) -> Iterator[Chip]:
    """Every filter in force."""
    addresses = Addresses(request)
    for facet, codes in request.filters.items():
        for code in codes:
            yield Chip(facet_title(facet), code_label(facet, code), addresses.toggled(facet, code))
    for name, title in (("since", gettext("From")), ("until", gettext("Until"))):
        value = getattr(request, name)
        if value:
            yield Chip(title, words.day(value), addresses.without((name, value)))


def sorts(request: SearchRequest) -> list[tuple[str, str, bool]]:
    """Orders as label, address, and whether it is in force; best match only means something with words."""
    addresses = Addresses(request)
    now = "-date" if request.sort == "relevance" and not request.q else request.sort
    return [
        (gettext(label), addresses.replaced(sort=sort), sort == now)
        for sort, label in SORTS.items()
        if request.q or sort != "relevance"
    ]


def facet_title(facet: str) -> str:
    """The name of a facet, of the taxonomy or computed."""
    return gettext(COMPUTED[facet]) if facet in COMPUTED else words.facet_title(facet)


def code_label(facet: str, code: str) -> str:
    """The name of a code of any facet."""
    if facet in ("country", "region"):
        return words.country(code)
    if facet == "language":
        return words.language_name(code)
    if facet == "source":
        return words.source_name(code)
    if code in COMPUTED_LABELS.get(facet, {}):
        return gettext(COMPUTED_LABELS[facet][code])
    return words.label(code)


def _box(facet: str, counts: Sequence[FacetCount], request: SearchRequest, addresses: Addresses) -> FacetBox:
    chosen = request.filters.get(facet, ())
    shown = sorted(counts, key=_rank(facet)) if facet in IN_ORDER or facet == "year" else list(counts)
    options = [
        Option(code_label(facet, c.code), c.count, c.code in chosen, addresses.toggled(facet, c.code))
        for c in shown[:SHOWN_AT_MOST]
    ]
    options.sort(key=lambda option: not option.chosen)
    at_once = len(options) if facet in IN_ORDER or len(options) <= SHOWN_AT_ONCE + 2 else SHOWN_AT_ONCE
    first, rest = tuple(options[:at_once]), tuple(options[at_once:])
    return FacetBox(facet, facet_title(facet), first, rest, bool(chosen) or facet in OPEN_AT_FIRST)


def _rank(facet: str) -> Rank:
    if facet == "year":
        return lambda count: -int(count.code)
    known = list(COMPUTED_LABELS[facet] if facet in COMPUTED_LABELS else words.codes_of(facet))
    places = {code: place for place, code in enumerate(known)}
    if facet == "severity":  # the gravest first, what nobody knows last
        unknown = len(known) - 1
        return lambda count: unknown if places.get(count.code) == unknown else -places.get(count.code, 0)
    return lambda count: places.get(count.code, len(places))


def _short(facet: str, code: str) -> str:
    return code.removeprefix(f"{facet}/")


def _query(pairs: Pairs) -> str:
    return f"?{urlencode(pairs)}" if pairs else "?"
