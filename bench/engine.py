"""Inside the search engine: what facet counts cost beside the search itself."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.nodes import CORPORA, command
from bench.queries import asked
from bench.report import Figure
from bench.timing import summarise
from search import SearchEngine, parse_request
from taxonomy import load

ROUNDS = 5


def measure() -> list[Figure]:
    """Median of a search with and without facet counts, over AIID and AVID."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "node"
        command(folder, "init")
        for name, path in (("aiid", "aiid_snapshot_2026-02"), ("avid", "avid")):
            command(folder, "import", name, str(CORPORA / path))
        command(folder, "worker", "--once")
        engine = SearchEngine(folder / "index", load())
        without = _median(engine, facets=False)
        with_counts = _median(engine, facets=True)
    return [
        Figure("search in the engine, highlights, no facets: median", without, "ms"),
        Figure("the facet counts alone: median", max(with_counts - without, 0.0), "ms", target=without),
    ]


def _median(engine: SearchEngine, *, facets: bool) -> float:
    taken = []
    for number in range(ROUNDS + 1):
        for pair in asked():
            query, _, narrowing = pair.partition("|")
            fields = {"q": [query]}
            if narrowing:
                facet, _, code = narrowing.removeprefix("&").partition("=")
                fields[facet] = [code]
            request = replace(parse_request(fields, load()), facets=facets)
            started = time.perf_counter()
            engine.search(request)
            if number:
                taken.append((time.perf_counter() - started) * 1000)
    return summarise(taken).median
