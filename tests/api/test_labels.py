"""With whom a report is shared, as programs say it."""

from __future__ import annotations

import pytest

from registry.intake.labels import HIGHER, TOO_HIGH, Label
from tests.api.live import Live
from tests.factories import account
from tests.registry.intake.bulk.making import as_csv

PATH = "/api/v1/submissions"


def test_a_program_shares_with_partners_and_is_told_so(any_live: Live) -> None:
    made = any_live.member.post(PATH, {"account": account(), "tlp": "GREEN"})
    assert (made.status, made.json["tlp"]) == (201, "GREEN")
    assert any_live.member.get(f"{PATH}/{made.json['id']}").json["tlp"] == "GREEN"
    assert any_live.member.post(PATH, {"account": account()}).json["tlp"] == "CLEAR"


def test_rows_of_a_file_have_the_labels_of_reports_that_come_alone(any_live: Live) -> None:
    raw = as_csv([["title", "TLP"], *([f"Shared {label.value}", f"TLP:{label.value}"] for label in Label)])
    told = any_live.member.post(f"{PATH}/bulk?store=true&as=draft", raw, Content_Type="text/csv").json
    found = [any_live.member.get(f"{PATH}/{row['id']}").json["tlp"] for row in told["rows"]]
    assert found == [label.value for label in Label]


@pytest.mark.parametrize("label", sorted(HIGHER))
def test_a_row_for_named_recipients_is_refused_with_the_same_sentence(any_live: Live, label: str) -> None:
    raw = as_csv([["title", "TLP"], ["Not for us", f"TLP:{label}"]])
    refused = any_live.member.post(f"{PATH}/bulk?store=true&as=draft", raw, Content_Type="text/csv")
    assert refused.status == 422
    assert refused.json["errors"] == [{"pointer": "/rows/2/classification/tlp", "detail": f"TLP: {TOO_HIGH}"}]


@pytest.mark.parametrize("label", sorted(HIGHER))
def test_what_is_for_named_recipients_is_refused_with_a_sentence(any_live: Live, label: str) -> None:
    refused = any_live.member.post(PATH, {"account": account(), "tlp": label})
    assert refused.status == 422
    assert refused.json["errors"] == [{"pointer": "/tlp", "detail": TOO_HIGH}]
