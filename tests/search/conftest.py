"""An index of its own for each test, and an engine on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import pytest

from registry.record.types import PublicRecord
from search import Indexer, SearchEngine, SearchRequest, parse_request
from taxonomy import Taxonomy, load
from tests.search.factories import changes

Index = Callable[[Iterable[PublicRecord]], SearchEngine]
Ask = Callable[..., SearchRequest]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load()


@pytest.fixture
def indexer(tmp_path: Path, taxonomy: Taxonomy) -> Indexer:
    made = Indexer(tmp_path / "index", taxonomy)
    made.ensure()
    return made


@pytest.fixture
def index(indexer: Indexer, tmp_path: Path, taxonomy: Taxonomy) -> Index:
    """Index records in one commit; gives an engine on the index."""

    def fill(records: Iterable[PublicRecord]) -> SearchEngine:
        indexer.apply(changes(records, indexer.position))
        return SearchEngine(tmp_path / "index", taxonomy)

    return fill


@pytest.fixture
def ticking() -> Callable[[], float]:
    """A clock that is a second later each time, so that an engine looks for news at every search."""
    numbers = count()
    return lambda: float(next(numbers))


@pytest.fixture
def ask(taxonomy: Taxonomy) -> Ask:
    """A request as the interfaces make it: values may be one text or a list."""

    def asked(q: str = "", **parameters: str | list[str]) -> SearchRequest:
        lists = {name: [value] if isinstance(value, str) else value for name, value in parameters.items()}
        return parse_request({"q": [q], **lists}, taxonomy)

    return asked
