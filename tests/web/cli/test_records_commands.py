"""``commons search``, ``publish`` and ``reindex``: public records from the command line."""

from __future__ import annotations

import shutil

import pytest

from search import parse_request
from tests.factories import account, keep_details, register_people
from tests.web.cli.conftest import Shell, one_line


def accept(shell: Shell, *titles: str) -> None:
    """Bring reports as far as accepted, from within."""
    with shell.node() as node:
        people = register_people(node.private)
        for title in titles:
            made = node.private.intake.create(people.member, account(title=title), channel="api", submit=True)
            node.private.reviews.claim(people.reviewer, made.view.summary.id)
            keep_details(node.private, people.reviewer, made.view.summary.id)
            node.private.reviews.accept(people.reviewer, made.view.summary.id)


def test_accepted_reports_are_published_and_found(shell: Shell) -> None:
    accept(shell, "A zanthoxyl robot", "Another machine")
    assert shell.json("publish") == {"published": []}  # the hour has not come
    published = shell.json("publish", "--now")["published"]
    assert len(published) == 2
    found = shell.json("search", "zanthoxyl")
    assert found["total"] == 1
    assert found["items"][0]["title"] == "A zanthoxyl robot"
    assert found["items"][0]["id"] in published
    said = shell.run(
        "search", "dose", "--filter", "country=KE", "--filter", "severity=serious", "--limit", "1"
    )
    assert said.out.splitlines()[0] == "2 found"
    assert len(said.out.splitlines()) == 2


def test_a_lost_index_is_named_and_built_again(shell: Shell) -> None:
    accept(shell, "A zanthoxyl robot")
    with shell.node() as node:
        node.private.publication.publish_batch(early=True)
        shutil.rmtree(node.settings.index_dir)
    assert "Search is being repaired." in one_line(shell.run("search", "zanthoxyl"))
    assert shell.json("reindex") == {"records": 1}
    with shell.node() as node:
        assert node.search.search(parse_request({"q": ["zanthoxyl"]}, node.taxonomy)).total == 1


@pytest.mark.parametrize(
    ("words", "code", "wrong"),
    [
        (("--filter", "country"), 1, "Write filters as FACET=CODE."),
        (("--filter", "colour=red"), 1, "colour"),
        (("--filter", "severity=terrible"), 1, "terrible"),
        (("--limit", "1000"), 2, "1<=x<=50"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(
    shell: Shell, words: tuple[str, ...], code: int, wrong: str
) -> None:
    said = shell.run("search", "dose", *words)
    assert said.code == code
    assert wrong in said.err
    assert "Traceback" not in said.err
