"""Read the YAML files of the taxonomy, fast and with faults that name the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from taxonomy.types import TaxonomyError

# The C parser is about ten times faster; PyYAML without it still works.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

FOLDER = Path(__file__).parent / "data"
"""The published taxonomy."""


def read(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file; raises ``TaxonomyError`` when it is absent, broken or no mapping."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - both are safe loaders
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TaxonomyError((f"{path.name}: cannot be read: {error}",)) from error
    if not isinstance(content, dict):
        raise TaxonomyError((f"{path.name}: should be a mapping",))
    return content
