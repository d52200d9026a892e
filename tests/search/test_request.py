"""Parameters are read strictly, and what is wrong is named."""

from __future__ import annotations

import pytest

from registry.errors import Invalid
from search import COMPUTED, SearchRequest, facet_ids, parse_request
from taxonomy import Taxonomy


def pointers(given: dict[str, list[str]], taxonomy: Taxonomy) -> list[str]:
    with pytest.raises(Invalid) as caught:
        parse_request(given, taxonomy)
    return [problem.pointer for problem in caught.value.problems]


def test_nothing_given_is_the_plain_request(taxonomy: Taxonomy) -> None:
    assert parse_request({}, taxonomy) == SearchRequest()
    assert parse_request({"q": [""], "sector": [""], "cursor": [""]}, taxonomy) == SearchRequest()


def test_every_part_is_read(taxonomy: Taxonomy) -> None:
    request = parse_request(
        {
            "q": ["drone"],
            "failure": ["bias", "failure/attack"],
            "country": ["ke"],
            "contained": ["within-day"],
            "year": ["2025"],
            "since": ["2025-02"],
            "published_until": ["2026"],
            "sort": ["-published"],
            "limit": ["50"],
            "facets": ["false"],
            "highlight": ["false"],
        },
        taxonomy,
    )
    assert request.filters == {
        "failure": ("failure/bias", "failure/attack"),
        "country": ("KE",),
        "year": ("2025",),
        "contained": ("contained/within-day",),
    }
    assert (request.q, request.since, request.published_until) == ("drone", "2025-02", "2026")
    assert (request.sort, request.limit, request.facets, request.highlight) == (
        "-published",
        50,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"colour": ["red"]}, "/colour"),
        ({"q": ["a", "b"]}, "/q"),
        ({"q": ["x" * 201]}, "/q"),
        ({"sort": ["best"]}, "/sort"),
        ({"limit": ["0"]}, "/limit"),
        ({"limit": ["51"]}, "/limit"),
        ({"limit": ["²"]}, "/limit"),
        ({"limit": ["1e1"]}, "/limit"),
        ({"since": ["2025-13"]}, "/since"),
        ({"until": ["2025-02-30"]}, "/until"),
        ({"since": ["٢٠٢٥"]}, "/since"),
        ({"since": ["20250309"]}, "/since"),
        ({"published_since": ["yesterday"]}, "/published_since"),
        ({"facets": ["maybe"]}, "/facets"),
        ({"cursor": ["x" * 1001]}, "/cursor"),
        ({"failure": ["failure/nonsense"]}, "/failure"),
        ({"failure": ["sector/health"]}, "/failure"),
        ({"contained": ["soon"]}, "/contained"),
        ({"type": ["essay"]}, "/type"),
        ({"source": ["x" * 101]}, "/source"),
        ({"source": [f"s{n}" for n in range(101)]}, ""),
    ],
)
def test_what_is_wrong_is_named(taxonomy: Taxonomy, given: dict[str, list[str]], pointer: str) -> None:
    assert pointers(given, taxonomy) == [pointer]


def test_all_problems_are_told_at_once(taxonomy: Taxonomy) -> None:
    assert set(pointers({"sort": ["x"], "limit": ["y"], "z": [""]}, taxonomy)) == {"/sort", "/limit", "/z"}


def test_computed_facets_do_not_clash_with_the_taxonomy(taxonomy: Taxonomy) -> None:
    assert not set(COMPUTED) & set(taxonomy.facets)
    assert len(set(facet_ids(taxonomy))) == len(facet_ids(taxonomy))
