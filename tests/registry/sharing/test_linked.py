"""A record in the words of schema.org: what belongs to it, and whose word that is."""

from __future__ import annotations

from registry.sharing.linked import Group, Word, describe
from registry.sharing.place import Place
from taxonomy import load
from tests.registry.record.samples import record

PLACE = Place("https://node.example", "Test node", "ABCDEFGHIJ")
ONE, TWO, THREE, FOUR, FIVE = (f"AIR-ABCDEFGHIJ-2026-00000{n}" for n in range(1, 6))


def report(record_id: str) -> dict[str, str]:
    return {"@type": "Report", "@id": f"https://node.example/records/{record_id}", "identifier": record_id}


def test_a_record_that_stands_alone_is_part_of_the_dataset_only() -> None:
    found = describe(record(ONE), load(), PLACE)
    assert found["isPartOf"]["@id"] == "https://node.example/catalog#records"
    assert not {"hasPart", "about", "subjectOf"} & set(found)


def test_records_of_its_group_are_named_each_in_its_way() -> None:
    group = Group(incidents=(TWO,), parts=(THREE,), same_event=(FOUR,), about=(FIVE,))
    found = describe(record(ONE), load(), PLACE, group)
    assert found["isPartOf"][1:] == [report(TWO)]
    assert found["hasPart"] == [report(THREE)]
    assert found["about"] == [report(FIVE), {"@type": "Event", "subjectOf": [report(FOUR)]}]


def test_the_word_of_another_node_is_a_claim_with_its_author() -> None:
    word = Word("B" * 52, "East Node", "same-as", (TWO, ONE))
    (said,) = describe(record(ONE), load(), PLACE, Group(words=(word,)))["subjectOf"]
    assert said == {
        "@type": "Claim",
        "author": {"@type": "Organization", "identifier": "B" * 52, "name": "East Node"},
        "text": f"{TWO} same-as {ONE}",
        "about": [report(TWO), report(ONE)],
    }


def test_how_records_belong_together_says_where_each_is_named() -> None:
    """One that is named and points back is named once; a statement is about what it names otherwise."""
    named = [("part-of", ONE), ("same-as", TWO), ("fixes", THREE), ("about", THREE)]
    pointing = [("same-as", TWO), ("part-of", FOUR), ("same-as", FIVE)]
    word = Word("B" * 52, "East Node", "same-as", (TWO, ONE))
    assert Group.of(named, pointing, [word]) == Group((ONE,), (FOUR,), (TWO, FIVE), (THREE,), (word,))
    assert Group.of([], [], []) == Group()
