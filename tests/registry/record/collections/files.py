"""Small collections in the layouts of others, with invented content."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from registry.record.collections.assembling import Assembler
from registry.record.collections.importing import READERS
from registry.record.collections.rows import RowProblem, Skipped
from registry.record.types import Incoming
from taxonomy import load

TODAY = date(2026, 11, 24)
INCIDENT_COLUMNS = (
    "_id",
    "incident_id",
    "date",
    "reports",
    "Alleged deployer of AI system",
    "Alleged developer of AI system",
    "Alleged harmed or nearly harmed parties",
    "description",
    "title",
)


def incident(number: int, **changes: Any) -> dict[str, str]:
    """A row of ``incidents.csv``; lists are written as JSON."""
    row = {
        "_id": f"ObjectId({number:024x})",
        "incident_id": str(number),
        "date": "2024-05-17",
        "reports": [number * 10],
        "Alleged deployer of AI system": ["lake-health-clinic"],
        "Alleged developer of AI system": ["unknown-chatbot-developers"],
        "Alleged harmed or nearly harmed parties": ["clinic-patients"],
        "description": "Lake Health Clinic used a chatbot that gave wrong doses.",
        "title": f"Chatbot of a clinic gave wrong doses ({number})",
    } | changes
    return {key: json.dumps(value) if isinstance(value, list) else str(value) for key, value in row.items()}


def write_csv(path: Path, rows: Sequence[Mapping[str, str]], columns: Iterable[str] | None = None) -> None:
    """A CSV file with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns or rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def snapshot(folder: Path, *rows: Mapping[str, str]) -> Path:
    """A snapshot that has only ``incidents.csv``."""
    folder.mkdir(exist_ok=True)
    write_csv(folder / "incidents.csv", rows, INCIDENT_COLUMNS)
    return folder


def classified(number: int, scheme: str = "MIT", published: str = "True", **fields: str) -> dict[str, str]:
    """A row of a classification file."""
    return {"Namespace": scheme, "Incident ID": str(number), "Published": published} | fields


def avid_report(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A report in the newest of the three schema versions."""
    return {
        "data_type": "AVID",
        "data_version": "0.3.3",
        "metadata": {"report_id": f"AVID-2031-R{number:04d}"},
        "affects": {
            "developer": ["Example Systems"],
            "deployer": ["n/a"],
            "artifacts": [{"type": "Model", "name": "example-7b"}],
        },
        "problemtype": {
            "classof": "LLM Evaluation",
            "type": "Measurement",
            "description": {"lang": "eng", "value": "Example model repeats a secret"},
        },
        "references": [{"type": "source", "label": "notebook", "url": "https://example.org/notebook"}],
        "description": {"lang": "eng", "value": "The model repeats a secret when asked twice."},
        "impact": {
            "avid": {
                "risk_domain": ["Security"],
                "sep_view": ["S0301: Information Leak"],
                "lifecycle_view": ["L06: Deployment"],
                "taxonomy_version": "0.2",
            }
        },
        "credit": [{"lang": "eng", "value": "Selam Abera"}],
        "reported_date": "2031-02-03",
    } | changes


def write_json(path: Path, document: Any) -> Path:
    """A JSON file, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def plain_line(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A line of the plain form."""
    return {
        "source": "example-list",
        "source_id": f"EX-{number}",
        "title": "A cash aid model left out widows",
        "text": "The model scored households led by widows too low.",
        "date": "2024-05",
        "date_precision": "month",
        "urls": ["https://example.org/a"],
        "entities": {
            "deployers": [{"name": "River Relief"}],
            "developers": [],
            "harmed": [{"name": "widows"}],
        },
        "classifications": {"list": {"section": "Discrimination"}},
        "licence": "CC0 1.0",
        "redistributable": "yes",
        "extra": {},
    } | changes


def write_lines(path: Path, *documents: Any) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


class Reading:
    """What a reader gave for a path, sorted by kind."""

    def __init__(self, kind: str, path: Path) -> None:
        rows = list(READERS[kind](path, Assembler(load(), TODAY)))
        self.records = {row.id: row for row in rows if isinstance(row, Incoming)}
        self.problems = [row for row in rows if isinstance(row, RowProblem)]
        self.skipped: dict[str, int] = {}
        for row in rows:
            if isinstance(row, Skipped):
                self.skipped[row.what] = self.skipped.get(row.what, 0) + row.count

    @property
    def only(self) -> Incoming:
        """The one record there is."""
        (record,) = self.records.values()
        return record
