"""Each forbidden door, planted in a small tree, is found; the same tree without it is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import graph, rooms
from tests.architecture.planting import plant

EMPTY = '"""Nothing."""\n'

UPWARD = [
    ("taxonomy/core.py", "from registry.errors import N_", "registry/errors.py"),
    ("registry/errors.py", "import registry.record.types", "registry/record/types.py"),
    ("registry/account/check.py", "from registry.intake import rules", "registry/intake/rules.py"),
    ("registry/identity/rules.py", "import registry.intake.rules", "registry/intake/rules.py"),
    (
        "registry/intake/service.py",
        "from registry.review.service import Reviews",
        "registry/review/service.py",
    ),
    ("registry/record/store.py", "from registry.ledger.log import Log", "registry/ledger/log.py"),
    (
        "registry/review/service.py",
        "from registry.publication import service",
        "registry/publication/service.py",
    ),
    ("registry/publication/service.py", "from api.node import Node", "api/node.py"),
    ("api/node.py", "from web.app import create_app", "web/app.py"),
    ("registry/record/store.py", "from search.engine import Engine", "search/engine.py"),
    ("registry/record/store.py", "x = pkgutil.resolve_name('search.engine:Engine')", "search/engine.py"),
]
WALLS = [
    (
        "registry/record/store.py",
        "from registry.intake.models import Submission",
        "registry/intake/models.py",
    ),
    ("registry/learning/advice.py", "import registry.identity.rules", "registry/identity/rules.py"),
    ("search/engine.py", "from registry.db.private import PrivateDatabase", "registry/db/private.py"),
    ("registry/record/store.py", "from registry.outbox import enqueue", "registry/outbox.py"),
    ("registry/federation/pull.py", "from registry import audit", "registry/audit.py"),
    ("registry/intake/service.py", "from registry.record.store import create", "registry/record/store.py"),
    ("registry/review/service.py", "from registry.db.public import PublicDatabase", "registry/db/public.py"),
    ("registry/identity/sessions.py", "import search.engine", "search/engine.py"),
    ("registry/identity/sessions.py", "def f(): resolve_name('search.engine:Engine')", "search/engine.py"),
]


@pytest.mark.parametrize(("where", "line", "target"), UPWARD)
def test_an_import_that_goes_up_is_found(tmp_path: Path, where: str, line: str, target: str) -> None:
    faults = rooms.tier_faults(plant(tmp_path, {where: f"{line}\n", target: EMPTY}))
    assert [fault.split(":")[0] for fault in faults] == [where]


def test_an_import_that_goes_down_is_fine(tmp_path: Path) -> None:
    turned = {
        "api/node.py": "from registry.publication import service\n",
        "registry/publication/service.py": EMPTY,
    }
    assert rooms.tier_faults(plant(tmp_path, turned)) == []


def test_a_room_that_is_not_in_the_plan_is_found(tmp_path: Path) -> None:
    faults = rooms.tier_faults(plant(tmp_path, {"registry/helpers/text.py": EMPTY}))
    assert any("registry.helpers.text is in no room" in fault for fault in faults)


@pytest.mark.parametrize(("where", "line", "target"), WALLS)
def test_a_hole_in_the_wall_is_found(tmp_path: Path, where: str, line: str, target: str) -> None:
    faults = rooms.wall_faults(plant(tmp_path, {where: f"{line}\n", target: EMPTY}))
    assert [fault.split(":")[0] for fault in faults] == [where]


def test_a_hole_in_the_wall_is_found_through_others(tmp_path: Path) -> None:
    around = {
        "registry/record/store.py": "import registry.clock\n",
        "registry/clock.py": "from registry import config\n",
        "registry/config.py": "from registry.db.private import PrivateDatabase\n",
        "registry/db/private.py": EMPTY,
    }
    faults = rooms.wall_faults(plant(tmp_path, around))
    chain = "registry.record.store -> registry.clock -> registry.config -> registry.db.private"
    assert faults == [f"registry/record/store.py:1: reaches the other wing: {chain}"]


def test_a_hole_in_the_wall_is_found_in_a_package_that_runs_on_the_way(tmp_path: Path) -> None:
    around = {
        "registry/record/store.py": "from registry.account.types import Account\n",
        "registry/account/__init__.py": "import registry.audit\n",
        "registry/account/types.py": EMPTY,
        "registry/audit.py": EMPTY,
    }
    assert len(rooms.wall_faults(plant(tmp_path, around))) == 1


def test_only_the_door_may_import_both_wings(tmp_path: Path) -> None:
    both = "from registry.db.private import A\nfrom registry.db.public import B\n"
    sides = {"registry/db/private.py": EMPTY, "registry/db/public.py": EMPTY}
    tree = plant(tmp_path, {"registry/clock.py": both, "registry/publication/service.py": both} | sides)
    assert [fault.split(":")[0] for fault in rooms.both_wings_faults(tree)] == ["registry/clock.py"]


@pytest.mark.parametrize("wanted", ["registry.record.store", "registry.db.public", "registry.config"])
def test_search_may_not_take_more_than_pure_types(tmp_path: Path, wanted: str) -> None:
    files = {"search/engine.py": f"import {wanted}\n", wanted.replace(".", "/") + ".py": EMPTY}
    assert len(rooms.search_faults(plant(tmp_path, files))) == 1


def test_search_may_take_pure_types(tmp_path: Path) -> None:
    files = {
        "search/engine.py": "from registry.record.types import Change\n",
        "registry/record/types.py": EMPTY,
    }
    assert rooms.search_faults(plant(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("registry/review/rules.py", "import sqlalchemy"),
        ("registry/record/types.py", "from flask import g"),
        ("registry/account/check.py", "from marshmallow import Schema"),
        ("registry/record/canonical.py", "import whoosh.fields"),
        ("taxonomy/core.py", "import requests"),
        ("registry/identity/rules.py", "import sqlite3"),
    ],
)
def test_a_framework_in_pure_code_is_found(tmp_path: Path, where: str, line: str) -> None:
    faults = rooms.purity_faults(plant(tmp_path, {where: f"{line}\n"}))
    assert [fault.split(":")[0] for fault in faults] == [where]


def test_a_framework_behind_pure_code_is_found(tmp_path: Path) -> None:
    files = {
        "registry/review/rules.py": "from registry.review.words import WORDS\n",
        "registry/review/words.py": "import flask_babel\n",
    }
    assert "registry.review.words -> flask_babel" in rooms.purity_faults(plant(tmp_path, files))[0]


def test_libraries_that_only_compute_are_pure(tmp_path: Path) -> None:
    files = {
        "registry/record/canonical.py": "import hashlib\nimport rfc8785\n",
        "taxonomy/core.py": "import yaml\n",
    }
    assert rooms.purity_faults(plant(tmp_path, files)) == []


@pytest.mark.parametrize(
    "line",
    [
        "from registry.intake.models import Submission",
        "from registry.intake import models",
        "import sqlalchemy",
    ],
)
def test_a_view_that_knows_tables_is_found(tmp_path: Path, line: str) -> None:
    tree = plant(tmp_path, {"web/pages/report.py": f"{line}\n", "registry/intake/models.py": EMPTY})
    assert len(rooms.model_faults(tree)) == 1


def test_a_migration_that_imports_tables_is_found(tmp_path: Path) -> None:
    script = {"registry/migrations/private/versions/p9.py": "from registry.audit import AuditRow\n"}
    assert len(rooms.migration_faults(plant(tmp_path, script))) == 1


def test_a_cycle_is_found_whatever_its_length(tmp_path: Path) -> None:
    ring = {
        "registry/a.py": "import registry.b\n",
        "registry/b.py": "from registry import c\n",
        "registry/c.py": "from registry.a import thing\n",
        "registry/d.py": "import registry.a\n",
    }
    assert graph.cycles(plant(tmp_path, ring)) == ["import cycle: registry.a <-> registry.b <-> registry.c"]


def test_a_package_that_its_own_module_imports_is_a_cycle(tmp_path: Path) -> None:
    files = {"web/__init__.py": "from web.routes import index\n", "web/routes.py": "from web import app\n"}
    assert graph.cycles(plant(tmp_path, files)) == ["import cycle: web <-> web.routes"]
