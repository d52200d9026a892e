"""The published taxonomy, and copies of its data in which a test plants faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from taxonomy import Taxonomy, load, source

Plant = Callable[[str, Callable[[dict[str, Any]], object]], Path]


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return load()


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Change one file of a copy of the data; gives the folder of the copy."""
    folder = tmp_path / "data"
    shutil.copytree(source.FOLDER, folder)

    def change(name: str, edit: Callable[[dict[str, Any]], object]) -> Path:
        path = folder / name
        raw = source.read(path)
        edit(raw)
        path.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return folder

    return change
