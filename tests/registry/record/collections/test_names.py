"""Readable names from slugs."""

from __future__ import annotations

import pytest

from registry.record.collections.names import Wording, is_placeholder

TEXT = "A model of xFold was used by Lake Health Clinic's staff and by ACME. Saint-Lô Aid objected."


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("lake-health-clinic", "Lake Health Clinic"),
        ("lake-health-clinic-patients", "Lake Health Clinic patients"),
        ("xfold", "xFold"),
        ("acme", "ACME"),
        ("saint-lô-aid", "Saint-Lô Aid"),
        ("river-relief", "River relief"),
        ("river-police-department", "River Police Department"),
        ("google-users", "Google users"),
        ("ministry-of-water", "Ministry of Water"),
        ("o'brien_and.co!", "O'brien_and.co!"),
        ("staff", "Staff"),
        ("", ""),
    ],
)
def test_a_slug_is_written_as_the_text_writes_it_or_in_plain_case(slug: str, name: str) -> None:
    assert Wording(TEXT).readable(slug) == name


@pytest.mark.parametrize(
    "name", ["unknown", "unknown-chatbot-developers", "Unknown", "none", "n/a", "N/A", "", "-"]
)
def test_placeholders_are_no_entities(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize("name", ["unnamed-student", "nonesuch-ltd", "national-aid", "unknownworlds"])
def test_other_names_are_no_placeholders(name: str) -> None:
    assert not is_placeholder(name)
