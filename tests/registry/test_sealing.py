"""Sealed texts: opened by the same key and purpose, by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.sealing import SealBroken, Sealer

KEY, OTHER = "k" * 40, "o" * 40


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_what_was_sealed_can_be_opened_and_is_ascii(text: str) -> None:
    sealed = Sealer(KEY).seal(text, "totp")
    assert sealed.isascii()
    assert Sealer(KEY).open(sealed, "totp") == text


def test_another_key_or_purpose_opens_nothing() -> None:
    sealed = Sealer(KEY).seal("JBSWY3DPEHPK3PXP", "totp")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    with pytest.raises(SealBroken):
        Sealer(OTHER).open(sealed, "totp")
    with pytest.raises(SealBroken):
        Sealer(KEY).open(sealed, "provider")


def test_the_same_text_looks_different_each_time() -> None:
    assert len({Sealer(KEY).seal("same", "totp") for _ in range(50)}) == 50


@given(st.integers(min_value=0, max_value=10_000), st.permutations("ABCxyz019-_"))
def test_a_changed_seal_is_noticed(anywhere: int, letters: list[str]) -> None:
    # A seal differs from run to run, so what is drawn must not depend on it.
    sealed = Sealer(KEY).seal("a secret", "totp")
    at = 3 + anywhere % (len(sealed) - 4)
    other = next(letter for letter in letters if letter != sealed[at])
    with pytest.raises(SealBroken):
        Sealer(KEY).open(sealed[:at] + other + sealed[at + 1 :], "totp")


@pytest.mark.parametrize("rubbish", ["", "s1.", "s1.AAAA", "not base64 at all!", "é"])
def test_rubbish_is_broken_and_nothing_worse(rubbish: str) -> None:
    with pytest.raises(SealBroken):
        Sealer(KEY).open(rubbish, "totp")
