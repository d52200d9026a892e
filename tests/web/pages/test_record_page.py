"""Record, history, citation, tombstone."""

from __future__ import annotations

from flask.testing import FlaskClient

from api.node import Node
from tests.web.pages.conftest import Library


def test_a_record_tells_the_story_and_the_response(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}").text
    assert "A nurse noticed." in page
    assert "2 days" in page  # detected after 48 hours
    assert "3 hours" in page
    assert "Switched the system off" in page
    assert "Have a pharmacist read answers" in page
    assert "a health NGO in East Africa" in page
    assert "March 2026" in page


def test_answers_without_a_number_stay_distinct(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.arabic}").text
    assert 'iv-not-yet">Not yet' in page
    assert 'iv-withheld">Withheld' in page
    assert 'iv-none">Not reported' in page


def test_a_foreign_record_says_whose_it_is(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.foreign}").text
    assert "This is not our report" in page
    assert 'href="https://example.org/cite/9001"' in page
    assert "CC BY-SA 4.0" in page
    assert "The source does not record how people responded." in page


def test_derived_terms_are_marked_and_explained(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.foreign}").text
    assert 'class="code derived' in page
    assert "cset-v1:2.1" in page
    assert "means nearly the same" in page
    assert "transport · storage" in page
    assert 'class="code derived' not in client.get(f"/records/{library.own}").text


def test_codes_lead_to_searches(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}").text
    assert 'href="/?failure=failure%2Funsafe-advice"' in page
    assert client.get("/?failure=failure%2Funsafe-advice").status_code == 200


def test_similar_records_come_with_reasons(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}").text
    assert "Similar incidents" in page
    assert "Because both:" in page
    assert f'href="/records/{library.arabic}"' in page


def test_a_record_can_be_read_while_the_index_is_damaged(
    node: Node, client: FlaskClient, library: Library
) -> None:
    for path in node.settings.index_dir.rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    assert client.get("/?q=dose").status_code == 503
    answer = client.get(f"/records/{library.own}")
    assert answer.status_code == 200
    assert "A nurse noticed." in answer.text


def test_history_names_what_each_version_changed(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}/versions").text
    assert "Version 2" in page
    assert "First version" in page
    assert "What happened" in page


def test_a_version_shows_words_that_came(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}/versions/2").text
    assert "A nurse noticed.</ins>" in page
    old = client.get(f"/records/{library.own}/versions/1").text
    assert "You are reading version 1 of 2." in old
    assert "A nurse noticed." not in old


def test_a_record_can_be_cited(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/records/{library.own}").text
    assert "@misc{AIR-ABCDEFGHIJ-2026-000001" in page
    assert f"http://127.0.0.1:8000/records/{library.own}" in page


def test_an_erased_record_leaves_a_note(client: FlaskClient, library: Library) -> None:
    answer = client.get(f"/records/{library.erased}")
    assert answer.status_code == 410
    assert "published by mistake" in answer.text
    assert f'href="/records/{library.own}"' in answer.text
    assert client.get(f"/records/{library.erased}/versions/1").status_code == 410


def test_unknown_records_and_versions_are_not_found(client: FlaskClient, library: Library) -> None:
    for path in (
        "/records/AIR-ABCDEFGHIJ-2026-009999",
        "/records/nonsense",
        f"/records/{library.own}/versions/9",
    ):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "There is nothing at this address" in answer.text


def test_the_json_link_leads_to_the_record(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/fr/records/{library.own}").text
    assert f'href="/api/v1/records/{library.own}"' in page
    assert client.get(f"/api/v1/records/{library.own}").get_json()["id"] == library.own
