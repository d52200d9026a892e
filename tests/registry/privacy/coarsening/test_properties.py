"""What holds for every account and every choice of rungs."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.account import Account, check
from registry.privacy.coarsening import Levels, coarsen, finest, first_shared, outline, rungs
from registry.privacy.coarsening.marks import is_looked_for, stands_in
from taxonomy import load
from tests.registry.privacy.coarsening.samples import accounts, levels

TODAY = date(2026, 11, 24)
TAXONOMY = load()
Raw = dict[str, Any]
WORDS = ("title", "text", "response", "entities")


def told(raw: Raw) -> Raw:
    """An account as it is kept."""
    return Account.from_json(raw).to_json()


@given(accounts, levels)
@settings(max_examples=300, deadline=None)
def test_it_stays_an_account_and_is_what_it_says(raw: Raw, chosen: Levels) -> None:
    if check(raw, TAXONOMY, TODAY, complete=False):
        return
    before = deepcopy(raw)
    found = coarsen(raw, chosen)
    assert raw == before
    assert check(found.account, TAXONOMY, TODAY, complete=False) == []
    after, wanted = finest(found.account), chosen.joined(finest(raw))
    assert after.covers(chosen.joined(finest(raw)))
    assert [code.partition(":")[0] for code in found.generalised] == [
        name for name in chosen.to_json() if after.at(name) > finest(raw).at(name)
    ]
    assert after.date == wanted.date


@given(accounts, levels)
@settings(max_examples=200, deadline=None)
def test_twice_is_once(raw: Raw, chosen: Levels) -> None:
    once = coarsen(raw, chosen)
    again = coarsen(once.account, chosen)
    assert told(again.account) == told(once.account)
    assert again.generalised == ()


@given(accounts, levels, levels)
@settings(max_examples=300, deadline=None)
def test_further_on_nothing_comes_back(raw: Raw, here: Levels, there: Levels) -> None:
    """Going on from where one stands gives what going there at once gives: nothing more was in between."""
    further = here.joined(there)
    direct, on = coarsen(raw, further).account, coarsen(coarsen(raw, here).account, further).account
    for part in (*WORDS, "language"):
        direct.pop(part, None)
        on.pop(part, None)
    assert told(direct) == told(on)


@given(accounts, levels, levels)
@settings(max_examples=200, deadline=None)
def test_no_name_that_went_can_be_read(raw: Raw, here: Levels, there: Levels) -> None:
    further = here.joined(there)
    entities = raw.get("entities") or {}
    gone = []
    if here.system == "type":
        gone += entities.get("systems", [])
    if here.place not in ("exact", "district"):
        gone += [(raw.get("place") or {}).get("district") or ""]
    shown = coarsen(raw, further).account
    texts = [shown.get("title", ""), shown.get("text", ""), *(shown.get("response") or {}).values()]
    for name in gone:
        if is_looked_for(name):
            assert not any(stands_in(name, text) for text in texts), (name, texts)


def systems(raw: Raw) -> list[str]:
    """The names of systems that an account gives."""
    return (raw.get("entities") or {}).get("systems") or []


ONE_DAY = {"title": "x", "text": "x", "happened": {"from": "2023-11-02", "to": "2023-11-02"}}
"""The same day typed twice is that day: a reader of the record cannot tell."""


@given(accounts, accounts, levels, levels)
@example(ONE_DAY, ONE_DAY | {"happened": {"from": "2023-11-02"}}, Levels(), Levels())
@settings(max_examples=300, deadline=None)
def test_the_less_exact_a_report_the_more_look_like_it(
    raw: Raw, other: Raw, here: Levels, there: Levels
) -> None:
    """``first_shared`` says of the original what comparing each less exact account would say."""
    first = first_shared(outline(raw), outline(other))
    further = rungs(here.joined(there))
    if first is not None and all(a >= b for a, b in zip(rungs(here), first, strict=True)):
        assert all(a >= b for a, b in zip(further, first, strict=True))
    shown = coarsen(raw, here).account
    if any(name not in systems(raw) for name in systems(shown)):
        return  # a system that bears the name of a party went with it: less is shown than was counted
    alike = first_shared(outline(shown), outline(other))
    reached = first is not None and all(a >= b for a, b in zip(rungs(here), first, strict=True))
    standing = alike is not None and all(a >= b for a, b in zip(rungs(here), alike, strict=True))
    assert reached == standing


@given(accounts)
def test_everything_looks_like_itself(raw: Raw) -> None:
    ours = outline(raw)
    assert first_shared(ours, ours) == (0,) * 6


@given(st.text(max_size=40), st.text(min_size=1, max_size=8))
@example("º00", "º00")  # a degree after a mark is one as after a digit
@example("00_", "00_")  # a mark is no edge that was not there before
@settings(max_examples=200)
def test_no_text_and_no_name_breaks_it(text: str, name: str) -> None:
    raw = {"title": text, "text": text + name + text, "entities": {"systems": [name]}}
    found = coarsen(raw, Levels(system="type")).account
    if name.casefold() in "[system-1]":
        return  # it is in the very mark
    assert not (is_looked_for(name) and stands_in(name, found["text"]))
