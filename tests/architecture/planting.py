"""Grow small source trees with one fault in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.architecture.tree import Tree


def plant(root: Path, files: Mapping[str, str]) -> Tree:
    """A tree with these files; every folder gets an ``__init__.py`` unless one is given."""
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        for folder in file.relative_to(root).parents[:-1]:
            marker = root / folder / "__init__.py"
            if not marker.exists():
                marker.write_text('"""A package."""\n', "utf-8")
    return Tree(root)
