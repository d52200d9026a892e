"""What docs/attachments.md says is what the rules say."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from registry.config import PREFIX, Settings
from registry.intake.attachments import decoding, rules, sweeping

PAGE = " ".join((Path(__file__).parent.parent / "docs" / "attachments.md").read_text("utf-8").split())


@pytest.mark.parametrize(
    "said",
    [
        f"at most {rules.FILE_MAX // rules.MEGABYTE} MB",
        f"at most {rules.FILES_MAX} files and {rules.REPORT_MAX // rules.MEGABYTE} MB for a report",
        f"{rules.DAY_MAX // rules.MEGABYTE} MB a day for an organization",
        f"at most {rules.PIXELS_MAX // 10**6} million points (WebP {rules.WEBP_PIXELS_MAX // 10**6} million)",
        f"with {decoding.MEMORY // 10**6} MB of address space and {decoding.SECONDS} seconds",
    ],
)
def test_the_page_has_the_numbers_of_the_rules(said: str) -> None:
    assert said in PAGE


def test_what_goes_after_an_hour_and_a_day_does() -> None:
    assert (sweeping.GRACE.total_seconds(), sweeping.COUNTS.days) == (3600, 1)


def test_every_setting_it_names_exists() -> None:
    named = set(re.findall(rf"{PREFIX}([A-Z_]+)", PAGE))
    assert "ATTACHMENTS" in named
    assert named <= {item.name.upper() for item in fields(Settings)}
