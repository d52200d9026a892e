"""Text files: what they may hold, and what becomes of letters that hide or turn others."""

from __future__ import annotations

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.attachments.texts import HIDDEN_MAX, NotText, plain
from tests.pace import timed


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"\xef\xbb\xbfwith a mark", "with a mark"),
        (b"a\tb", "a\tb"),
        (b"\x1b[1;31mred\x1b[0m", "red"),
        (b"\x1b]0;title\x07shown", "shown"),
        (b"bell \x07", "bell [U+0007]"),
        (b"half \x1b[", "half [U+001B]["),
        ("pay \u202e01$\u202c now", "pay [U+202E]01$[U+202C] now"),
        ("\u2066hidden\u2069", "[U+2066]hidden[U+2069]"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("tag \U000e0041\U000e0042", "tag [U+E0041][U+E0042]"),
        ("selector a\U000e0100", "selector a[U+E0100]"),
        ("a\u2028b\u2029c\x0cd", "a\nb\nc\nd"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200fعربي\u200e", "\u200fعربي\u200e"),
        ("क्\u200dष", "क्\u200dष"),
        ("❤\ufe0f 1\ufe0f\u20e3", "❤\ufe0f 1\ufe0f\u20e3"),
        ("word\ufe0f", "word[U+FE0F]"),
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("\u0600\u0661", "\u0600\u0661"),
    ],
)
def test_what_is_kept(raw: bytes | str, kept: str) -> None:
    assert plain(raw.encode() if isinstance(raw, str) else raw) == kept


@pytest.mark.parametrize(
    "raw",
    [
        b"\x00",
        b"a\x00b",
        b"\xff\xfea\x00",
        b"\x80",
        b"caf\xe9",
        "half \ud800".encode("utf-8", "surrogatepass"),
        "\u202e".encode() * (HIDDEN_MAX + 1),
    ],
)
def test_what_is_no_text(raw: bytes) -> None:
    with pytest.raises(NotText):
        plain(raw)


@given(st.text(max_size=60))
def test_nothing_that_turns_or_hides_is_left(text: str) -> None:
    try:
        kept = plain(text.encode())
    except (NotText, UnicodeEncodeError):
        return
    assert plain(kept.encode()) == kept
    for character in kept:
        assert unicodedata.bidirectional(character) not in {
            *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"),
        }
        assert unicodedata.category(character) != "Cc" or character in "\n\t"


@pytest.mark.parametrize(
    "pump", ["\x1b", "\x1b[", "\x1b]", "\x1b[1;", "\r", "\u200b", "❤\ufe0f", "a\ufe0f", "\u202e\x1b]"]
)
def test_ten_megabytes_of_anything_take_no_time(pump: str) -> None:
    raw = pump.encode() * (2_000_000 // len(pump.encode()))

    def read() -> None:
        with suppress(NotText):
            plain(raw)

    assert timed(read)[1] < 0.5
