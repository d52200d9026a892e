"""Whoever reads the database finds nothing there that lets a program in."""

from __future__ import annotations

from sqlalchemy import select

from registry.db.private import PrivateBase
from registry.identity.oauth.rules import Way
from registry.identity.secrets import hash_secret
from tests.registry.house import House

CALLBACK = "https://tool.example/done"
SCOPES = ("submissions:read",)


def everything(house: House) -> str:
    """All rows of all private tables as one text."""
    with house.private.read() as session:
        return "\n".join(
            str(tuple(row))
            for table in PrivateBase.metadata.sorted_tables
            for row in session.execute(select(table))
        )


def test_codes_tokens_and_secrets_are_stored_as_hashes_only(house: House) -> None:
    oauth, directory, member = house.side.oauth, house.side.directory, house.people.member
    service = directory.add_client("Lake Health", "Service", SCOPES, Way(bearer=True))
    way = Way(grant_types=("authorization_code", "refresh_token"), redirect_uris=(CALLBACK,))
    tool = directory.add_client("Lake Health", "Tool", SCOPES, way)
    code = oauth.credentials.give_code(member, tool.id, SCOPES, CALLBACK, "c" * 43)
    view = oauth.credentials.code(code, tool.id)
    assert view is not None
    first = oauth.credentials.redeem_code(view, refresh=True)
    assert first is not None
    used = oauth.credentials.refresh(first.refresh or "", tool.id)
    assert used is not None
    second = oauth.credentials.redeem_refresh(used)
    assert second is not None
    device = oauth.devices.start(tool.id, SCOPES)
    access = oauth.tokens.make_for_person(
        client_id=tool.id, subject=member.id, scopes=SCOPES, grant_id=second.grant_id
    )
    stored = everything(house)
    hashed = (
        service.token,
        service.secret,
        tool.secret,
        code,
        first.refresh,
        second.refresh,
        device.device_code,
    )
    for secret in hashed:
        assert secret
        assert secret not in stored
        assert hash_secret(secret) in stored, "it is this one that was kept"
    assert device.user_code not in stored
    assert device.user_code.replace("-", "") not in stored
    for part in access.split("."):
        assert part not in stored
