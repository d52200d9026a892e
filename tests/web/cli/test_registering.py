"""``commons org``, ``person`` and ``client``: who may use a node."""

from __future__ import annotations

import pytest

from registry.identity.rules import Permission, Role
from tests.web.cli.conftest import Shell, one_line

PASSWORD = "a long enough password"
PERSON = ("person", "add", "amina@example.org", "--name", "Amina", "--password", PASSWORD)


@pytest.fixture
def organization(shell: Shell) -> str:
    """Id of an organization, registered from within."""
    with shell.node() as node:
        return node.private.directory.add_organization("Lake Health", "a health organization")


def test_an_organization_is_registered_once(shell: Shell) -> None:
    words = ("org", "add", "Lake Health", "--descriptor", "a health organization", "--language", "fr")
    made = shell.json(*words)
    assert made["name"] == "Lake Health"
    with shell.node() as node:
        assert node.private.directory.find_organization("Lake Health") == made["id"]
    assert "registered already" in one_line(shell.run(*words))


def test_an_organization_needs_a_descriptor(shell: Shell) -> None:
    said = shell.run("org", "add", "Lake Health")
    assert said.code == 2
    assert "Missing option '--descriptor'" in said.err


def test_a_person_can_sign_in_afterwards(shell: Shell, organization: str) -> None:
    roles = ("--role", "member", "--role", "reviewer")
    made = shell.json(*PERSON, "--org", "Lake Health", *roles)
    assert made["organization"] == organization
    with shell.node() as node:
        actor = node.private.sessions.sign_in("amina@example.org", PASSWORD).actor
    assert (actor.id, set(actor.roles)) == (made["id"], {Role.MEMBER})
    assert actor.lacks_factor, "a reviewer sets up a second factor first"
    refused = one_line(shell.run(*PERSON, "--org", organization, *roles))
    assert "registered already" in refused
    assert PASSWORD not in refused


@pytest.mark.parametrize(
    ("words", "code", "wrong"),
    [
        ((*PERSON, "--org", "Nobody", "--role", "member"), 1, "Nobody"),
        ((*PERSON, "--org", "Lake Health", "--role", "king"), 2, "'king' is not one of"),
        ((*PERSON[:-1], "short", "--org", "Lake Health", "--role", "member"), 1, "password"),
        (("client", "add", "Watcher", "--org", "Lake Health", "--scope", "all"), 2, "'all' is not one of"),
    ],
)
def test_what_makes_no_sense_registers_nobody(
    shell: Shell, organization: str, words: tuple[str, ...], code: int, wrong: str
) -> None:
    said = shell.run(*words)
    assert said.code == code
    assert wrong in said.err
    assert "Traceback" not in said.err
    with shell.node() as node:
        assert node.private.directory.find_person("amina@example.org") is None


def test_a_program_gets_its_token_once(shell: Shell, organization: str) -> None:
    scopes = ("--scope", "submissions:write", "--scope", "submissions:read")
    said = shell.run("client", "add", "Watcher", "--org", organization, *scopes, "--bearer-token")
    assert said.code == 0
    assert "shown only now" in said.out
    token = said.out.split()[-1]
    with shell.node() as node:
        actor = node.private.sessions.client(token)
    assert actor is not None
    assert actor.name == "Watcher"
    assert actor.holds(Permission.WRITE_SUBMISSIONS)
    assert not actor.holds(Permission.REVIEW)
    for path in shell.folder.rglob("*"):
        assert path.is_dir() or token.encode() not in path.read_bytes(), path
