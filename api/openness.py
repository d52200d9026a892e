"""How review went, for anybody: figures as JSON and as a table, with the trail's hash of the day."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from flask import Response

from api.node import the_node
from api.reply import PUBLIC, document, dumps
from api.schemas.openness import Transparency
from api.section import Section, Speaks
from registry.errors import N_, NotFound
from registry.record.openness import Openness

NOT_YET = N_("Nothing was counted yet. Ask again tomorrow.")

section = Section("transparency", "How review went at this node, with small counts kept back.")


@section.get("/transparency", Speaks("Read figures about review", answer=Transparency))
def figures() -> Response:
    """Counted once a day. A count that is null is from 1 to 4; totals say whether they are exact.

    Keep ``trail_head`` now and then: with it the node's stewards can show that no row of their audit trail
    was taken away since.
    """
    found = _found()
    return document(dumps({**found.figures, "trail_head": found.head}), "application/json", PUBLIC)


@section.get("/transparency.csv", Speaks("Read figures about review as a table", media="text/csv"))
def table() -> Response:
    """One line per quarter and measure (RFC 4180). Values that are kept back are empty."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(("quarter", "measure", "value", "note"))
    lines.writerows(_lines(_found()))
    return document(out.getvalue().encode(), "text/csv", PUBLIC)


def _found() -> Openness:
    found = the_node().figures.newest()
    if found is None:
        raise NotFound(NOT_YET)
    return found


def _lines(found: Openness) -> Iterator[tuple[str, str, object, str]]:
    told = found.figures
    for one in told["quarters"]:
        for row, count in one["counts"].items():
            yield one["quarter"], row, _plain(count), "" if count is not None else "kept back"
        yield from _time_lines(one["quarter"], one["times"])
    for row, whole in told["total"].items():
        yield "total", row, whole["value"], "" if whole["exact"] else "at least"
    yield from _time_lines("total", told["total_times"])
    for row, band in told["running"]["counts"].items():
        yield told["running"]["quarter"], row, band, "so far"
    yield "now", "waiting", told["waiting"], ""
    if "appealed" in told:  # figures of an older version tell nothing of it
        yield "now", "appealed", told["appealed"], ""


def _time_lines(quarter: str, times: dict[str, Any]) -> Iterator[tuple[str, str, object, str]]:
    for state, spans in times.items():
        for name, days in spans.items():
            note = "days" if days is not None else "too few"
            yield quarter, f"{name}:{state}", _plain(days), note


def _plain(value: int | None) -> object:
    return "" if value is None else value
