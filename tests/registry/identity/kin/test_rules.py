"""Families and names, as rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import Conflict, Invalid
from registry.identity.kin.rules import (
    NAME_MAX,
    NAMES_MAX,
    family,
    folded,
    read_names,
    refuse_circle,
)

ONE = st.sampled_from("abcdef")
TREE = {"clinic": "network", "school": "network", "network": "trust", "other clinic": "other"}


@pytest.mark.parametrize("one", ["clinic", "school", "network", "trust"])
def test_all_below_one_top_are_family(one: str) -> None:
    assert family(TREE, one) == {"clinic", "school", "network", "trust"}


def test_others_are_not() -> None:
    assert family(TREE, "other clinic") == {"other clinic", "other"}
    assert family(TREE, "alone") == {"alone"}


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef"), max_size=6),
    st.sampled_from("abcdef"),
)
def test_a_family_ends_even_in_a_circle(parents: dict[str, str], one: str) -> None:
    assert one in family(parents, one)


@pytest.mark.parametrize("parent", ["network", "clinic", "trust"])
def test_nobody_belongs_to_their_own_child(parent: str) -> None:
    with pytest.raises(Conflict):
        refuse_circle(TREE, "trust", parent)


def test_a_new_parent_elsewhere_is_no_circle() -> None:
    refuse_circle(TREE, "trust", "other")


def test_names_are_read_one_a_line_and_once() -> None:
    assert read_names(" Open   Review\n\nOPEN REVIEW\r\nÄrzte ohne Namen ") == [
        "OPEN REVIEW",
        "Ärzte ohne Namen",
    ]
    assert folded("  STRASSE \t Straße") == "strasse strasse"


@pytest.mark.parametrize("text", ["x" * (NAME_MAX + 1), "\n".join(map(str, range(NAMES_MAX + 1)))])
def test_too_many_or_too_long_names_are_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_names(text)
    assert [problem.pointer for problem in refused.value.problems] == ["/names"]
