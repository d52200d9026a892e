"""Commands about organizations and people that are here: what the operator types, and what it does."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from registry.identity.rules import Role
from registry.identity.tenants.applications import Applicant, Wish
from tests.factories import PASSWORD, account
from tests.web.cli.conftest import Shell

REASON = "We know them."


@pytest.fixture
def lake(shell: Shell) -> str:
    """An organization with a member and a draft; its id."""
    with shell.node() as node:
        directory = node.private.directory
        key = directory.add_organization("Lake Health", "a clinic network")
        person = directory.add_person("amina@lake.example", "Amina Lake", PASSWORD)
        directory.grant(person, key, [Role.MEMBER, Role.ORG_ADMIN])
        actor = node.private.sessions.actor_of(person)
        node.private.intake.create(actor, account(title="A title nobody should find"), channel="form")
    return key


@pytest.fixture
def harbour(shell: Shell) -> str:
    """An organization that applied through somebody known here; its id."""
    with shell.node() as node:
        directory, tenants = node.private.directory, node.private.tenants
        key = directory.add_organization("Somewhere", "an organization")
        person = directory.add_person("ann@harbour.example", "Ann", PASSWORD)
        directory.grant(person, key, [Role.MEMBER])
        tenants.applications.apply_as(
            node.private.sessions.actor_of(person), Wish("Harbour Aid", "an aid group", "", "We help.")
        )
        return directory.find_organization("Harbour Aid")


def state(shell: Shell, key: str) -> str:
    listed = shell.json("org", "list")["items"]
    return next((one["state"] for one in listed if one["id"] == key), "gone")


def test_organizations_are_listed_by_state(shell: Shell, lake: str, harbour: str) -> None:
    assert shell.json("org", "list", "--state", "applied")["items"] == [
        {"id": harbour, "name": "Harbour Aid", "state": "applied"}
    ]
    said = shell.run("org", "list", "--state", "active")
    assert "Lake Health" in said.out
    assert "Harbour Aid" not in said.out
    assert shell.run("org", "list", "--state", "suspended").out.strip() == "None."
    assert shell.run("org", "list", "--state", "erased").code == 2


def test_an_organization_goes_through_its_states(shell: Shell, harbour: str) -> None:
    for act, wanted in (
        ("decline", "declined"),
        ("approve", "active"),
        ("suspend", "suspended"),
        ("resume", "active"),
    ):
        assert shell.json("org", act, "Harbour Aid", "--reason", REASON) == {"id": harbour, "state": wanted}
    said = shell.run("org", "resume", harbour, "--reason", REASON)
    assert (said.code, "the organization is active" in said.err) == (1, True)


@pytest.mark.parametrize("act", ["approve", "decline", "suspend", "resume"])
def test_no_decision_without_a_reason(shell: Shell, harbour: str, act: str) -> None:
    assert shell.run("org", act, harbour).code == 2
    assert shell.run("org", act, harbour, "--reason", " ").code == 1
    assert state(shell, harbour) == "applied"


@pytest.mark.parametrize("act", ["approve", "decline", "suspend", "resume"])
def test_an_organization_that_is_none(shell: Shell, act: str) -> None:
    said = shell.run("org", act, "Nobody", "--reason", REASON)
    assert (said.code, said.out) == (1, "")
    assert "No organization is called Nobody" in said.err


def test_an_export_is_a_file_for_its_owner_alone(shell: Shell, lake: str, tmp_path: Path) -> None:
    file = tmp_path / "lake.zip"
    said = shell.json("org", "export", "Lake Health", "--output", file)
    assert said["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o777 == 0o600
    reports = json.loads(zipfile.ZipFile(file).read("reports.json"))
    assert [one["title"] for one in reports] == ["A title nobody should find"]
    assert list(tmp_path.glob("*.half")) == []
    file = tmp_path / "amina.zip"
    shell.json("person", "export", "Amina@Lake.example", "--output", file)
    assert json.loads(zipfile.ZipFile(file).read("person.json"))[0]["name"] == "Amina Lake"


def test_an_export_that_cannot_be_written_leaves_nothing(shell: Shell, lake: str, tmp_path: Path) -> None:
    said = shell.run("org", "export", "Lake Health", "--output", tmp_path / "no" / "such" / "lake.zip")
    assert said.code != 0
    assert "Traceback" not in said.err
    said = shell.run("person", "export", "nobody@lake.example", "--output", tmp_path / "nobody.zip")
    assert (said.code, "Nobody is registered" in said.err) == (1, True)
    assert list(tmp_path.glob("*.zip*")) == []


def test_an_erasure_says_what_stays_and_leaves_nothing_else(shell: Shell, lake: str) -> None:
    said = shell.run("org", "erase", "Lake Health", "--yes")
    assert said.code == 0, said.err
    assert "Lines of the audit trail" in said.out
    assert state(shell, lake) == "gone"
    for path in shell.folder.rglob("*"):
        if path.is_file():
            for word in (b"Lake Health", b"amina@lake.example", b"A title nobody should find"):
                assert word not in path.read_bytes(), path


def test_an_erasure_asks_first(shell: Shell, lake: str) -> None:
    said = shell.run("org", "erase", "Lake Health")
    assert said.code == 1
    assert state(shell, lake) == "active"


def test_a_person_is_erased_unless_somebody_depends_on_them(shell: Shell, lake: str) -> None:
    said = shell.run("person", "erase", "amina@lake.example", "--yes")
    assert (said.code, "Make another person administrator first" in said.err) == (1, True)
    with shell.node() as node:
        key = node.private.directory.add_person("ben@lake.example", "Ben", PASSWORD)
        node.private.directory.grant(key, lake, [Role.ORG_ADMIN])
    assert shell.run("person", "erase", "amina@lake.example", "--yes").code == 0
    assert shell.run("person", "erase", "amina@lake.example", "--yes").code == 1


def test_the_worker_forgets_what_nobody_confirmed(shell: Shell) -> None:
    with shell.node() as node:
        applicant = Applicant("Ann", "ann@harbour.example", "a password of Ann's own")
        node.private.tenants.applications.apply(Wish("Harbour Aid", "a group", "", "We help."), applicant)
    said = shell.run("org", "approve", "Harbour Aid", "--reason", REASON)
    assert (said.code, "has not confirmed" in said.err) == (1, True)
