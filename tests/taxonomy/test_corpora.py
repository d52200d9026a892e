"""How much of the real classifications of other collections can be derived."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from taxonomy import Taxonomy

pytestmark = pytest.mark.corpora

FLOORS = {"CSETv0": 0.85, "CSETv1": 0.85, "GMF": 0.65, "MIT": 0.85}
"""Least share of the labels in fields we read that must derive to a code."""
FIELD_FLOORS = {
    ("CSETv0", "Sector of Deployment"): 0.99,
    ("CSETv1", "Sector of Deployment"): 0.99,
    ("GMF", "Known AI Goal"): 0.99,
    ("GMF", "Known AI Technical Failure"): 0.95,
    ("MIT", "Risk Subdomain"): 0.98,
    ("MIT", "Entity"): 0.99,
}


def measure(taxonomy: Taxonomy, path: Path, scheme: str) -> tuple[Counter[str], Counter[str], int, int]:
    """Labels that say something and labels that derive, by field; records with a code; all records."""
    fields = taxonomy.crosswalk.schemes[scheme].fields
    said: Counter[str] = Counter()
    derived: Counter[str] = Counter()
    coded = 0
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for row in rows:
        before = derived.total()
        for name, cell in zip(header, row, strict=True):
            if name not in fields:
                continue
            for label in fields[name].split(cell):
                if not fields[name].is_silent(label):
                    said[name] += 1
                    derived[name] += bool(taxonomy.crosswalk.derive(scheme, name, label))
        coded += derived.total() > before
    return said, derived, coded, len(rows)


@pytest.mark.parametrize(("scheme", "floor"), FLOORS.items())
def test_most_labels_of_the_incident_database_derive_to_a_code(
    taxonomy: Taxonomy, corpora: Path, scheme: str, floor: float
) -> None:
    path = corpora / "aiid_snapshot_2026-02" / f"classifications_{scheme}.csv"
    said, derived, coded, records = measure(taxonomy, path, scheme)
    share = derived.total() / said.total()
    sys.stdout.write(
        f"{scheme}: {derived.total()} of {said.total()} labels ({share:.1%}); {coded} of {records} records\n"
    )
    assert share >= floor
    assert coded / records >= 0.9
    for (name, field), least in FIELD_FLOORS.items():
        if name == scheme:
            assert derived[field] / said[field] >= least, field


def test_most_reports_of_the_vulnerability_database_derive_to_a_code(
    taxonomy: Taxonomy, corpora: Path
) -> None:
    derived = records = 0
    for path in sorted((corpora / "avid").rglob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        view = (report.get("impact") or {}).get("avid") or {}
        raw = {"AVID": {name: view.get(name) or [] for name in ("risk_domain", "sep_view", "lifecycle_view")}}
        records += 1
        derived += bool(taxonomy.crosswalk.derive_all(raw))
    sys.stdout.write(f"AVID: {derived} of {records} records\n")
    assert derived / records >= 0.9
