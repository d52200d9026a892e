"""Finding and counting by hand: every record is read over HTTP and asked, one by one, by plain rules.

Nothing of the search is used here but the list of ids; the rules are those that the API documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from registry.account.regions import REGION_OF

Payload = Mapping[str, Any]
Asked = Mapping[str, Sequence[str]]
Get = Callable[[str], Any]
"""Path → the JSON that a 200 brought."""

PIECE = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
SPANS = {"within-hour": 1, "within-day": 24, "within-week": 168, "within-month": 720}


@dataclass(frozen=True)
class Census:
    """Every record, and which code of the taxonomy lies below which."""

    records: tuple[Payload, ...]
    broader: Mapping[str, str | None]

    def found(self, asked: Asked, *, without: str = "") -> list[Payload]:
        """The records that answer a search; ``without`` a facet whose filter is left out."""
        words = (asked.get("q") or [""])[0]
        since, until = (asked.get("since") or [""])[0], (asked.get("until") or [""])[0]
        codes = {name: set(given) for name, given in asked.items() if name not in ("q", "since", "until")}
        codes.pop(without, None)
        return [
            record
            for record in self.records
            if says(record, words)
            and falls(record["account"].get("happened"), since, until)
            and all(given & set(self.codes(record).get(facet, ())) for facet, given in codes.items())
        ]

    def counts(self, asked: Asked) -> dict[str, dict[str, int]]:
        """Facet → code → number of records; a facet that is filtered by counts without its own filter."""
        facets = {facet for record in self.records for facet in self.codes(record)}
        counted = {
            facet: Counter(
                code
                for record in self.found(asked, without=facet)
                for code in self.codes(record).get(facet, ())
            )
            for facet in facets
        }
        return {facet: dict(counts) for facet, counts in counted.items() if counts}

    def codes(self, record: Payload) -> dict[str, set[str]]:
        """Facet → codes under which the record is to be found, broader ones too."""
        account = record["account"]
        response = account.get("response", {})
        found: dict[str, set[str]] = {}
        for facet, codes in account.get("classification", {}).items():
            found[facet] = self._widened(codes)
        for derived in record.get("derived", ()):
            facet = derived["code"].partition("/")[0]
            found[facet] = found.get(facet, set()) | self._widened([derived["code"]])
        found["audience"] = {told["audience"] for told in response.get("told", ()) if told["state"] == "done"}
        for name in ("detected", "contained", "recovered", "closed"):
            if response.get(name):
                found[name] = {f"{name}/{span(response[name])}"}
        for facet, values in (("type", [record["type"]]), ("state", [record["state"]])):
            found[facet] = set(values)
        found["country"] = set(account.get("countries", ()))
        found["region"] = {REGION_OF[code] for code in found["country"] if code in REGION_OF}
        found["region"] |= set(account.get("regions", ()))
        found["language"] = {account["language"]}
        found["source"] = {record["provenance"]["source"]}
        found["demo"] = {"yes" if record.get("demo") else "no"}
        found["year"] = set(years(account.get("happened")))
        return {facet: codes for facet, codes in found.items() if codes}

    def _widened(self, codes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for code in codes:
            step: str | None = code
            while step is not None:
                found.add(step)
                step = self.broader[step]
        return found


def take(get: Get) -> Census:
    """Read the list of ids page by page, then every record, then the taxonomy."""
    ids = [item["id"] for page in pages(get, {"limit": ["50"]}) for item in page["items"]]
    facets = get("/api/v1/taxonomy")["facets"]
    return Census(
        tuple(get(f"/api/v1/records/{one}") for one in ids),
        {value["code"]: value["broader"] for facet in facets for value in facet["values"]},
    )


def pages(get: Get, asked: Asked, between: Callable[[], object] = int) -> list[Any]:
    """Every page of a search; ``between`` is called after each but the last."""
    found = [get(address(asked))]
    while found[-1]["next"] is not None:
        between()
        found.append(get(address({**asked, "cursor": [found[-1]["next"]]})))
    return found


def address(asked: Asked) -> str:
    """The address of a search."""
    return "/api/v1/search?" + urlencode(asked, doseq=True)


def says(record: Payload, q: str) -> bool:
    """Whether title or text hold every word and phrase of a query, and none that it excludes."""
    account = record["account"]
    rows = [re.findall(r"\w+", text.lower()) for text in (account["title"], account["text"])]
    return all(
        any(holds(row, (phrase or word).lower().split()) for row in rows) != bool(minus)
        for minus, phrase, word in PIECE.findall(q)
    )


def holds(row: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words stand side by side in a row."""
    return any(row[at : at + len(words)] == list(words) for at in range(len(row) - len(words) + 1))


def falls(happened: Mapping[str, str | None] | None, since: str, until: str) -> bool:
    """Whether an event can have happened within bounds; one without a date falls within none."""
    if not (since or until):
        return True
    if happened is None:
        return False
    start = happened["from"] or ""
    first, last = whole(start, "-01-01"), whole(happened.get("to") or start, "-12-31")
    return (not since or last >= whole(since, "-01-01")) and (not until or first <= whole(until, "-12-31"))


def whole(date: str, rest: str) -> str:
    """A year, month or day as a day: the earliest or the latest, as ``rest`` of the year says."""
    return date + rest[len(date) - 4 :]


def years(happened: Mapping[str, str | None] | None) -> list[str]:
    """Every year that an event touches."""
    if happened is None:
        return []
    start = happened["from"] or ""
    end = happened.get("to") or start
    return [str(year) for year in range(int(start[:4]), int(end[:4]) + 1)]


def span(interval: Mapping[str, Any]) -> str:
    """The span of hours that an answer falls into, or the answer itself."""
    if interval["answer"] != "after":
        return str(interval["answer"])
    return next((name for name, most in SPANS.items() if interval["hours"] <= most), "longer")
