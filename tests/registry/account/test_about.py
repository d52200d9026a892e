"""Whom an account is about, however the name is written."""

from __future__ import annotations

import pytest

from registry.account import Account
from registry.account.about import folded, speaks_of_any

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


def test_texts_of_ascii_alone_are_folded_as_all_others() -> None:
    """They take a way of their own; with a sign that nobody sees they take the long one."""
    letters = [chr(number) for number in range(128)]
    for text in ("".join(letters), *letters, *(f" A{letter}\tB{letter} " for letter in letters)):
        assert folded(text) == folded(f"\u200b{text}\u200b")


def test_an_account_speaks_of_any_of_several_names() -> None:
    account = Account.from_json(
        {"text": "The clerk at LAKE\u00a0Health said so.", "links": ["https://réseau.example"]}
    )
    assert speaks_of_any(account, ["River Schools", "Lake Health"])
    assert speaks_of_any(account, ["réseau"])
    assert not speaks_of_any(account, ["River Schools", "", " .,"])
    assert not speaks_of_any(account, [])
