"""Whom an account is about, however the name is written."""

from __future__ import annotations

import pytest

from registry.account.about import folded

NAME = "Réseau Œil"


@pytest.mark.parametrize(
    "written",
    [
        "Re\u0301seau Œil",  # the accent as a sign of its own
        "  réseau   œil ",
        "RÉSEAU ŒIL",
        "Réseau Œil\u200f",
        "Ré\u200bseau Œil",
        "\u202aRéseau Œil\u202c",
        "Réseau Œil.",
        "Ｒéseau Œil",
        "Réseau\u00a0Œil",
    ],
)
def test_a_name_is_one_however_it_is_written(written: str) -> None:
    assert folded(written) == folded(NAME)


@pytest.mark.parametrize("other", ["Reseau Œil", "Réseau Œils", "Réseau", "Le Réseau Œil"])
def test_another_name_is_another(other: str) -> None:
    assert folded(other) != folded(NAME)


def test_folding_twice_changes_nothing() -> None:
    for text in (NAME, "Straße İstanbul ﬁ.", "Ａ.. ", "\u200f", "ΑΣ ς"):
        assert folded(folded(text)) == folded(text)
