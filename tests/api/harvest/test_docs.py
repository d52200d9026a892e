"""The page about reading by programs: every address in it answers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from api.node import Node
from tests.api.harvest.filled import fill, shelf_of
from web.app import create_app

PAGE = Path(__file__).parents[3] / "docs" / "reading-by-programs.md"
ADDRESSES = re.findall(r"^curl .*?'http://127\.0\.0\.1:8000([^']+)'", PAGE.read_text("utf-8"), re.MULTILINE)


def test_the_page_has_examples() -> None:
    assert len(ADDRESSES) > 2


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_example_of_the_page_answers(node: Node, address: str) -> None:
    fill(node, records=12, erased=())
    shelf = shelf_of(node)
    shelf.keep_up()
    answer = (
        create_app(replace(node, exports=shelf))
        .test_client()
        .get(address, follow_redirects=True, buffered=True)
    )
    assert answer.status_code == 200
    assert answer.data
    assert b"<error" not in answer.data
