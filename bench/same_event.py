"""Is it one of these? How often accounts of one event find it among 3,130 records, and how fast.

What counts as one event is said by the collections themselves: records of one that cite an incident of
the other, an incident's earlier wording, and its number in the list of duplicates. No account was
written for this, and none is kept. Chance is measured with our own invented reports, none of which
tells of anything in the collections.
"""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.nodes import CORPORA, command
from bench.report import AT_LEAST, Figure
from bench.timing import Times, summarise
from registry.account import Account
from search import SearchEngine
from taxonomy import load
from web.demo import reading

SHOWN = 5
BEGINNING = 100
"""Characters: as much as somebody has typed when the list first matters."""
TARGET_RECALL, TARGET_BEGUN, TARGET_CHANCE, TARGET_MS = 0.95, 0.90, 0.10, 50
_CITED = re.compile(r"incidentdatabase\.ai/cite/(\d+)")
_NEWER, _OLDER = CORPORA / "aiid_snapshot_2026-02", CORPORA / "aiid_snapshot_2025-08"


@dataclass(frozen=True, slots=True)
class Telling:
    """An account, the record of its event, and its own record, if that is in the index too."""

    account: Account
    event: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """How many find their event among the first five, and how long the search took."""

    recall: float
    count: int
    times: Times


def measure() -> list[Figure]:
    """Recall of three kinds of tellings, of their beginnings, chance, and milliseconds."""
    cited, older, related = list(_cited()), list(_older()), list(_related())
    begun = [Telling(Account(text=one.account.text[:BEGINNING]), one.event, one.own) for one in cited]
    with TemporaryDirectory() as temporary:
        engine = _engine(Path(temporary) / "node")
        of_cited, of_begun = _search(engine, cited), _search(engine, begun)
        of_older, of_related = _search(engine, older), _search(engine, related)
        chance = _chance(engine)
        records = engine.document_count
    return [
        _recall("told by another registry", of_cited, TARGET_RECALL),
        _recall(f"the first {BEGINNING} characters of that", of_begun, TARGET_BEGUN),
        _recall("an earlier wording without its title", of_older, TARGET_RECALL),
        _recall("another incident in the same press report", of_related, None),
        Figure("  invented reports that are shown a list", chance, "", target=TARGET_CHANCE),
        Figure(f"same event, {records:,} records: median", of_older.times.median, "ms", target=TARGET_MS),
        Figure("  p95", of_older.times.p95, "ms"),
    ]


def _recall(name: str, found: Found, target: float | None) -> Figure:
    return Figure(f"same event, recall@{SHOWN}: {name} ({found.count})", found.recall, "", AT_LEAST, target)


def _search(engine: SearchEngine, tellings: list[Telling]) -> Found:
    taken, found = [], 0
    for one in tellings:
        started = time.perf_counter()
        hits = engine.resembling(one.account, SHOWN + 1)
        taken.append((time.perf_counter() - started) * 1000)
        ids = [hit.id for hit in hits if hit.id != one.own][:SHOWN]
        found += one.event in ids
    return Found(found / len(tellings), len(tellings), summarise(taken))


def _chance(engine: SearchEngine) -> float:
    accounts = [Account.from_json(report.account) for report in reading.read().reports]
    return sum(bool(engine.resembling(one, SHOWN)) for one in accounts) / len(accounts)


def _engine(folder: Path) -> SearchEngine:
    command(folder, "init")
    for name, path in (("aiid", _NEWER), ("avid", CORPORA / "avid")):
        command(folder, "import", name, str(path))
    command(folder, "worker", "--once")
    return SearchEngine(folder / "index", load())


def _cited() -> Iterator[Telling]:
    """Records of AVID that are about one incident of AIID, and the duplicates that AIID still lists."""
    for path in sorted((CORPORA / "avid").rglob("*.json")):
        text = path.read_text("utf-8")
        numbers = set(_CITED.findall(text))
        raw = json.loads(text) if len(numbers) == 1 else {}
        if raw.get("problemtype", {}).get("classof") == "AIID Incident":
            title, said = raw["problemtype"]["description"]["value"], raw["description"]["value"]
            yield Telling(Account(title=title, text=said), f"aiid:{numbers.pop()}", f"avid:{path.stem}")
    incidents = {row["incident_id"]: row for row in _rows(_NEWER / "incidents.csv")}
    for row in _rows(_NEWER / "duplicates.csv"):
        same = incidents.get(row["duplicate_incident_number"])
        if same is not None and row["true_incident_number"] in incidents:
            account = Account(title=same["title"], text=same["description"])
            yield Telling(account, f"aiid:{row['true_incident_number']}", f"aiid:{same['incident_id']}")


def _older() -> Iterator[Telling]:
    """Descriptions that were written anew between the two snapshots."""
    newer = {row["incident_id"]: row["description"].strip() for row in _rows(_NEWER / "incidents.csv")}
    for row in _rows(_OLDER / "incidents.csv"):
        if row["description"].strip() != newer[row["incident_id"]]:
            yield Telling(Account(text=row["description"]), f"aiid:{row['incident_id']}")


def _related() -> Iterator[Telling]:
    """Pairs of incidents that one press report tells of: near each other, rarely the same."""
    rows = {row["incident_id"]: row for row in _rows(_NEWER / "incidents.csv")}
    by_report: dict[int, list[str]] = {}
    for key, row in rows.items():
        for number in json.loads(row["reports"]):
            by_report.setdefault(number, []).append(key)
    pairs = {(a, b) for keys in by_report.values() for a in keys for b in keys if a != b}
    for one, other in sorted(pairs):
        account = Account(title=rows[one]["title"], text=rows[one]["description"])
        yield Telling(account, f"aiid:{other}", f"aiid:{one}")


def _rows(path: Path) -> Iterable[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
