"""Clients that nobody here wrote read a node over real HTTP; what they found."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.node import Node
from bench.nodes import free_port
from tests.api.live import serving_at
from tests.conftest import missing
from tests.outside import packages

REFUSED = {
    "from the future": "NoRecordsMatch",
    "junk token": "BadResumptionToken",
    "no prefix": "BadArgument",
    "other prefix": "CannotDisseminateFormat",
}
"""Wrong questions of OAI-PMH, and as what each is refused."""


def harvested(url: str) -> dict[str, Any]:
    """What Sickle and oaipmh found at a repository of OAI-PMH."""
    found: dict[str, Any] = json.loads(_run(_program("harvest_oai.py"), url))
    return found


def identifiers(url: str) -> set[str]:
    """The identifiers that the harvester of Debian found at a repository of OAI-PMH."""
    program = shutil.which("oai_pmh")
    if program is None:
        missing("oai_pmh (Debian package libhttp-oai-perl)")
    told = _run([str(program)], "-X", "ListIdentifiers", "--metadataPrefix", "oai_dc", url)
    return set(re.findall(r"oai:air-[^\s<]+", told))


def walked(node: Node, title: str, kind: str) -> dict[str, Any]:
    """What the clients of TAXII and STIX found in a collection, with all objects of one type."""
    port = free_port()
    own = replace(node, settings=replace(node.settings, base_url=f"http://127.0.0.1:{port}"))
    with serving_at(own, port):
        told = _run(_program("walk_taxii.py"), f"http://127.0.0.1:{port}/taxii2/", title, kind)
    found: dict[str, Any] = json.loads(told)
    return found


def require_each_once(found: Mapping[str, Any]) -> None:
    """Every way through a collection of TAXII gives each object once, in one order, and without fault."""
    manifest = found["manifest"]
    assert len(manifest) == len(set(manifest))
    assert found["dates"] == sorted(set(found["dates"]))
    assert set(found["walked"]) == {"7", "100", "100000"}
    for objects in found["walked"].values():
        assert objects == manifest
    assert found["by_date"] == manifest
    assert found["after_half"] == [line.split()[0] for line in manifest[found["half"] + 1 :]]
    assert found["faults"] == []
    assert found["got"] in found["queried"]
    assert found["missing"] is None


def _program(name: str) -> list[str]:
    return [sys.executable, str(Path(packages.__file__).with_name(name))]


def _run(program: list[str], *words: str) -> str:
    run = subprocess.run([*program, *words], capture_output=True, text=True, timeout=240, check=False)
    assert run.returncode == 0, run.stderr[-3000:]
    return run.stdout
