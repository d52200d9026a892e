"""``commons permissions``: the table as people and programs read it."""

from __future__ import annotations

from pathlib import Path

from registry.identity.rules import PERMISSIONS, Permission
from tests.web.cli.conftest import Shell
from web.cli.permissions import page, table

PAGE = Path(__file__).parents[3] / "docs" / "permissions.md"


def test_the_page_in_the_documents_is_the_table() -> None:
    made = page() + "\n"
    assert PAGE.read_text("utf-8") == made, "run: commons permissions --markdown > docs/permissions.md"


def test_the_page_has_a_line_for_every_permission() -> None:
    whole = page()
    for permission in Permission:
        assert f"| {permission.value} |" in whole
    review = next(line for line in whole.splitlines() if Permission.REVIEW.value in line)
    assert review == (
        "| review a report | reviewer | reviews:write | other organizations "
        "| submitted, in review or appealed |"
    )


def test_it_prints_without_a_node(shell: Shell, tmp_path: Path) -> None:
    shell.variables["COMMONS_DATA_DIR"] = str(tmp_path / "none")
    said = shell.run("permissions")
    assert (said.code, said.err) == (0, "")
    assert said.out == table() + "\n"
    assert max(map(len, said.out.splitlines())) <= 144
    assert shell.run("permissions", "--markdown").out == PAGE.read_text("utf-8")
    listed = shell.json("permissions")["items"]
    assert [item["permission"].upper() for item in listed] == list(Permission.__members__)
    for item, line in zip(listed, PERMISSIONS.values(), strict=True):
        assert set(item["roles"]) == line.roles
        assert set(item["states"] or ()) == (line.states or set())
