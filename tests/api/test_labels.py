"""With whom a report is shared, as programs say it."""

from __future__ import annotations

import pytest

from registry.intake.labels import TOO_HIGH
from tests.api.live import Live
from tests.factories import account

PATH = "/api/v1/submissions"


def test_a_program_shares_with_partners_and_is_told_so(any_live: Live) -> None:
    made = any_live.member.post(PATH, {"account": account(), "tlp": "GREEN"})
    assert (made.status, made.json["tlp"]) == (201, "GREEN")
    assert any_live.member.get(f"{PATH}/{made.json['id']}").json["tlp"] == "GREEN"
    assert any_live.member.post(PATH, {"account": account()}).json["tlp"] == "CLEAR"


@pytest.mark.parametrize("label", ["AMBER", "AMBER+STRICT", "RED"])
def test_what_is_for_named_recipients_is_refused_with_a_sentence(any_live: Live, label: str) -> None:
    refused = any_live.member.post(PATH, {"account": account(), "tlp": label})
    assert refused.status == 422
    assert refused.json["errors"] == [{"pointer": "/tlp", "detail": TOO_HIGH}]
