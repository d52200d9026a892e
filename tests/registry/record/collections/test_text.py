"""Foreign text made harmless."""

from __future__ import annotations

import time

import pytest

from registry.record.collections.markup import link_targets, plain
from registry.record.collections.raw import CELL_MAX, clean_raw
from registry.record.collections.text import one_line, paragraphs, shorten, web_links


def test_controls_and_hidden_characters_go() -> None:
    assert one_line("a\x00b\x1b[31m \u202ec\u200bd\ue000\ud800 \U000e0041e\n f", 50) == "ab[31m cd\ue000 e f"


def test_paragraphs_keep_their_breaks_and_nothing_more() -> None:
    assert paragraphs("  one  \r\ntwo\n\n\n\n\nthree\t!", 50) == "one\ntwo\n\nthree !"


def test_long_text_ends_with_an_ellipsis_within_the_limit() -> None:
    cut = shorten("word " * 100, 50)
    assert len(cut) <= 50
    assert cut.endswith("word…")
    assert len(shorten("x" * 300, 200)) == 200


def test_only_addresses_that_may_be_shown_become_links() -> None:
    given = [
        "https://example.org/a",
        " https://example.org/a ",
        "javascript:alert(1)",
        "https://u:p@example.org",
        "ftp://example.org",
        "https://example.org/" + "x" * 600,
        "",
    ]
    assert web_links(given) == ["https://example.org/a"]
    assert len(web_links(f"https://example.org/{n}" for n in range(50))) == 20


def test_html_becomes_text() -> None:
    given = (
        '<div style="x">One &amp; two<br>three</div><script>alert("x")</script>'
        '<!-- no --><ul><li>a</li><li>b</li></ul><a href="https://example.org">link</a>'
    )
    assert [line for line in paragraphs(plain(given), 200).split("\n") if line] == [
        "One & two",
        "three",
        "- a",
        "- b",
        "link",
    ]


def test_words_in_angle_brackets_that_are_no_html_stay() -> None:
    given = "Versions <= 2.8 of List<String> fail when <system_prompt> is sent, 3 < 4."
    assert plain(given) == given


def test_markdown_and_footnotes_become_text() -> None:
    given = (
        "# Head\nA **bold** _word_, a [link](https://example.org/x), `code`, a note.[<sup>\\[1\\]</sup>][1]\n"
        '\n[1]: https://example.org/note "A note\nover two lines"\n'
    )
    assert paragraphs(plain(given), 300) == "Head\nA bold word, a link, code, a note."
    assert link_targets(given) == ["https://example.org/note"]


@pytest.mark.parametrize(
    "piece", ["<", "<a ", "[", "[[", "**", "`", "{{", "<!--", "<script>", "](", "\\", "&", "[<sup>"]
)
def test_markup_that_never_closes_costs_little(piece: str) -> None:
    start = time.process_time()
    plain(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 3


def test_raw_classifications_are_bounded_and_canonical() -> None:
    raw = {
        "S": {
            "long": "x" * 9_000,
            "empty": "",
            "none": None,
            "list": ["a", "", 3],
            "big": 2**70,
            "nan": float("nan"),
        },
        "T": {"empty": []},
    }
    cleaned = clean_raw(raw)
    assert cleaned.keys() == {"S"}
    assert len(cleaned["S"].pop("long")) == CELL_MAX
    assert cleaned["S"] == {"list": ["a", 3], "big": str(2**70)}
