"""A node without a private side: it serves what is public, and says plainly what is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.node import NO_PRIVATE_SIDE
from registry.config import Settings
from registry.record import store
from tests.api.live import Caller
from tests.api.process import commons_serve
from tests.api.stock import identifier, keep, stock
from tests.conftest import SettableClock
from web import catalogues
from web.setup import initialise
from web.wiring import build, close

DOCUMENT = "/api/v1/openapi.json"
PAGES = ("/signin", "/account", "/report", "/report/new", "/mine", "/receipt", "/review")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that never had a private database, with records in it."""
    settings, clock = _settings(tmp_path_factory.mktemp("public") / "node"), SettableClock()
    initialise(settings, clock)
    node = build(settings, clock)
    keep(node, stock(12))
    close(node)
    return settings.data_dir


@pytest.fixture(scope="module")
def nobody(folder: Path) -> Iterator[Caller]:
    """A program that calls the node, served by the installed command, worker and all."""
    with commons_serve(folder, "--public-only") as served:
        yield Caller(served.port)


def test_everything_it_documents_can_be_read_by_anybody(nobody: Caller) -> None:
    document = nobody.get(DOCUMENT).json
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []
    for path, item in document["paths"].items():
        assert [method for method in item if method != "parameters"] == ["get"]
        assert item["get"]["security"] == []
        # Review is counted where there is a private side, and this log tells of no record yet.
        there = not path.startswith("/api/v1/transparency") and not path.endswith("/proof")
        assert nobody.get(_filled(path)).status == (200 if there else 404), path


def test_nothing_it_documents_can_be_written(nobody: Caller, app: Flask) -> None:
    elsewhere = _operations(app.test_client().get(DOCUMENT).json)
    for path in nobody.get(DOCUMENT).json["paths"]:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            if (method.lower(), path) in elsewhere:  # of which the next test asks
                continue
            answer = nobody.send(method, _filled(path), {})
            assert answer.status == 405, (method, path)
            absent = {"POST"} if ("post", path) in elsewhere else set()
            assert set(answer.headers["Allow"].split(", ")) - absent == {"GET", "HEAD", "OPTIONS"}


def test_what_only_a_whole_node_does_is_absent_and_said_to_be(nobody: Caller, app: Flask) -> None:
    whole, here = _operations(app.test_client().get(DOCUMENT).json), _operations(nobody.get(DOCUMENT).json)
    assert here < whole
    for method, path in whole - here:
        answer = Caller(nobody.port, "a token").send(method.upper(), _filled(path), None)
        assert (answer.status, answer.json["detail"]) == (404, NO_PRIVATE_SIDE), (method, path)


@pytest.mark.parametrize("path", PAGES)
def test_a_private_page_is_absent_and_says_why(nobody: Caller, path: str) -> None:
    answer = nobody.get(path)
    assert (answer.status, NO_PRIVATE_SIDE in answer.body.decode()) == (404, True)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_it_says_so_in_the_language_of_the_page(nobody: Caller, language: str) -> None:
    catalogue = catalogues.read(catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po", language)
    message = catalogue.get(NO_PRIVATE_SIDE)
    assert message is not None
    assert str(message.string) in nobody.get(f"/{language}/report").body.decode()


def test_no_page_leads_to_what_is_absent(nobody: Caller) -> None:
    for path in ("/", "/about", f"/records/{identifier(0)}", "/?q=crane"):
        page = nobody.get(path)
        assert page.status == 200
        led = {href.partition("?")[0] for href in re.findall(r'href="([^"]+)"', page.body.decode())}
        assert not led & set(PAGES), path


def test_it_is_ready_without_a_private_database_and_makes_none(nobody: Caller, folder: Path) -> None:
    answer = nobody.get("/readyz")
    assert (answer.status, set(answer.json["checks"])) == (200, {"public_database", "index"})
    assert not list(folder.glob("private*"))


def test_it_takes_up_records_that_come_into_its_database(nobody: Caller, folder: Path) -> None:
    """As on a mirror, whose database somebody else fills: the worker beside it tells the index."""
    node = build(_settings(folder), SettableClock())
    before = nobody.get("/api/v1/search").json["total"]
    with node.public.work() as session:
        for record in stock(3, first=500):
            store.create(session, record)
    close(node)
    end = monotonic() + 20
    while nobody.get("/api/v1/search").json["total"] == before and monotonic() < end:
        continue
    assert nobody.get("/api/v1/search").json["total"] == before + 3
    assert nobody.get(f"/api/v1/records/{identifier(501)}").status == 200


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, public_only=True)


def _operations(document: Any) -> set[tuple[str, str]]:
    return {
        (method, path)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }


def _filled(path: str) -> str:
    parts = {
        "record_id": identifier(0),
        "number": "1",
        "facet": "failure",
        "field": "title",
        "submission": "0" * 32,
        "offer": "0" * 32,
        "attachment": "0" * 32,
        "record": identifier(0),
        "change": "0" * 32,
        "view": "0" * 32,
    }
    return path.format_map(parts)
