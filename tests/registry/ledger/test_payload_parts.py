"""Payloads as bytes: what is written is read again, and nothing is read beyond what came."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.payload_parts import packed, unpacked
from registry.ledger.reading import PayloadLine
from registry.ledger.refusal import Refused

lines = st.lists(
    st.builds(
        PayloadLine,
        st.integers(0, 2**64 - 1),
        st.none(),
        st.binary(min_size=1, max_size=255),
        st.binary(max_size=300),
    )
)


@given(lines)
def test_what_is_written_is_read_again(written: list[PayloadLine]) -> None:
    assert list(unpacked(packed(written))) == [(one.index, one.salt, one.payload) for one in written]


def test_what_is_gone_has_neither_salt_nor_payload() -> None:
    assert packed([PayloadLine(258, "c0", None, None)]).hex() == "0000000000000102" + "00" + "00000000"
    assert list(unpacked(bytes(13))) == [(0, b"", b"")]


@given(lines.filter(bool), st.data())
def test_what_ends_within_a_part_is_refused(written: list[PayloadLine], data: st.DataObject) -> None:
    raw = packed(written)
    ends = {len(packed(written[:count])) for count in range(len(written) + 1)}
    cut = data.draw(st.integers(0, len(raw)).filter(lambda at: at not in ends))
    with pytest.raises(Refused) as refused:
        list(unpacked(raw[:cut]))
    assert refused.value.reason == "payloads-malformed"
