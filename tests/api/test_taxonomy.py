"""The taxonomy over the API, in every form."""

from __future__ import annotations

import csv
import io
import json

import pytest
from flask.testing import FlaskClient

from taxonomy import load


def test_every_facet_and_code_is_there(client: FlaskClient) -> None:
    whole = client.get("/api/v1/taxonomy").get_json()
    taxonomy = load()
    assert whole["version"] == taxonomy.version
    assert {facet["id"]: [value["code"] for value in facet["values"]] for facet in whole["facets"]} == {
        facet.id: list(facet.values) for facet in taxonomy.facets.values()
    }


@pytest.mark.parametrize("lang", load().languages)
def test_a_facet_is_given_in_the_language_asked_for(client: FlaskClient, lang: str) -> None:
    facet = client.get(f"/api/v1/taxonomy/failure?lang={lang}").get_json()
    assert facet["title"] == load().title("failure", lang)
    labels = {value["code"]: value["label"] for value in facet["values"]}
    assert labels["failure/bias"] == load().label("failure/bias", lang)


def test_an_unknown_facet_is_not_found(client: FlaskClient) -> None:
    assert client.get("/api/v1/taxonomy/mood").status_code == 404


def test_an_unknown_language_is_refused_by_name(client: FlaskClient) -> None:
    answer = client.get("/api/v1/taxonomy?lang=xx")
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/lang"


def test_the_table_has_a_line_for_every_code(client: FlaskClient) -> None:
    answer = client.get("/api/v1/taxonomy.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert len(lines) == sum(len(facet.values) for facet in load().facets.values())


def test_turtle_and_json_ld_are_served_with_their_types(client: FlaskClient) -> None:
    turtle, linked = client.get("/api/v1/taxonomy.ttl"), client.get("/api/v1/taxonomy.jsonld")
    assert turtle.content_type == "text/turtle; charset=utf-8"
    assert "skos:ConceptScheme" in turtle.get_data(as_text=True)
    assert linked.mimetype == "application/ld+json"
    assert {"@context", "@graph"} == set(json.loads(linked.data))


def test_what_is_known_already_is_answered_304(client: FlaskClient) -> None:
    for path in ("", "/kind", ".ttl", ".jsonld", ".csv"):
        first = client.get(f"/api/v1/taxonomy{path}")
        again = client.get(f"/api/v1/taxonomy{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
