"""Reference documents as files: ``python -m web.docs FOLDER``.

Writes what a node serves about itself, byte for byte (OpenAPI, the taxonomy as JSON, SKOS and CSV),
and the crosswalk as SSSOM, so that they can be read, checked or hosted without a node.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from registry.clock import system_clock
from registry.config import Settings
from taxonomy import load
from taxonomy.table import to_sssom
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

SERVED = ("openapi.json", "taxonomy", "taxonomy.ttl", "taxonomy.jsonld", "taxonomy.csv")
"""Addresses below ``/api/v1/`` that become files; one without an ending is JSON."""


def write(folder: Path) -> list[Path]:
    """Write every document into ``folder``; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in _documents():
        path = folder / (name if "." in name else f"{name}.json")
        path.write_bytes(content)
        written.append(path)
    return written


def _documents() -> list[tuple[str, bytes]]:
    with TemporaryDirectory() as temporary:
        settings = Settings(data_dir=Path(temporary))
        initialise(settings, system_clock)
        node = build(settings, system_clock)
        try:
            client = create_app(node).test_client()
            served = [(name, client.get(f"/api/v1/{name}").data) for name in SERVED]
        finally:
            close(node)
    return [*served, ("crosswalk.sssom.tsv", to_sssom(load()).encode())]


def main(arguments: list[str]) -> int:
    """Write the documents into the folder that is named; returns the exit code."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)  # noqa: T201 - for people
        return 2
    for path in write(Path(arguments[0])):
        print(path)  # noqa: T201 - for people
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
