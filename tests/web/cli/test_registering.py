"""``commons org``, ``person`` and ``client``: who may use a node."""

from __future__ import annotations

import json
from unittest.mock import ANY

import pytest

from registry.identity.rules import Permission, Role
from tests.web.cli.conftest import Shell, one_line
from web.cli.node import tame

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
        ((*PERSON[:4], "Ann\x1b[2J", *PERSON[5:], "--org", "Lake Health", "--role", "member"), 1, "control"),
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


def test_without_asking_a_program_gets_a_secret_and_no_token(shell: Shell, organization: str) -> None:
    words = ("client", "add", "Watcher", "--org", organization, "--scope", "submissions:read")
    assert set(shell.json(*words)) == {"id", "secret"}
    assert set(shell.json(*words, "--bearer-token")) == {"id", "secret", "token"}
    device = ("--auth", "none", "--grant", "refresh_token", "--bearer-token")
    assert "bearer token" in one_line(shell.run(*words, *device))


def test_the_first_reviewer_is_said_to_make_a_reviewing_body(shell: Shell, organization: str) -> None:
    rest = ("--password", PASSWORD, "--org", organization, "--role")
    said = [
        shell.run("person", "add", f"{number}@example.org", "--name", "A", *rest, role).out
        for number, role in enumerate(("member", "reviewer", "reviewer"))
    ]
    assert ["may review" in text for text in said] == [False, True, False]
    assert shell.json("person", "add", "z@example.org", "--name", "Z", *rest, "reviewer") == {
        "id": ANY,
        "organization": organization,
        "organization_became_reviewing": False,
    }


def test_no_command_writes_what_a_terminal_obeys(shell: Shell, organization: str) -> None:
    name = "Nobody\x1b[2J\u202e\x9b"
    said = shell.run("client", "add", "Watcher", "--org", name, "--scope", "submissions:read")
    assert "Nobody\\u001b[2J\\u202e\\u009b" in one_line(said)
    assert not {"\x1b", "\u202e", "\x9b"} & set(said.out + said.err)


@pytest.mark.parametrize("text", ["a\x1bb", "\u2067", "\x7f", "tab\tline\n", "عيادة"])
def test_in_json_a_tamed_text_is_the_same_text(text: str) -> None:
    assert json.loads(tame(json.dumps(text, ensure_ascii=False))) == text
