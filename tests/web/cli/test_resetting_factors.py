"""``commons person reset-factors``: for somebody who lost phone, passkey and paper."""

from __future__ import annotations

import email
from email import policy

import pytest

from registry.identity.factors.pending import SecondStepNeeded
from registry.identity.rules import Role
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.registry.identity.factors.strict import App, Strict
from tests.web.cli.conftest import Shell, one_line


class Now(SettableClock):
    """The clock of the node within, which is the machine's."""

    def __init__(self, shell: Shell) -> None:
        with shell.node() as node:
            self.now = node.clock()


@pytest.fixture
def person(shell: Shell) -> str:
    """Id of a reviewer who has set up an app."""
    with shell.node() as node:
        side = node.private
        strict = Strict(side.database, Now(shell), side.directory, side.sessions, side.factors)
        key = strict.person("ada", Role.REVIEWER)
        actor, secret = strict.sign_in("ada")
        side.factors.own.prepare(actor, secret, PASSWORD)
        app = App(side.factors.own.setting_up(actor, secret).secret, strict.clock)
        side.factors.own.confirm(actor, secret, app.code())
        with pytest.raises(SecondStepNeeded):
            side.sessions.sign_in("ada@example.org", PASSWORD)
    return key


def test_factors_are_reset_and_the_person_is_told_by_mail(shell: Shell, person: str) -> None:
    done = shell.json("person", "reset-factors", "ada@example.org", "--yes")
    assert done == {"id": person, "totp": True, "passkeys": 0}
    with shell.node() as node:
        actor = node.private.sessions.sign_in("ada@example.org", PASSWORD).actor
    assert actor.lacks_factor
    assert shell.run("worker", "--once").code == 0
    letters = [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (shell.folder / "mail").glob("*.eml")
    ]
    told = next(one for one in letters if one["Subject"] == "Your second factors were reset")
    assert told["To"] == "ada@example.org"
    assert "/account/factors" in told.get_content()


def test_it_asks_before_and_knows_whom_it_does_not_know(shell: Shell, person: str) -> None:
    refused = shell.run("person", "reset-factors", "ada@example.org")
    assert refused.code == 1
    assert "Make sure that it is ada@example.org who asks" in refused.out
    assert "Nobody is registered" in one_line(shell.run("person", "reset-factors", "no@example.org", "--yes"))
    with shell.node() as node, pytest.raises(SecondStepNeeded):
        node.private.sessions.sign_in("ada@example.org", PASSWORD)
