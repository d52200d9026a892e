"""Sealed bytes: opened by their own key and context, by nothing else, and not after one bit was turned."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.intake.vault import boxes
from registry.sealing import SealBroken

KEYS = st.binary(min_size=boxes.KEY_BYTES, max_size=boxes.KEY_BYTES)
CONTEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
RAW = st.binary(max_size=400)
NAMES = st.binary(min_size=1, max_size=40)


@given(KEYS, RAW, CONTEXTS)
def test_what_was_sealed_can_be_opened(key: bytes, raw: bytes, context: str) -> None:
    assert boxes.unseal(key, boxes.seal(key, raw, context), context) == raw


@given(KEYS, st.binary(min_size=8, max_size=400), CONTEXTS)
def test_a_seal_shows_nothing_and_differs_each_time(key: bytes, raw: bytes, context: str) -> None:
    one, other = boxes.seal(key, raw, context), boxes.seal(key, raw, context)
    assert raw not in one
    assert one != other


@given(KEYS, KEYS, RAW, CONTEXTS, CONTEXTS)
def test_another_key_or_context_opens_nothing(
    key: bytes, other_key: bytes, raw: bytes, context: str, other: str
) -> None:
    assume(key != other_key and context != other)
    sealed = boxes.seal(key, raw, context)
    with pytest.raises(SealBroken):
        boxes.unseal(other_key, sealed, context)
    with pytest.raises(SealBroken):
        boxes.unseal(key, sealed, other)


@given(KEYS, RAW, CONTEXTS, st.data())
def test_one_turned_bit_is_refused(key: bytes, raw: bytes, context: str, data: st.DataObject) -> None:
    sealed = bytearray(boxes.seal(key, raw, context))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SealBroken):
        boxes.unseal(key, bytes(sealed), context)


@given(KEYS, st.binary(max_size=60), CONTEXTS)
def test_rubbish_is_broken_and_nothing_worse(key: bytes, rubbish: bytes, context: str) -> None:
    with pytest.raises(SealBroken):
        boxes.unseal(key, rubbish, context)
    with pytest.raises(SealBroken):
        boxes.unveil(key, rubbish.hex() + "g", context)


@given(KEYS, NAMES, CONTEXTS)
def test_a_veiled_name_is_the_same_each_time_and_comes_back(key: bytes, name: bytes, context: str) -> None:
    veiled = boxes.veil(key, name, context)
    assert veiled == boxes.veil(key, name, context)
    assert boxes.unveil(key, veiled, context) == name


@given(KEYS, KEYS, NAMES, CONTEXTS, CONTEXTS)
def test_names_and_marks_of_two_keys_or_contexts_have_nothing_in_common(
    key: bytes, other_key: bytes, name: bytes, context: str, other: str
) -> None:
    assume(key != other_key and context != other)
    assert len({boxes.veil(*pair, other) for pair in ((key, name), (other_key, name))}) == 2
    assert boxes.veil(key, name, context) != boxes.veil(key, name, other)
    marks = {
        boxes.mark(key, name, context),
        boxes.mark(other_key, name, context),
        boxes.mark(key, name, other),
    }
    assert len(marks) == 3
    with pytest.raises(SealBroken):
        boxes.unveil(key, boxes.veil(key, name, context), other)
    with pytest.raises(SealBroken):
        boxes.unveil(other_key, boxes.veil(key, name, context), context)
