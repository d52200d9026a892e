"""What the page of the queue shows of a request: tabs, filters, their addresses, and words for time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from registry.errors import N_
from registry.intake.waiting.rules import WAITING
from registry.review.queue.counting import Counts
from registry.review.queue.rules import (
    OPEN,
    QUEUE_LABELS,
    SORT_LABELS,
    STATELESS,
    Filters,
    QueueRequest,
    Sort,
    told,
)
from registry.review.views import QueueItem
from web.pages import states
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.words import codes_of, duration, facet_title, label, language_name

FACETS = {"severity": "severity", "sector": "sector", "event": "kind"}
"""Name of a filter → the facet of the taxonomy that it cuts by."""
MINE = N_("Only mine")
SOON = timedelta(days=1)
"""Within which a target stands out."""
ALL = "all"
"""What an address says to have every line of a page chosen."""
OVERDUE = N_("Only late ones")


@dataclass(frozen=True, slots=True)
class Tab:
    """A link to a part of the queue, with how many are there, and how many of these are late."""

    url: str
    words: str
    count: int
    current: bool
    late: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """A filter as a select: its name, its words, what is chosen, and every value with its words."""

    name: str
    words: str
    value: str
    options: Sequence[tuple[str, str]]


def query(request: QueueRequest) -> str:
    """The address of a request without its page, to be put behind a question mark."""
    return urlencode(told(request))


def url(request: QueueRequest, cursor: str | None = None) -> str:
    """The page that shows a request."""
    asked = told(request) | ({"cursor": cursor} if cursor else {})
    return here("/review") + ("?" + urlencode(asked) if asked else "")


def queues(request: QueueRequest, counts: Counts) -> list[Tab]:
    """A link to each queue, and how many are late in it; filters and order stay."""
    start = request.whole()
    return [
        Tab(
            url(replace(start, queue=each)),
            gettext(words),
            counts.of(each),
            each is request.queue,
            counts.late(each),
        )
        for each, words in QUEUE_LABELS.items()
    ]


def tabs(request: QueueRequest, counts: Counts) -> list[Tab]:
    """A link to each state of the queue, if it has states."""
    if request.queue in STATELESS:
        return []
    found, start = counts.states(request.queue), request.whole()
    return [
        Tab(url(replace(start, state=each)), states.state_words(each), found[each], each is request.state)
        for each in OPEN
    ]


def late(request: QueueRequest, counts: Counts) -> int:
    """How many of the lines are late, whatever filters are on."""
    return counts.late(request.queue, None if request.queue in STATELESS else request.state)


def here_now(request: QueueRequest, counts: Counts) -> Tab:
    """The part that is shown, as one line for narrow screens."""
    shown = [tab for tab in tabs(request, counts) or queues(request, counts) if tab.current]
    return replace(shown[0], late=late(request, counts))


def heading(request: QueueRequest) -> str:
    """What the lines are."""
    queue = gettext(QUEUE_LABELS[request.queue])
    return queue if request.queue in STATELESS else f"{queue}: {states.state_words(request.state)}"


def controls(request: QueueRequest, counts: Counts) -> list[Control]:
    """Every filter, and the order."""
    anything = ("", gettext("All"))
    found = [
        Control(
            name,
            facet_title(facet),
            getattr(request.filters, name) or "",
            [anything, *((code, label(code)) for code in codes_of(facet))],
        )
        for name, facet in FACETS.items()
    ]
    spoken = sorted({*counts.languages(), *filter(None, [request.filters.language])})
    languages = [anything, *((code, language_name(code)) for code in spoken)]
    orders = [(order.value, gettext(words)) for order, words in SORT_LABELS.items()]
    return [
        *found,
        Control("language", gettext("Language"), request.filters.language or "", languages),
        Control("sort", gettext("Order"), request.sort.value, orders),
    ]


def chips(request: QueueRequest) -> list[tuple[str, str]]:
    """Words of each filter that is on, and the address without it."""
    start, filters = request.whole(), request.filters
    found = [
        (label(getattr(filters, name)), url(replace(start, filters=_without(filters, name))))
        for name in FACETS
        if getattr(filters, name)
    ]
    if filters.language:
        without = _without(filters, "language")
        found.append((language_name(filters.language), url(replace(start, filters=without))))
    if filters.overdue:
        found.append((gettext(OVERDUE), url(replace(start, filters=replace(filters, overdue=False)))))
    if request.mine:
        found.append((gettext(MINE), url(replace(start, mine=False))))
    return found


def kept(request: QueueRequest) -> dict[str, str]:
    """What the form of the filters passes on as it is."""
    asked = told(request)
    return {name: asked[name] for name in ("queue", "state") if name in asked}


def overdue_url(request: QueueRequest) -> str:
    """The same lines, only the late ones."""
    return url(replace(request.whole(), filters=replace(request.filters, overdue=True)))


def cleared(request: QueueRequest) -> str:
    """The same queue and state without a filter."""
    return url(QueueRequest(queue=request.queue, state=request.state, sort=Sort.URGENT))


def due_words(line: QueueItem, now: datetime) -> str:
    """By when somebody should decide, or by how much that is past; empty where nobody is awaited."""
    return "" if line.due_at is None or not _is_awaited(line) else due(line.due_at, now)


def due_kind(line: QueueItem, now: datetime) -> str:
    """How the target looks: missed, within a day, or neither."""
    if line.late:
        return "bad"
    return "warn" if line.due_at is not None and line.due_at - now < SOON else ""


def due(at: datetime, now: datetime) -> str:
    """By when something should be done, or by how much that is past."""
    hours = int(abs((at - now).total_seconds()) // 3600)
    if at < now:
        return gettext("%(time)s late", time=duration(max(1, hours)))
    return gettext("due in %(time)s", time=duration(hours)) if hours else gettext("due within an hour")


def all_chosen(request: QueueRequest, *, chosen: bool) -> str:
    """The same lines with every box ticked, or with none: works without scripts."""
    address = url(request, request.cursor)
    return address if chosen else f"{address}{'&' if '?' in address else '?'}{ALL}=1#with-chosen"


def _is_awaited(line: QueueItem) -> bool:
    return line.submission.state in WAITING


def _without(filters: Filters, name: str) -> Filters:
    gone: dict[str, Any] = {name: None}
    return replace(filters, **gone)
