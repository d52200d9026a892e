"""What a service is made of: what it has loaded and built before it forks, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from bench.nodes import memory_mb
from registry.clock import system_clock
from registry.config import Settings
from search.manifest import FILE
from tests.api.process import Served, commons_serve
from tests.conftest import missing
from tests.web.memory import RIGHT
from web.setup import initialise

ELSEWHERE = ("alembic", "mako", "requests", "urllib3", "pyarrow", "PIL", "web.setup", "web.demo")
"""What only other commands, or programs of their own, have a use for; tens of megabytes in all."""
LATER = ("redis", "obstore", "faker", "wordfreq", "xlsxwriter")
"""What few nodes need, or most processes never; it is loaded when it is."""
SHOW = "import json, sys, web.cli.service; print(json.dumps(sorted(sys.modules)))"
"""What a service imports, told by a process that does nothing else."""
MOST_MB = 250
"""What the whole node may take when it has answered a few times, by a target of ours (``make bench``)."""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The names of all modules that a service has loaded when it forks."""
    told = subprocess.run([sys.executable, "-c", SHOW], check=True, capture_output=True, text=True)
    return set(json.loads(told.stdout))


def test_a_service_is_the_application_and_the_worker(loaded: set[str]) -> None:
    assert {"web.app", "web.worker", "search.engine", "sqlalchemy.orm"} <= loaded


@pytest.mark.parametrize("name", [*ELSEWHERE, *LATER])
def test_a_service_does_not_load_what_it_may_never_need(loaded: set[str], name: str) -> None:
    assert not [one for one in loaded if one == name or one.startswith(name + ".")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("serving") / "node"
    initialise(Settings(data_dir=made), system_clock)
    return made


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with commons_serve(folder) as running:
        yield running


def test_a_killed_web_process_is_replaced_by_one_that_answers(served: Served) -> None:
    """It is forked again from what was built before, and opens connections of its own."""
    arbiter, _ = parts(served)
    (killed,) = arbiter.children()
    killed.kill()
    psutil.wait_procs([killed])
    assert ready(served)["status"] == "ready"
    assert killed not in arbiter.children()


def test_a_killed_worker_is_replaced_by_one_that_works(served: Served, folder: Path) -> None:
    """An index that is gone is built again by the worker alone."""
    _, killed = parts(served)
    killed.kill()
    psutil.wait_procs([killed])
    manifest = folder / "index" / FILE
    manifest.unlink()
    while not manifest.exists():
        assert ready(served)["checks"]["private_database"] == "ok"
    assert killed != parts(served)[1]


def test_a_node_at_work_takes_little_memory(served: Served) -> None:
    for _ in range(5):
        assert ready(served)["status"] == "ready"
    try:
        proportional, _ = memory_mb(served.pid)
    except psutil.AccessDenied:
        missing(RIGHT)
    assert proportional < MOST_MB


def parts(served: Served) -> tuple[psutil.Process, psutil.Process]:
    """Of the supervisor's two children the one that has children, and the other: arbiter and worker."""
    children = psutil.Process(served.pid).children()
    (arbiter,), (worker,) = (
        [one for one in children if bool(one.children()) is has] for has in (True, False)
    )
    return arbiter, worker


def ready(served: Served) -> dict[str, Any]:
    """What the node says of itself, whether good or not."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", "/readyz")
    told: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return told
