"""A word that nearly all records hold weighs next to nothing and still finds them."""

from __future__ import annotations

import pytest

from tests.search.conftest import Ask, Index
from tests.search.factories import record


@pytest.mark.parametrize("held", [700, 699])
def test_a_word_of_all_records_finds_all_of_them(index: Index, ask: Ask, held: int) -> None:
    engine = index(
        record(id=f"one:{number}", title="A scoring model" if number < held else "A robot")
        for number in range(700)
    )
    assert engine.search(ask("model")).total == held
    assert engine.search(ask("model nowhere")).total == held
    assert engine.search(ask("model robot")).total == 700
