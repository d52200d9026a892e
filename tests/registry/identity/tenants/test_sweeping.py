"""What names people is not kept for ever: links, invitations and sessions that ended long ago."""

from __future__ import annotations

from registry.identity.rules import Role
from tests.registry.house import House
from tests.registry.neighbours import Post, join, session_of


def counts(house: House) -> tuple[int, int, int]:
    tables = ("invitation", "mailed_proof", "sign_in")
    rows = [house.ask(f"SELECT count(*) FROM {table}")[0][0] for table in tables]  # noqa: S608 - names of this test
    return rows[0], rows[1], rows[2]


def test_each_goes_in_its_time(house: House) -> None:
    admin = join(house, "admin", house.people.member, Role.ORG_ADMIN)
    before = counts(house)[2]
    session_of(house, admin)
    invitations, sweep = house.side.tenants.invitations, house.side.tenants.sweeping.sweep
    for name in ("one", "two"):
        invitations.invite(admin, f"{name}@elsewhere.example", ["member"], "en")
    Post(house).collect()
    invitations.revoke(admin, invitations.waiting(admin)[0].id)
    sweep()
    assert counts(house) == (2, 2, before + 1)
    house.clock.forward(days=16)
    sweep()
    assert counts(house) == (2, 0, before + 1)
    house.clock.forward(days=16)
    sweep()
    assert counts(house) == (2, 0, 0)
    house.clock.forward(days=59)
    sweep()
    assert counts(house) == (1, 0, 0)
    house.clock.forward(days=14)
    sweep()
    assert counts(house) == (0, 0, 0)
    assert len(house.ask("SELECT id FROM audit_event WHERE action = 'invite'")) == 2
