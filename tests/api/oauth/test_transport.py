"""Which addresses the server answers at: its own, whatever a proxy in front makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.errors import SettingError
from tests.api.oauth.conftest import KINDS, SECRET, Town, error
from web.app import create_app
from web.wiring import build, close

ENDPOINTS = ["token", "revoke", "introspect", "device"]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_proxy_that_speaks_plain_http_to_us_is_fine(town: Town, endpoint: str) -> None:
    answer = town.http.post(
        f"/oauth/{endpoint}",
        data={"grant_type": "client_credentials", "token": "x"},
        auth=(KINDS["service"], SECRET),
        base_url="http://internal.example",
    )
    assert answer.status_code == (400 if endpoint == "device" else 200), answer.text


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_node_that_people_reach_by_plain_http_gives_no_tokens(town: Town, endpoint: str) -> None:
    node = build(replace(town.node.settings, base_url="http://node.example"), town.clock)
    http = create_app(node).test_client()
    fields = {"grant_type": "client_credentials", "token": "x"}
    answer = http.post(f"/oauth/{endpoint}", data=fields, auth=(KINDS["service"], SECRET))
    assert error(answer) == (400, "insecure_transport")
    close(node)


def test_the_switch_for_insecure_transport_stops_the_start(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with pytest.raises(SettingError, match="AUTHLIB_INSECURE_TRANSPORT"):
        create_app(town.node)
