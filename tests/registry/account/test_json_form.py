"""Whatever arrives, the check answers; whatever it lets through survives its own JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.account import Account, check
from registry.account.blank import is_blank
from registry.account.types import MILESTONES, NARRATIVES, PARTIES, TOLD_STATES
from registry.record.canonical import canonical
from taxonomy import load
from tests.factories import account

TODAY = date(2026, 11, 24)
TAXONOMY = load()

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
keys = st.sampled_from(
    [*account(), *MILESTONES, *NARRATIVES, *PARTIES, *TAXONOMY.facets, "from", "to", "answer", "hours"]
) | st.text(max_size=5)
anything = st.recursive(
    scalars | st.sampled_from(["2026", "after", "KE", "audience/none", "harm/none"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
shaped = st.fixed_dictionaries({}, optional=dict.fromkeys(account(), anything))

words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20).filter(
    lambda text: not is_blank(text)
)
dates = st.sampled_from(["1990", "2024-02", "2024-02-29"])
hours = st.integers(0, 1000)
intervals = (
    st.none()
    | st.fixed_dictionaries({"answer": st.just("after"), "hours": hours})
    | st.fixed_dictionaries(
        {"answer": st.sampled_from(["not-yet", "unknown", "withheld"])}, optional={"hours": st.none()}
    )
)
audiences = [code for code in TAXONOMY.facets["audience"].values if code != "audience/none"]
told = st.lists(
    st.fixed_dictionaries({"audience": st.sampled_from(audiences), "state": st.sampled_from(TOLD_STATES)}),
    max_size=3,
    unique_by=lambda entry: entry["audience"],
)
good = st.fixed_dictionaries(
    {},
    optional={
        "title": st.none() | words,
        "language": st.none() | st.sampled_from(["en", "ar", "pt-BR"]),
        "text": st.none() | words,
        "happened": st.none()
        | st.just({})
        | st.fixed_dictionaries({"from": dates}, optional={"to": st.none()}),
        "countries": st.none() | st.lists(st.sampled_from(["KE", "FR"]), max_size=2, unique=True),
        "entities": st.none()
        | st.fixed_dictionaries({}, optional=dict.fromkeys(PARTIES, st.none() | st.lists(words, max_size=2))),
        "classification": st.none()
        | st.fixed_dictionaries({}, optional={"harm": st.sampled_from([[], ["harm/injury", "harm/death"]])}),
        "response": st.none()
        | st.fixed_dictionaries(
            {},
            optional={"detected": intervals, "closed": intervals, "told": st.none() | told}
            | dict.fromkeys(NARRATIVES, st.none() | words),
        ),
        "links": st.none() | st.just(["https://example.org/ü"]),
    },
)


def survives(raw: dict[str, Any]) -> None:
    """Building an account, its JSON, its canonical bytes and the way back all work and agree."""
    built = Account.from_json(raw)
    written = built.to_json()
    assert json.loads(canonical(written)) == written
    assert Account.from_json(written) == built
    assert Account.from_json(written).to_json() == written


@given(anything | shaped)
def test_the_check_never_raises_and_what_it_passes_survives(raw: Any) -> None:
    for complete in (True, False):
        found = check(raw, TAXONOMY, TODAY, complete=complete)
        assert all(str(problem) for problem in found)
        if not found:
            survives(raw)


@given(good)
@settings(max_examples=200)
def test_a_good_account_survives_its_json(raw: dict[str, Any]) -> None:
    assert check(raw, TAXONOMY, TODAY, complete=False) == []
    survives(raw)


@pytest.mark.parametrize("field", list(account()))
def test_null_means_left_out(field: str) -> None:
    raw = account(**{field: None})
    assert check(raw, TAXONOMY, TODAY, complete=False) == []
    assert Account.from_json(raw) == Account.from_json({k: v for k, v in raw.items() if k != field})


def test_the_json_form_leaves_nothing_out() -> None:
    assert Account.from_json(account()).to_json() == account(happened={"from": "2026-03"})


def test_codes_come_from_classification_and_from_who_was_told() -> None:
    codes = Account.from_json(account()).codes()
    assert codes[0] == "kind/incident"
    assert codes[-1] == "audience/affected"
