"""What docs/limits.md says is what the table says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from api.limits import MINUTE, TABLE, By
from registry.config import PREFIX, Settings

PAGE = (Path(__file__).parent.parent / "docs" / "limits.md").read_text("utf-8")


def test_the_page_has_the_numbers_of_the_table() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\d*) ?\| (\d*) ?\| (\d*) ?\|$", PAGE, re.MULTILINE)
    told = {
        name: {by: int(number) for by, number in zip(By, numbers, strict=True) if number}
        for name, *numbers in rows
    }
    assert told == TABLE
    assert MINUTE == 60


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", PAGE))
    assert len(named) >= 4
    assert named <= {item.name.upper() for item in fields(Settings)}
