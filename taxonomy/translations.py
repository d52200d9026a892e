"""Words of the taxonomy in other languages, one file a language, read when first asked for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from taxonomy import source

PARTS = ("titles", "asks", "labels", "definitions", "tests")
"""What a translation file may hold: facet → text for the first two, code → text for the others."""


class Translations:
    """Texts by language, part and key. English is the master and has no file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.languages = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
        self._known: dict[str, dict[str, Any]] = {}

    def text(self, lang: str, part: str, key: str) -> str | None:
        """The translated text, or None. ``fr-CA`` finds ``fr``; an unknown language finds nothing."""
        found = self._read(lang).get(part, {}).get(key)
        return found if isinstance(found, str) else None

    def keys(self, lang: str, part: str) -> Collection[str]:
        """What is translated in a language."""
        return self._read(lang).get(part, {}).keys()

    def _read(self, lang: str) -> dict[str, dict[str, Any]]:
        base = lang.partition("-")[0].partition("_")[0].lower()
        if base not in self.languages:
            return {}
        if base not in self._known:
            self._known[base] = source.read(self._folder / f"{base}.yaml")
        return self._known[base]
