"""How this node reads a record of another one: form, record page, and what has to be looked at again."""

from __future__ import annotations

import re

import pytest

from registry.federation.rules import Mode
from search import Indexer
from tests.registry.federation.other_node import OtherNode
from tests.web.neighbour import followed, read
from tests.web.town import Town
from web.indexing import follow

WITHDRAW = ("act", "withdraw")
WHY = "Two people were hurt."


@pytest.fixture
def other(town: Town) -> OtherNode:
    """Another node whose two records are shown here."""
    return followed(town, Mode.SHOW)


def first(other: OtherNode) -> str:
    return min(other.records)


def say(town: Town, other: OtherNode, field: str = "severity", **typed: str) -> str:
    """Have a reviewer say how a field is read; gives the page that answers."""
    to, visitor = f"/review/records/{first(other)}/reading", town.signed_in("reviewer")
    given = typed or {"code": "severity/critical", "because": WHY}
    return visitor.send(visitor.open(f"{to}?field={field}"), to, **given).html


def test_a_reviewer_says_how_this_node_reads_a_field(town: Town, other: OtherNode) -> None:
    assert "It stands beside the record from now on." in say(town, other)
    page = town.visitor().open(f"/records/{first(other)}").text
    owner, ours = page.index("Serious"), page.index("This node reads this as:")
    assert owner < ours < page.index("Critical", ours) < page.index(WHY)
    assert "in version 1" in page
    assert "Out of date" not in page
    for private in ("Open Review", "reviewer@example.org", "Reviewer"):
        assert private not in page


def test_what_the_owner_does_not_say_is_read_too(town: Town, other: OtherNode) -> None:
    say(town, other, "scale", code="scale/unknown", because="It says so in the text.")
    page = town.visitor().open(f"/records/{first(other)}").html
    assert "Its owner says nothing of it." in page
    say(town, other, "investigation", code="investigation/attack", because="It says so in the text.")
    assert 'id="here-investigation"' in town.visitor().open(f"/records/{first(other)}").html


@pytest.mark.parametrize(
    ("field", "language", "text", "direction"),
    [
        ("title", "ar", "درجة استبعدت عائلات", "rtl"),
        ("summary", "fr", "Une note a laissé des familles de côté.", "ltr"),
        ("note", "en", "Seen by two partners here.", "ltr"),
    ],
)
def test_a_translation_or_a_note_stands_in_its_language(
    town: Town, other: OtherNode, field: str, language: str, text: str, direction: str
) -> None:
    say(town, other, field, language=language, text=text)
    page = town.visitor().open(f"/records/{first(other)}").html
    assert text in page
    assert f'dir="{direction}" lang="{language}"' in page
    assert "Case 1" in page


def test_what_was_typed_stands_there_again_with_what_is_wrong(town: Town, other: OtherNode) -> None:
    page = say(town, other, code="severity/critical", because=" ")
    assert "Say why you read it so" in page
    assert "There is a problem" in page
    again = say(town, other, "title", language="fr", text="x" * 201)
    assert "the limit is 200" in again
    assert "x" * 201 in again


def test_what_its_owner_changed_is_said_to_be_out_of_date_and_looked_at_again(
    town: Town, other: OtherNode
) -> None:
    say(town, other)
    say(town, other, "note", language="en", text="Seen by two partners here.")
    reviewer = town.signed_in("reviewer")
    assert "Readings to look at again" not in reviewer.open("/review").text
    other.change(first(other), text="A score left 400 families out.")
    other.sign()
    read(town, other).puller.pull(other.identity.short)
    page = town.visitor().open(f"/records/{first(other)}").text
    assert page.count("Out of date") == 1
    assert page.index("Seen by two partners here.") < page.index("Out of date")
    assert "Readings to look at again: 1" in reviewer.open("/review").text
    listing = reviewer.open("/review/readings")
    assert "A note of this node" in listing.text
    opened = reviewer.follow(listing.link("Case 1"))
    to = f"/review/records/{first(other)}/reading"
    assert "beside the record from now on" in reviewer.send(opened, to, text="Seen by three here.").text
    assert "Out of date" not in town.visitor().open(f"/records/{first(other)}").text
    assert "Nothing waits for you." in reviewer.open("/review/readings").text


ELSEWHERE = (
    "/api/v1/records/{id}",
    "/api/v1/records/{id}/versions",
    "/feeds/atom.xml",
    "/feeds/feed.json",
    "/oai?verb=ListRecords&metadataPrefix=commons",
    "/taxii2/api/collections/records/objects/",
)
"""Where records leave this node under their owner's name."""


def test_what_leaves_under_the_owners_name_says_what_the_owner_says(town: Town, other: OtherNode) -> None:
    def handed_out() -> list[str]:
        client, bodies = town.visitor().client, []
        for path in ELSEWHERE:
            answer = client.get(path.format(id=first(other)))
            assert answer.status_code == 200, path
            body = re.sub(r"<responseDate>[^<]*", "", answer.text)
            assert "Case 1" in body or "versions" in path, path
            bodies.append(body)
        return bodies

    before = handed_out()
    say(town, other)
    say(town, other, "title", language="fr", text="Cas premier")
    assert handed_out() == before
    follow(town.node.records, Indexer(town.node.settings.index_dir, town.node.taxonomy))
    assert handed_out() == before


def test_a_reading_is_taken_back(town: Town, other: OtherNode) -> None:
    say(town, other)
    to, visitor = f"/review/records/{first(other)}/reading", town.signed_in("second")
    done = visitor.send(visitor.open(f"{to}?field=severity"), to, press=WITHDRAW)
    assert "The reading is taken back." in done.text
    assert "This node reads this as" not in town.visitor().open(f"/records/{first(other)}").text


def test_two_who_read_it_at_once_hear_of_one_another(town: Town, other: OtherNode) -> None:
    to, visitor = f"/review/records/{first(other)}/reading", town.signed_in("second")
    page = visitor.open(f"{to}?field=severity")
    say(town, other)
    late = visitor.send(page, to, code="severity/minor", because="I think otherwise.")
    assert late.status == 409
    assert "I think otherwise." in late.html
    assert WHY in late.text


def test_nothing_is_said_of_what_names_an_organization_of_ones_own(town: Town, other: OtherNode) -> None:
    about = other.create(entities={"deployers": [town.people.reviewer.organization]})
    other.sign()
    read(town, other).puller.pull(other.identity.short)
    refused = town.signed_in("reviewer").open(f"/review/records/{about}/reading")
    assert (refused.status, "you have to do with" in refused.text) == (409, True)
    assert town.signed_in("second").open(f"/review/records/{about}/reading").status == 200


@pytest.mark.parametrize("name", ["member", "steward"])
def test_others_say_nothing(town: Town, other: OtherNode, name: str) -> None:
    visitor = town.signed_in(name)
    for path in (f"/review/records/{first(other)}/reading", "/review/readings"):
        assert visitor.open(path).status == 403
    assert "/reading" not in visitor.open(f"/records/{first(other)}").html


def test_only_reviewers_are_led_there(town: Town, other: OtherNode) -> None:
    path = f"/records/{first(other)}"
    assert f"/review{path}/reading" in town.signed_in("reviewer").open(path).html
    assert f"/review{path}/reading" not in town.visitor().open(path).html
