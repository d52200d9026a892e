"""What became of codes between two versions, as data: ``migrations/<from>-<to>.yaml``.

Rows are ``{from, to: […], kind: rename|merge|split|retire, auto}``. Only a rename and a merge run by
themselves; a split needs a person. A record keeps the code that it was given: a migration gives
a second, derived coding to stand next to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taxonomy import source
from taxonomy.core import Taxonomy
from taxonomy.types import TaxonomyError

AUTOMATIC = ("rename", "merge")
KINDS = (*AUTOMATIC, "split", "retire")


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one code; ``auto`` says that software may apply it."""

    code: str
    to: tuple[str, ...]
    kind: str
    auto: bool


@dataclass(frozen=True, slots=True)
class Migration:
    """All steps between two versions, and the codes that are new."""

    from_version: str
    to_version: str
    steps: Mapping[str, Step]
    added: tuple[str, ...]

    def apply(self, codes: Iterable[str]) -> tuple[list[str], list[Step]]:
        """The codes in the newer version, and the steps on which a person should decide.

        A code waiting for a person stays as it is.
        """
        result: dict[str, None] = {}
        open_steps = []
        for code in codes:
            step = self.steps.get(code)
            if step is None or not step.auto:
                result[code] = None
                open_steps.extend([step] if step else [])
            else:
                result.update(dict.fromkeys(step.to))
        return list(result), open_steps


def migrations(taxonomy: Taxonomy) -> list[Migration]:
    """Every migration on file, oldest first; raises ``TaxonomyError`` with every fault found."""
    files = sorted((taxonomy.folder / "migrations").glob("*.yaml"))
    raws = [(path, source.read(path)) for path in files]
    found = tuple(fault for path, raw in raws for fault in _faults(path, raw, taxonomy))
    if found:
        raise TaxonomyError(found)
    return [_migration(raw) for _, raw in raws]


def versions(taxonomy: Taxonomy) -> list[str]:
    """The versions whose codes can be read, oldest first; the last is that of the taxonomy itself."""
    older = [migration.from_version for migration in migrations(taxonomy)]
    return [*dict.fromkeys(one for one in older if one != taxonomy.version), taxonomy.version]


def _migration(raw: Mapping[str, Any]) -> Migration:
    steps = {
        row["from"]: Step(row["from"], tuple(row["to"]), row["kind"], row["auto"]) for row in raw["rows"]
    }
    return Migration(raw["from"], raw["to"], steps, tuple(raw["added"]))


def _faults(path: Path, raw: Mapping[str, Any], taxonomy: Taxonomy) -> Iterator[str]:
    name = path.name
    if path.stem != f"{raw.get('from')}-{raw.get('to')}":
        yield f"{name}: name should be <from>-<to>.yaml"
    for row in raw.get("rows", ()):
        code, kind = row.get("from"), row.get("kind")
        if kind not in KINDS:
            yield f"{name}: {code}: unknown kind {kind}"
        if row.get("auto") is not (kind in AUTOMATIC):
            yield f"{name}: {code}: auto should be true exactly for rename and merge"
        for other in (code, *row.get("to", ())):
            if other not in taxonomy:
                yield f"{name}: {other} does not exist"
    for code in raw.get("added", ()):
        if code not in taxonomy:
            yield f"{name}: {code} does not exist"
