"""An outside program reads the document and tries to catch the served node out (schemathesis)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.live import Live
from tests.api.stock import identifier, keep, stock
from tests.api.test_attachments import draft, send, whole

pytestmark = pytest.mark.long

CONFIG = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = os.environ.get("COMMONS_EXAMPLES", "8")
"""Examples an operation; the bar of 500 is tried with COMMONS_EXAMPLES=500."""
PROGRAM = Path(sys.executable).with_name("schemathesis")


@dataclass(frozen=True)
class Attempt:
    """Who calls, which addresses, and how many operations these are at least."""

    who: str
    addresses: str
    operations: int
    options: tuple[str, ...] = ()


ATTEMPTS = {
    "a program that may do all": Attempt("member", "", 29),
    "a reviewer before a report of others": Attempt("reviewer", "/reviews", 9),
    "nobody before what needs a token": Attempt(
        "nobody", "/(submissions|reviews)", 21, ("--phases", "fuzzing")
    ),
    # The id is given, so that faulty ones cannot be tried: the first attempt does.
    "anybody before a record": Attempt(
        "nobody", "/records/", 4, ("--exclude-checks", "negative_data_rejection")
    ),
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ATTEMPTS)
def test_no_request_makes_the_node_break_its_word(live: Live, tmp_path: Path, name: str) -> None:
    attempt = ATTEMPTS[name]
    keep(live.node, stock(9))
    path, etag = draft(live)
    made = send(live.member, path, whole(), etag)
    submission = path.removesuffix("/attachments")
    live.member.post(f"{submission}/actions/submit", If_Match=made.etag)
    known = {"path.submission": submission.rpartition("/")[2], "path.attachment": made.json["id"]}
    if attempt.addresses == "/records/":
        known["path.record_id"] = identifier(1)
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.read_text("utf-8") + _parameters(known), "utf-8")
    command = [str(PROGRAM), "--config-file", str(config), "run"]
    command += [f"http://127.0.0.1:{live.port}/api/v1/openapi.json", "--checks", "all", *attempt.options]
    command += ["--max-examples", EXAMPLES, "--generation-database", "none", "--no-color"]
    if attempt.addresses:
        command += ["--include-path-regex", attempt.addresses]
    token = getattr(live, attempt.who).token
    if token is not None:
        command += ["--header", f"Authorization: Bearer {token}"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=580, check=False)
    said = run.stdout[run.stdout.find("= FAILURES") :][:12_000] + run.stderr[-2000:]
    assert run.returncode == 0, said
    tested = re.search(r"Tested: (\d+)", run.stdout)
    assert tested is not None, said
    assert int(tested[1]) >= attempt.operations, said


def _parameters(known: dict[str, str]) -> str:
    """Ids of things that exist, so that more than "not found" is seen."""
    return "\n[parameters]\n" + "".join(f'"{name}" = "{value}"\n' for name, value in known.items())
