"""Each fault of form, planted in a small tree, is found; what is allowed beside it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import shape
from tests.architecture.planting import plant

WHERE = "registry/thing.py"
MARK = "# no" + "qa"
"""Written in two parts so that the checks do not take this file for a sinner."""
IGNORE = "# type" + ": ignore"


@pytest.mark.parametrize(("lines", "found"), [(300, 0), (301, 1)])
def test_a_file_over_300_lines_is_found(tmp_path: Path, lines: int, found: int) -> None:
    assert len(shape.length_faults(plant(tmp_path, {WHERE: "x = 1\n" * lines}))) == found


def test_a_long_migration_is_fine(tmp_path: Path) -> None:
    long = {"registry/migrations/private/versions/p9.py": "x = 1\n" * 400}
    assert shape.length_faults(plant(tmp_path, long)) == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import json\n",
        "class A:\n    def f(self):\n        if True:\n            from json import loads\n",
        "async def f():\n    import json\n",
        "import importlib\njson = importlib.import_module('json')\n",
        "json = __import__('json')\n",
        "from .other import thing\n",
        "from . import other\n",
    ],
)
def test_an_import_in_the_wrong_place_is_found(tmp_path: Path, text: str) -> None:
    assert len(shape.local_import_faults(plant(tmp_path, {WHERE: text}))) == 1


@pytest.mark.parametrize("given", ["name", "f'registry.{name}:f'", "'registry.limits'", ""])
def test_something_loaded_when_needed_without_its_name_is_found(tmp_path: Path, given: str) -> None:
    text = f"import pkgutil\ndef f(name):\n    return pkgutil.resolve_name({given})\n"
    assert len(shape.late_import_faults(plant(tmp_path, {WHERE: text}))) == 1


def test_something_loaded_when_needed_by_its_name_is_fine(tmp_path: Path) -> None:
    text = "from pkgutil import resolve_name\ndef f():\n    return resolve_name('registry.mail:send')\n"
    assert shape.late_import_faults(plant(tmp_path, {WHERE: text})) == []


def test_a_conditional_import_at_the_top_is_fine(tmp_path: Path) -> None:
    text = "import sys\nif sys.platform == 'linux':\n    import fcntl\n"
    assert shape.local_import_faults(plant(tmp_path, {WHERE: text})) == []


@pytest.mark.parametrize(
    "line", ["session.commit()", "self._session().commit()", "connection.rollback()", "engine.begin()"]
)
def test_a_commit_outside_the_unit_of_work_is_found(tmp_path: Path, line: str) -> None:
    faults = shape.commit_faults(plant(tmp_path, {"web/pages/report.py": f"{line}\n"}))
    assert [fault.split(":")[0] for fault in faults] == ["web/pages/report.py"]


def test_the_unit_of_work_commits_and_the_index_has_its_own(tmp_path: Path) -> None:
    files = {
        "registry/db/unit.py": "session.commit()\n",
        "registry/db/migrate.py": "engine.begin()\n",
        "registry/record/counters.py": "session.begin_nested()\n",
        "search/writer.py": "writer.commit()\n",
    }
    assert shape.commit_faults(plant(tmp_path, files)) == []


def test_an_assert_that_validates_is_found(tmp_path: Path) -> None:
    assert len(shape.assert_faults(plant(tmp_path, {WHERE: "def f(x):\n    assert x\n"}))) == 1


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (f"x = 1  {MARK}", 2),
        (f"x = 1  {MARK}: E501", 1),
        (f"x = 1  {MARK}: E501, S105 -", 1),
        (f"x = 1  {IGNORE}", 2),
        (f"x = 1  {IGNORE}[misc]", 1),
        (f"x = 1  {MARK}: E501 - the address is long", 0),
        (f"x = 1  {IGNORE}[misc] # the library ships no types", 0),
        (f"x = '{MARK}'", 0),
    ],
)
def test_a_silenced_check_needs_code_and_reason(tmp_path: Path, line: str, faults: int) -> None:
    assert len(shape.suppression_faults(plant(tmp_path, {WHERE: line + "\n"}))) == faults


@pytest.mark.parametrize(
    ("handler", "faults"),
    [
        ("except Exception:", 1),
        ("except:", 1),
        ("except (ValueError, BaseException) as e:", 1),
        ("except ValueError:", 0),
    ],
)
def test_a_handler_that_catches_everything_is_found(tmp_path: Path, handler: str, faults: int) -> None:
    text = f"try:\n    f()\n{handler}\n    pass\n"
    assert len(shape.broad_except_faults(plant(tmp_path, {WHERE: text}))) == faults


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "date.today()", "datetime.utcnow()"])
def test_a_module_that_asks_the_machine_for_the_time_is_found(tmp_path: Path, call: str) -> None:
    files = {WHERE: f"now = {call}\n", "registry/clock.py": f"now = {call}\n"}
    assert [fault.split(":")[0] for fault in shape.clock_faults(plant(tmp_path, files))] == [WHERE]


def test_a_module_without_a_docstring_is_found(tmp_path: Path) -> None:
    tree = plant(tmp_path, {WHERE: "x = 1\n", "registry/other.py": '"""What for."""\n'})
    assert [fault.split(":")[0] for fault in shape.docstring_faults(tree)] == [WHERE]
