"""The short notation becomes account JSON, and faulty demo files are refused with their place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from web.demo.notation import account_json
from web.demo.reading import DATA, DemoFault, read


def test_short_notation_becomes_the_json_of_an_account() -> None:
    raw = {
        "title": "A title",
        "text": "One.\nTwo.",
        "happened": "2024-02 to 2024-09",
        "countries": "NO, UG",
        "classification": {"failure": "missed no-check"},
        "response": {"detected": "20h", "closed": "not-yet", "told": {"affected": "done"}},
    }
    assert account_json(raw, "en") == {
        "title": "A title",
        "language": "en",
        "text": "One.\n\nTwo.",
        "happened": {"from": "2024-02", "to": "2024-09"},
        "countries": ["NO", "UG"],
        "classification": {"failure": ["failure/missed", "failure/no-check"]},
        "response": {
            "detected": {"answer": "after", "hours": 20},
            "closed": {"answer": "not-yet"},
            "told": [{"audience": "audience/affected", "state": "done"}],
        },
    }


def test_a_single_date_has_no_end() -> None:
    assert account_json({"happened": "2026"}, "fr") == {"language": "fr", "happened": {"from": "2026"}}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('demo: "true"', 'demo: "false"', "demo: true"),
        ("key: fridge-camera-draft", "key: gift-dataset-poisoned", "two reports share this key"),
        ("state: draft", "state: vanished", "state is one of"),
        ("reviewer: thandi", "reviewer: amina", "no such reviewer"),
        ("state: submitted", "state: accepted", "a reviewer belongs"),
        ("organization: relief", "organization: watch", "no such submitting organization"),
        ("  reason: not-ai\n", "", "a reason code"),
        ("detected: 300h", "detected: [300]", "gift-dataset-poisoned"),
        ("kind: near-miss,", "kind: [near-miss,", "reports-en-waiting.yaml"),
    ],
)
def test_faulty_files_are_refused_and_the_fault_is_named(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    shutil.copy(DATA / "organizations.yaml", tmp_path)
    path = tmp_path / "reports-en-waiting.yaml"
    text = (DATA / path.name).read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DemoFault, match=said):
        read(tmp_path)
