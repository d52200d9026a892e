"""Canonical bytes (RFC 8785) and the digests over them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.record.canonical import canonical, commitment, content_digest, digest
from registry.record.types import PublicRecord, Relation
from tests.registry.record.samples import incoming, record, told


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    # RFC 8785 section 3.2.2, with its result in 3.2.3 (shown there as text).
    document = json.loads(
        '{"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],'
        ' "string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/",'
        ' "literals": [null, true, false]}'
    )
    assert canonical(document).decode("utf-8") == (
        '{"literals":[null,true,false],'
        '"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_keys_are_sorted_by_utf_16_units() -> None:
    # RFC 8785 section 3.2.3: an astral character sorts by its first surrogate, before U+FB33.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = json.loads(
        canonical(dict.fromkeys(keys, 0)), object_pairs_hook=lambda pairs: [k for k, _ in pairs]
    )
    assert written == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), json_values, max_size=5)
)
def test_canonical_bytes_keep_the_meaning_and_ignore_the_order(document: dict[str, Any]) -> None:
    turned = dict(reversed(document.items()))
    assert canonical(document) == canonical(turned)
    assert json.loads(canonical(document)) == document


def test_a_record_comes_back_from_its_payload() -> None:
    whole = record()
    assert PublicRecord.from_json(json.loads(canonical(whole.to_json()))) == whole


def test_a_digest_is_the_sha_256_of_the_canonical_payload() -> None:
    assert digest(record()) == hashlib.sha256(canonical(record().to_json())).hexdigest()
    assert digest(record()) != digest(record(revision=2))


def test_a_commitment_needs_its_salt() -> None:
    plain = hashlib.sha256(canonical(record().to_json())).hexdigest()
    salted = {commitment(bytes([n]) * 32, record()) for n in range(3)}
    assert len(salted) == 3
    assert plain not in salted
    assert commitment(b"s" * 32, record()) == commitment(b"s" * 32, record())


@pytest.mark.parametrize(
    "change",
    [
        {"account": told(title="Another title")},
        {"derived": ()},
        {"raw": {"cset": {"Harm Level": ["two"]}}},
        {"related": (Relation("about", "aiid:2"),)},
        {"provenance": replace(record().provenance, licence="CC0")},
        {"provenance": replace(record().provenance, attribution="Others")},
        {"provenance": replace(record().provenance, url="https://example.org/2")},
    ],
)
def test_any_change_of_content_changes_its_digest(change: dict[str, Any]) -> None:
    assert content_digest(incoming(**change)) != content_digest(incoming())


def test_the_order_of_raw_fields_is_no_change() -> None:
    turned = {"cset": dict(reversed(list(record().raw["cset"].items())))}
    assert content_digest(incoming(raw=turned)) == content_digest(incoming())


def test_own_codes_come_before_derived_ones_and_none_twice() -> None:
    codes = record().codes()
    assert codes["harm"] == ("harm/injury",)
    assert codes["failure"] == ("failure/unsafe-advice", "failure/fabrication")
    assert codes["audience"] == ("audience/affected",)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 2**53, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["a", "b", "é", "\U0001f600", "\ufb33", "c\n"]), VALUES))
def test_the_fast_way_writes_no_other_bytes(document: dict[str, Any]) -> None:
    try:
        expected = rfc8785.dumps(document)
    except rfc8785.CanonicalizationError:
        with pytest.raises(rfc8785.CanonicalizationError):
            canonical(document)
        return
    assert canonical(document) == expected


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", float("nan")])
def test_what_has_no_such_form_is_refused(value: object) -> None:
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical({"a": [value]})
