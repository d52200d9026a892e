"""What is told of a file of reports, as plain JSON values, in the language being spoken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.wording import say, translated
from registry.errors import Problem
from registry.intake.bulk.headers import Meaning
from registry.intake.bulk.report import Report, Row, Told

SHEET_MAX = 200
"""Characters of the name of a sheet that are repeated."""


def report(found: Report) -> dict[str, Any]:
    """The whole report."""
    table, counts = found.table, found.counts
    return {
        "stored": found.stored,
        "file": {
            "format": table.format.value,
            "encoding": table.encoding or None,
            "delimiter": table.delimiter or None,
            "sheet": table.sheet[:SHEET_MAX] or None,
            "notes": [say(note) for note in found.notes],
        },
        "columns": [
            _column(name, meaning) for name, meaning in zip(table.header, found.meanings, strict=True)
        ],
        "counts": {"rows": len(found.rows)}
        | {fate.value: number for fate, number in counts.items()}
        | {"unscanned": found.unscanned},
        "personal": {kind.value: number for kind, number in found.personal.items()},
        "rows": [_row(row) for row in found.rows],
    }


def refusals(rows: Iterable[Row]) -> list[Problem]:
    """Rows that keep a file from being stored, as problems under ``/rows/<number>``; already in words."""
    return [
        Problem(f"/rows/{row.number}{told.pointer}", _said(told))
        for row in rows
        for told in (*row.wrong, *row.missing)
    ]


def sentences(row: Row) -> str:
    """All that needs attention in a row, for its cell in a checked copy."""
    return " | ".join(_said(told) for told in (*row.wrong, *row.missing, *row.notes))


def _said(told: Told) -> str:
    sentence, name = say(told.note), told.header or told.column
    return f"{name}: {sentence}" if name else sentence


def _column(name: str, meaning: Meaning) -> dict[str, Any]:
    return {
        "header": name,
        "use": meaning.use.value,
        "field": meaning.column or None,
        "detail": translated(meaning.why) or None,
    }


def _row(row: Row) -> dict[str, Any]:
    kept = row.kept
    return {
        "row": row.number,
        "fate": row.fate.value,
        "title": row.title,
        "errors": _sentences(row.wrong),
        "missing": _sentences(row.missing),
        "notes": _sentences(row.notes),
        "personal": [
            {
                "kind": found.kind.value,
                "certain": found.certain,
                "field": found.column,
                "pointer": found.pointer,
            }
            for found in row.personal
        ],
        "id": kept.id if kept else None,
        "state": kept.state.value if kept else None,
        "receipt": (kept.receipt or None) if kept else None,
        "changed": kept.changed if kept else False,
    }


def _sentences(told: Iterable[Told]) -> list[dict[str, Any]]:
    return [
        {"column": one.header, "field": one.column, "pointer": one.pointer, "detail": say(one.note)}
        for one in told
    ]
