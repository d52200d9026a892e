"""The same thing has the same placeholder within a report, however it is written."""

from __future__ import annotations

import pytest

from registry.privacy import Hidden, Kind, hide, scan
from registry.privacy.findings import Finding


def hidden(text: str, language: str = "en", memory: Hidden | None = None) -> str:
    return hide(text, [one for one in scan(text, language) if one.certain], memory or Hidden())


def test_findings_become_numbered_placeholders() -> None:
    text = "Call +254 712 345 678 or +254 733 111 222, or write to a.b@clinic.example."
    assert hidden(text) == "Call [PHONE-1] or [PHONE-2], or write to [EMAIL-1]."


@pytest.mark.parametrize(
    "again", ["+254-712-345-678", "+254712345678", "+٢٥٤ ٧١٢ ٣٤٥ ٦٧٨", "＋254\u200b 712 345 678"]
)
def test_another_spelling_is_the_same_thing(again: str) -> None:
    assert hidden(f"Call +254 712 345 678. Again: call {again}!") == "Call [PHONE-1]. Again: call [PHONE-1]!"


def test_case_makes_no_other_address() -> None:
    assert hidden("A.B@Clinic.example, a.b@clinic.EXAMPLE") == "[EMAIL-1], [EMAIL-1]"


def test_one_memory_counts_over_all_fields_of_a_report() -> None:
    memory = Hidden()
    assert hidden("call +254 712 345 678", memory=memory) == "call [PHONE-1]"
    assert hidden("call +254 733 111 222 or +254 712 345 678", memory=memory) == "call [PHONE-2] or [PHONE-1]"


def test_another_report_begins_anew() -> None:
    assert hidden("call +254 733 111 222") == "call [PHONE-1]"


def test_the_same_characters_of_another_kind_are_another_thing() -> None:
    memory = Hidden()
    assert memory.placeholder(Kind.PHONE, "123") == "[PHONE-1]"
    assert memory.placeholder(Kind.CHECKED_ID, "123") == "[CHECKED-ID-1]"


def test_without_findings_the_text_stays() -> None:
    assert hide("nothing", [], Hidden()) == "nothing"


def test_findings_may_come_in_any_order() -> None:
    found = [Finding(4, 5, Kind.PERSON, certain=False), Finding(0, 1, Kind.PERSON, certain=False)]
    assert hide("a b c", found, Hidden()) == "[PERSON-1] b [PERSON-2]"
