"""What was fixed, a dispute, a reply: from a record's page and back to it, by plain forms."""

from __future__ import annotations

import pytest

from registry.identity.rules import Role
from registry.intake.rules import State
from tests.factories import account, keep_details, register
from tests.web.pages.answers import key_of
from tests.web.town import Town

HEADINGS = {"fixed": "What was fixed", "disputed": "Disputed by others", "reply": "Replies of organizations"}
LINKS = {"fixed": "It was fixed", "disputed": "Something is not right", "reply": "named here: reply"}
FILLED = {"fixed": {"from": "2026"}, "disputed": {}, "reply": {}}
NEEDED = {"fixed": {"#from", "#text"}, "disputed": {"#text"}, "reply": {"#text"}}
SHOWN = "https://example.org/advisory/dosebot"


@pytest.fixture
def record(town: Town) -> str:
    """A record that names the other organization."""
    other = town.people.other_member.organization
    return town.record_id(town.report(State.PUBLISHED, account(entities={"deployers": [other]})))


@pytest.mark.parametrize("prefix", ["", "/ar"])
@pytest.mark.parametrize("word", HEADINGS)
def test_an_organization_says_it_and_it_stands_beside_the_record(
    town: Town, record: str, word: str, prefix: str
) -> None:
    visitor = town.signed_in("other", prefix)
    shown = visitor.open(f"/records/{record}")
    link = next(url for url, _ in shown.links if url.endswith(f"/report/{word}/{record}"))
    page = visitor.open(link.removeprefix(prefix))
    empty = visitor.send(page, typed={"text": ""} | ({"from": ""} if word == "fixed" else {}))
    assert (empty.status, set(empty.summary.values())) == (422, NEEDED[word])
    made = visitor.send(empty, typed={"text": "Version 2 refuses it.", "links": SHOWN} | FILLED[word])
    key = key_of(made)
    check = visitor.open(f"/report/{key}/statement/check")
    assert SHOWN in check.text
    sent = visitor.send(check, "/statement/send")
    assert sent.path.endswith("/sent")
    publish(town, key)
    page = town.visitor(prefix).open(f"/records/{record}")
    assert "Version 2 refuses it." in page.text
    assert SHOWN in [url for url, _ in page.links]
    if not prefix:
        assert HEADINGS[word] in page.text
    own = town.visitor(prefix).open(
        f"/records/{town.side.intake.read(town.people.other_member, key).summary.record_id}"
    )
    assert record in " ".join(url for url, _ in own.links)


def publish(town: Town, key: str) -> None:
    side = town.side
    third = register(side.directory, side.sessions, "third", "Third Review", [Role.REVIEWER])
    side.reviews.claim(third, key)
    keep_details(side, third, key)
    side.reviews.accept(third, key)
    side.publication.publish_batch(early=True)


@pytest.mark.parametrize("word", LINKS)
def test_the_page_of_a_record_leads_to_each(town: Town, record: str, word: str) -> None:
    visitor = town.signed_in("other")
    page = visitor.follow(visitor.open(f"/records/{record}").link(LINKS[word]))
    assert page.path == f"/report/{word}/{record}"


def test_a_reply_of_whom_the_record_does_not_name_is_refused_with_what_to_do_instead(
    town: Town, record: str
) -> None:
    visitor = town.signed_in("member")
    page = visitor.open(f"/report/reply/{record}")
    refused = visitor.send(page, typed={"text": "We did not do it."})
    assert (refused.status, "dispute the record, or flag it" in refused.text) == (422, True)
    assert refused.form("").controls["text"].values == ["We did not do it."]


def test_other_words_are_no_forms(town: Town, record: str) -> None:
    assert town.signed_in("member").open(f"/report/praised/{record}").status == 404
