"""In which language somebody is greeted who has not chosen one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.web.town import Town
from web.app import create_app
from web.wiring import build, close

FRENCH = "fr-SN,fr;q=0.9,en;q=0.4"


@pytest.mark.parametrize("door", ["/", "/report"])
@pytest.mark.parametrize(
    ("accept", "code"), [(FRENCH, "fr"), ("sw,ar;q=0.8", "ar"), ("ES-mx", "es"), ("pt,fr;q=0,es;q=0.1", "es")]
)
def test_the_browsers_first_language_of_ours_is_taken(town: Town, door: str, accept: str, code: str) -> None:
    answer = town.visitor().client.get(door, headers={"Accept-Language": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{code}{door}")
    assert {"Accept-Language", "Sec-Fetch-Site"} <= set(answer.vary)


@pytest.mark.parametrize("accept", ["en-GB,fr;q=0.9", "sw", "*", "", "xx;q=no"])
def test_others_read_in_the_nodes_own_language(town: Town, accept: str) -> None:
    answer = town.visitor().client.get("/report", headers={"Accept-Language": accept})
    assert (answer.status_code, 'lang="en"' in answer.text) == (200, True)
    assert "Accept-Language" in answer.vary


@pytest.mark.parametrize("path", ["/en/report", "/ar/report", "/report?kind=hazard", "/about", "/?q=dose"])
def test_an_address_that_says_a_language_or_more_is_what_was_asked_for(town: Town, path: str) -> None:
    assert town.visitor().client.get(path, headers={"Accept-Language": FRENCH}).status_code == 200


def test_a_link_on_one_of_our_own_pages_is_a_word_on_the_language(town: Town) -> None:
    headers = {"Accept-Language": FRENCH, "Sec-Fetch-Site": "same-origin"}
    assert town.visitor().client.get("/report", headers=headers).status_code == 200


def test_whoever_chooses_the_nodes_own_language_at_a_door_keeps_it(town: Town) -> None:
    client = town.visitor().client
    french = client.get("/fr/report", headers={"Accept-Language": FRENCH}).text
    assert 'href="/en/report" lang="en"' in french
    english = client.get("/en/report", headers={"Accept-Language": FRENCH}).text
    assert 'href="/en/report/new' in english


def test_a_node_of_another_language_greets_in_english_too(town: Town) -> None:
    node = build(replace(town.node.settings, language="fr"), town.clock)
    client = create_app(node).test_client()
    assert client.get("/report", headers={"Accept-Language": FRENCH}).status_code == 200
    assert client.get("/report", headers={"Accept-Language": "en"}).headers["Location"] == "/en/report"
    close(node)
