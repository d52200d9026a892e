"""Types of an account and their JSON form.

JSON shape (every key may be absent in a draft)::

    {"title": str, "language": "en", "text": str,
     "happened": {"from": "2026-03", "to": null},          # YYYY, YYYY-Q1, YYYY-MM or YYYY-MM-DD;
                                                            # from may be "unknown" or "withheld"
     "countries": ["KE"],                                   # ISO 3166-1 alpha-2, or ["unknown"], ["withheld"]
     "regions": ["014"],                                    # UN M49, beside countries or in their place
     "place": {"exact": str, "district": str},              # private, unless review decides otherwise
     "entities": {"developers": [], "deployers": [], "harmed": [], "systems": []},   # alleged
     "classification": {"failure": ["failure/bias", …], …}, # first value of a facet is the main one
     "response": {"detected": INTERVAL, "contained": INTERVAL, "recovered": INTERVAL, "closed": INTERVAL,
                  "done": str, "remedied": str, "cause": str, "lessons": str,
                  "held": "held"|"came-back"|"unknown", "since": str,    # asked some months later
                  "told": [{"audience": "audience/affected", "state": "done"}]},
     "links": ["https://…"]}

    INTERVAL = {"answer": "after"|"not-yet"|"unknown"|"withheld", "hours": int}   # hours only with "after"

``detected`` counts from when it happened; the other three count from detection. Intervals, not
times: a public record must not let anyone match it against a log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from registry.account import dates

MILESTONES = ("detected", "contained", "recovered", "closed")
"""The four intervals of a response, in order."""
NARRATIVES = ("done", "remedied", "cause", "lessons", "since")
"""The texts of a response: done at once, put right, root cause, lessons, what has happened since."""
PARTIES = ("developers", "deployers", "harmed", "systems")
"""The kinds of alleged entities."""
TOLD_STATES = ("done", "planned", "not-required", "withheld-for-safety")
"""How far telling an audience has come."""


class Answer(StrEnum):
    """Kinds of answer to "after how long?"; unknown, not yet and withheld are never the same."""

    AFTER = "after"
    NOT_YET = "not-yet"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"


class Lasting(StrEnum):
    """Whether what was put right held, as its organization knows some months later."""

    HELD = "held"
    CAME_BACK = "came-back"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """After how many hours, or why there is no number."""

    answer: Answer
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An audience (code of facet ``audience``) and how far telling it has come."""

    audience: str
    state: str


class NoDate(Enum):
    """Why it is not said when it began. No text, so that nobody takes it for a date."""

    UNKNOWN = "unknown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Happened:
    """When it happened: dates as written, so their length is their precision; or why there is none."""

    start: str | NoDate
    end: str | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Its dates, the beginning first: none, one or two."""
        start = None if isinstance(self.start, NoDate) else self.start
        return tuple(one for one in (start, self.end) if one)


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened, more precisely than the country; ``exact`` is a site, a street, coordinates."""

    exact: str = ""
    district: str = ""


@dataclass(frozen=True, slots=True)
class Entities:
    """Alleged developers, deployers, harmed or nearly harmed parties, and implicated systems, by name."""

    developers: tuple[str, ...] = ()
    deployers: tuple[str, ...] = ()
    harmed: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """What was done about it."""

    detected: Interval | None = None
    contained: Interval | None = None
    recovered: Interval | None = None
    closed: Interval | None = None
    done: str = ""
    remedied: str = ""
    cause: str = ""
    lessons: str = ""
    held: Lasting | None = None
    since: str = ""
    told: tuple[Told, ...] = ()

    @property
    def empty(self) -> bool:
        """True when nothing at all is known of the response."""
        return self == Response()


@dataclass(frozen=True, slots=True)
class Account:
    """One telling of one event; build it with ``parse`` so that it is known to be valid."""

    title: str = ""
    language: str = "en"
    text: str = ""
    happened: Happened | None = None
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    entities: Entities = field(default_factory=Entities)
    classification: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    response: Response = field(default_factory=Response)
    links: tuple[str, ...] = ()

    def codes(self) -> tuple[str, ...]:
        """Every taxonomy code it carries, audiences that were told included, in facet order."""
        coded = [code for values in self.classification.values() for code in values]
        return (*coded, *(told.audience for told in self.response.told))

    def to_json(self) -> dict[str, Any]:
        """The JSON shape above; empty parts are left out, so equal accounts give equal JSON."""
        whole = {
            "title": self.title,
            "language": self.language,
            "text": self.text,
            "happened": _happened_json(self.happened),
            "countries": list(self.countries),
            "regions": list(self.regions),
            "place": {k: v for k in ("exact", "district") if (v := getattr(self.place, k))},
            "entities": {k: list(v) for k in PARTIES if (v := getattr(self.entities, k))},
            "classification": {k: list(v) for k, v in self.classification.items() if v},
            "response": _response_json(self.response),
            "links": list(self.links),
        }
        return {key: value for key, value in whole.items() if value}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Account:
        """Build from JSON that ``check`` found good (or that we wrote ourselves); null means left out."""
        return cls(
            title=raw.get("title") or "",
            language=raw.get("language") or "en",
            text=raw.get("text") or "",
            happened=_happened(raw.get("happened")),
            countries=tuple(raw.get("countries") or ()),
            regions=tuple(raw.get("regions") or ()),
            place=Place(**{k: v for k, v in (raw.get("place") or {}).items() if v}),
            entities=Entities(**{k: tuple(v) for k, v in (raw.get("entities") or {}).items() if v}),
            classification={k: tuple(v) for k, v in (raw.get("classification") or {}).items() if v},
            response=_response(raw.get("response") or {}),
            links=tuple(raw.get("links") or ()),
        )


def _happened(raw: Mapping[str, Any] | None) -> Happened | None:
    if not raw or not raw.get("from"):
        return None
    start = raw["from"]
    return Happened(NoDate(start) if start in dates.NO_DATE else start, raw.get("to"))


def _happened_json(happened: Happened | None) -> dict[str, Any] | None:
    if happened is None:
        return None
    start = happened.start.value if isinstance(happened.start, NoDate) else happened.start
    return {"from": start} | ({"to": happened.end} if happened.end else {})


def _response(raw: Mapping[str, Any]) -> Response:
    parts: dict[str, Any] = {key: _interval(raw[key]) for key in MILESTONES if raw.get(key)}
    parts |= {key: raw[key] for key in NARRATIVES if raw.get(key)}
    told = tuple(Told(entry["audience"], entry["state"]) for entry in raw.get("told") or ())
    held = Lasting(raw["held"]) if raw.get("held") else None
    return Response(**parts, held=held, told=told)


def _interval(raw: Mapping[str, Any]) -> Interval:
    return Interval(Answer(raw["answer"]), raw.get("hours"))


def _response_json(response: Response) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key in MILESTONES:
        interval: Interval | None = getattr(response, key)
        if interval is not None:
            hours = {} if interval.hours is None else {"hours": interval.hours}
            out[key] = {"answer": interval.answer.value} | hours
    out |= {key: text for key in NARRATIVES if (text := getattr(response, key))}
    if response.held is not None:
        out["held"] = response.held.value
    if response.told:
        out["told"] = [{"audience": t.audience, "state": t.state} for t in response.told]
    return out
