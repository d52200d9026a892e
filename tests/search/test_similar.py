"""Records like another one, with reasons; and what others did."""

from __future__ import annotations

from search import FacetCount
from tests.search.conftest import Index
from tests.search.corpus import stories
from tests.search.factories import record

KIND = ("failure/bias", "system/chatbot", "sector/health")


def test_records_of_the_same_kind_come_first_and_say_why(index: Index) -> None:
    asked = record(id="asked", codes=KIND, title="Clinic bot refused patients")
    same = record(id="same", codes=KIND)
    some = record(id="some", codes=("failure/bias", "sector/education"))
    other = record(id="other", codes=("failure/attack",))
    found = index([other, some, same, asked]).similar(asked)
    assert [hit.id for hit in found] == ["same", "some"]
    assert found[0].reasons == KIND
    assert found[1].reasons == ("failure/bias",)
    assert 1 >= found[0].score > found[1].score > 0


def test_shared_rare_words_make_records_similar(index: Index) -> None:
    asked = record(id="asked", title="Zephyrine marked essays down", text="Zephyrine again")
    twin = record(id="twin", title="Another Zephyrine failure", text="Zephyrine marked")
    found = index([*stories(), twin]).similar(asked)
    assert found[0].id == "twin"
    assert found[0].reasons == ()


def test_a_record_without_like_has_none(index: Index) -> None:
    alone = record(id="alone", title="Zephyrine", codes=("failure/attack",))
    assert index([alone, record(id="other", title="Heron")]).similar(alone) == []


def test_no_more_than_asked_for(index: Index) -> None:
    engine = index([record(id=f"r{n}", codes=KIND) for n in range(9)])
    assert len(engine.similar(record(id="r0", codes=KIND), limit=3)) == 3


def test_what_others_did_is_counted_with_its_base(index: Index) -> None:
    told = {"told": [{"audience": "audience/affected", "state": "done"}]}
    first = record(id="a", codes=(*KIND, "containment/shutdown"), response=told)
    engine = index([first, *(record(id=name, codes=(*KIND, "containment/shutdown")) for name in "bc")])
    found = engine.what_others_did(first)
    assert (found.kind, found.n) == ({"failure": "failure/bias", "sector": "sector/health"}, 3)
    assert found.counts["containment"] == (FacetCount("containment/shutdown", 3),)
    assert found.counts["audience"] == (FacetCount("audience/affected", 1),)
    assert found.counts["remediation"] == ()


def test_what_others_did_widens_to_failure_then_to_sector_where_few_share_both(index: Index) -> None:
    rare = record(id="x", codes=("failure/attack", "sector/education"))
    engine = index(
        [
            *(record(id=f"f{n}", codes=KIND) for n in range(2)),
            record(id="f2", codes=("failure/bias", "sector/education")),
            record(id="s1", codes=("failure/drift", "sector/education")),
            rare,
        ]
    )
    assert engine.what_others_did(record(id="f0", codes=KIND)).kind == {"failure": "failure/bias"}
    assert engine.what_others_did(rare).kind == {"sector": "sector/education"}
    assert engine.what_others_did(record(id="y", codes=("failure/attack", "sector/health"))).n == 0
