"""Envelopes: one form only, and a named reason for everything else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger.envelopes import (
    ENVELOPE_MAX,
    Coding,
    Envelope,
    Op,
    Standing,
    parse_envelope,
    require_next,
    standing,
)
from registry.ledger.hashing import leaf_hash
from registry.ledger.refusal import Refused

HOME = "K7Q2M4XDNB" + "A" * 42
RECORD = "AIR-K7Q2M4XDNB-2026-000123"
FIRST = Envelope(
    op=Op.CREATE,
    id=RECORD,
    revision=1,
    previous=None,
    home=HOME,
    tlp="CLEAR",
    kind="report",
    schema=1,
    tax=Coding("0.2.0", "en", ("harm/physical", "severity/minor")),
    commitment="a" * 64,
    size=2_000,
    day="2026-11-24",
)
SECOND = replace(FIRST, op=Op.REVISE, revision=2, previous=leaf_hash(FIRST.to_bytes()).hex())
ERASED = replace(
    FIRST, op=Op.ERASE, revision=2, previous="b" * 64, commitment=None, size=0, tax=Coding("0.2.0")
)
PLAIN = json.loads(FIRST.to_bytes())
REMOVED = object()


def changed(**fields: Any) -> bytes:
    """The first envelope with other fields, in canonical form."""
    whole = {name: value for name, value in (PLAIN | fields).items() if value is not REMOVED}
    return rfc8785.dumps(whole)


@pytest.mark.parametrize("envelope", [FIRST, SECOND, ERASED, replace(FIRST, tax=Coding("0.2.0", "pt-BR"))])
def test_an_envelope_is_read_as_it_was_written(envelope: Envelope) -> None:
    raw = envelope.to_bytes()
    assert parse_envelope(raw) == envelope
    assert rfc8785.dumps(json.loads(raw)) == raw
    assert len(raw) < 600


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "envelope-not-json"),
        (b"\xff", "envelope-not-json"),
        (b"[]", "envelope-not-object"),
        (b"[" * 1024, "envelope-not-json"),
        (FIRST.to_bytes().replace(b"en", b"\\u0065n"), "envelope-not-canonical"),
        (FIRST.to_bytes().replace(b'"en"', b'"\\ud800"'), "envelope-field"),
        (FIRST.to_bytes().replace(b'"size":2000', b'"size":NaN'), "envelope-field"),
        (FIRST.to_bytes().replace(b'"size":2000', b'"size":' + b"9" * 400), "envelope-field"),
        (b"{}", "envelope-field-missing"),
        (b" " + FIRST.to_bytes(), "envelope-not-canonical"),
        (json.dumps(PLAIN).encode(), "envelope-not-canonical"),
        (FIRST.to_bytes().replace(b'"rev":1', b'"rev":1.0'), "envelope-field"),
        (FIRST.to_bytes().replace(b'"rev":1', b'"rev":1,"rev":1'), "envelope-not-canonical"),
        (changed(v=2), "envelope-version"),
        (changed(v="1"), "envelope-version"),
        (changed(v=True), "envelope-version"),
        (changed(op="delete"), "envelope-op"),
        (changed(op=1), "envelope-field"),
        (changed(extra=1), "envelope-field-unknown"),
        (changed(tax=PLAIN["tax"] | {"note": "x"}), "envelope-field-unknown"),
        (changed(t=REMOVED), "envelope-field-missing"),
        (changed(t="2026-02-30"), "envelope-field"),
        (changed(t="2026-11-24T09:30:00Z"), "envelope-field"),
        (changed(rev=0), "envelope-field"),
        (changed(rev=True), "envelope-field"),
        (changed(rev="1"), "envelope-field"),
        (changed(prev="A" * 64), "envelope-field"),
        (changed(home=HOME.lower()), "envelope-field"),
        (changed(home=HOME[:10]), "envelope-field"),
        (changed(tlp="WHITE"), "envelope-field"),
        (changed(kind="Report"), "envelope-field"),
        (changed(commit="a" * 63), "envelope-field"),
        (changed(size=-1), "envelope-field"),
        (changed(size=1.5), "envelope-field"),
        (changed(tax=PLAIN["tax"] | {"codes": ["severity/minor", "harm/physical"]}), "envelope-field"),
        (changed(tax=PLAIN["tax"] | {"codes": ["harm/physical"] * 2}), "envelope-field"),
        (changed(tax=PLAIN["tax"] | {"codes": [f"harm/x{n}" for n in range(9)]}), "envelope-field"),
        (changed(tax=PLAIN["tax"] | {"codes": "harm/physical"}), "envelope-field"),
        (changed(tax=PLAIN["tax"] | {"version": "1"}), "envelope-field"),
        (changed(tax=None), "envelope-field"),
        (changed(id="AIR-AAAAAAAAAA-2026-000123"), "envelope-not-home"),
        (changed(id="aiid:1"), "envelope-field"),
        (changed(op="key-rotate"), "envelope-not-home"),
        (changed(rev=2), "envelope-sense"),
        (changed(prev="a" * 64), "envelope-sense"),
        (changed(op="revise"), "envelope-sense"),
        (changed(commit=None), "envelope-sense"),
        (changed(op="erase", rev=2, prev="b" * 64), "envelope-sense"),
        (changed(op="erase", rev=2, prev="b" * 64, commit=None), "envelope-sense"),
        (changed(extra="x" * ENVELOPE_MAX), "envelope-too-large"),
    ],
)
def test_what_is_refused_and_why(raw: bytes, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_envelope(raw)
    assert refused.value.reason == reason
    assert len(refused.value.text) < 250


def test_words_on_records_of_others_and_on_the_node_are_read() -> None:
    other = "AIR-AAAAAAAAAA-2026-000001"
    for op in (Op.ANNOTATE, Op.RELATE):
        assert parse_envelope(changed(op=op.value, id=other, rev=3, prev="c" * 64)).op is op
    assert parse_envelope(changed(op="ack-erase", id=other, rev=3, prev="c" * 64, commit=None, size=0))
    assert parse_envelope(changed(op="key-rotate", id=HOME)).op is Op.KEY_ROTATE


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    with pytest.raises(Refused):
        parse_envelope(raw)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.data())
def test_a_changed_byte_is_refused_or_read_as_it_stands(data: st.DataObject) -> None:
    raw = bytearray(SECOND.to_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = parse_envelope(bytes(raw))
    except Refused:
        return
    assert found.to_bytes() == bytes(raw)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.dictionaries(
        st.sampled_from(sorted(PLAIN)),
        st.recursive(
            st.none() | st.booleans() | st.integers(1 - 2**53, 2**53 - 1) | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
            ),
        ),
    )
)
def test_wrong_types_never_break_the_reader(fields: dict[str, Any]) -> None:
    raw = changed(**fields)
    try:
        found = parse_envelope(raw)
    except Refused:
        return
    assert found.to_bytes() == raw


def test_revisions_follow_each_other() -> None:
    first = standing(FIRST, FIRST.to_bytes())
    require_next(FIRST, None)
    require_next(SECOND, first)
    last = Standing(5, "d" * 64, Op.ERASE)
    wrong = [
        (SECOND, None),
        (FIRST, first),
        (SECOND, replace(first, leaf="e" * 64)),
        (replace(SECOND, revision=3), first),
        (replace(SECOND, revision=6, previous="d" * 64), last),
    ]
    for envelope, before in wrong:
        with pytest.raises(Refused) as refused:
            require_next(envelope, before)
        assert refused.value.reason == "revision-order"
