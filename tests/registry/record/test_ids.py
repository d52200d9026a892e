"""Identifiers: one strict pattern, made and read alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.record.ids import air_id, external_id, is_air_id, is_record_id
from tests.registry.house import NODE


def test_an_id_names_node_year_and_serial() -> None:
    assert air_id(NODE, 2026, 1) == "AIR-ABCDEFGHIJ-2026-000001"
    assert air_id(NODE, 2026, 999_999) == "AIR-ABCDEFGHIJ-2026-999999"
    assert air_id(NODE, 2026, 1_000_000) == "AIR-ABCDEFGHIJ-2026-1000000"


@pytest.mark.parametrize(
    ("node", "year", "serial"),
    [
        ("SHORT", 2026, 1),
        ("abcdefghij", 2026, 1),
        ("ABCDEFGHI0", 2026, 1),
        (NODE, 2026, 10**9),
        (NODE, 2026, -1),
    ],
)
def test_an_impossible_id_is_not_made(node: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError, match="AIR-"):
        air_id(node, year, serial)


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=10, max_size=52), st.integers(1, 10**9 - 1))
def test_every_id_that_is_made_is_recognised(node: str, serial: int) -> None:
    made = air_id(node, 2026, serial)
    assert is_air_id(made)
    assert is_record_id(made)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AIR-ABCDEFGHIJ-2026-00001",
        "AIR-ABCDEFGHIJ-2026-0000001",
        "air-ABCDEFGHIJ-2026-000001",
        "AIR-ABCDEFGHIJ-26-000001",
        "AIR-ABCDEFGHI1-2026-000001",
        " AIR-ABCDEFGHIJ-2026-000001",
        "AIR-ABCDEFGHIJ-2026-000001\n",
        "AIR-ABCDEFGHIJ-2026-00000١",
    ],
)
def test_what_only_looks_like_an_id_is_not_one(text: str) -> None:
    assert not is_air_id(text)
    assert not is_record_id(text)


@pytest.mark.parametrize(
    ("collection", "source"), [("aiid", "123"), ("avid", "AVID-2022-R0001"), ("atlas", "AML.CS0000")]
)
def test_foreign_ids_carry_their_collection(collection: str, source: str) -> None:
    made = external_id(collection, source)
    assert made == f"{collection}:{source}"
    assert is_record_id(made)
    assert not is_air_id(made)


@pytest.mark.parametrize(
    ("collection", "source"),
    [
        ("AIID", "1"),
        ("aiid", ""),
        ("aiid", "a b"),
        ("aiid", "x" * 81),
        ("a", "1"),
        ("aiid", "../1"),
        ("aiid", "1\n"),
    ],
)
def test_an_impossible_foreign_id_is_not_made(collection: str, source: str) -> None:
    with pytest.raises(ValueError, match=":"):
        external_id(collection, source)


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_record_id(text) in (True, False)
