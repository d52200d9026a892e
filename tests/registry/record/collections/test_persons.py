"""Which parties are taken for natural persons. Every name here is invented."""

from __future__ import annotations

import pytest

from registry.record.collections.persons import CHILD, FAMILY, PERSON, SEVERAL, generalise, generalise_all


@pytest.mark.parametrize(
    "name",
    [
        "Maria Oyelaran",
        "maria oyelaran",
        "Dr. Tomas Vereszki",
        "Kim Dae-sol",
        "Amina K.",
        "Peter Q. Zanderfeld",
        "Zorvath Quillenby",
        "John Black",
        "@somebody-online",
        "a.b.",
        "Yusuf (surname withheld)",
        "Lena (a school teacher)",
        "J. Pemberthwaite",
        "José Ñuflo Larrinzar",
    ],
)
def test_a_harmed_party_with_the_form_of_a_name_is_a_person(name: str) -> None:
    assert generalise(name, harmed=True) == PERSON


@pytest.mark.parametrize(
    "name",
    [
        "Clinic patients",
        "Black renters",
        "Lake Health Clinic",
        "General public of Kenya",
        "United Nations",
        "Springfield Police Department",
        "Widows",
        "unnamed student",
        "San Martin residents",
        "Example Systems Inc.",
        "Charlotte residents",
        "Election integrity",
        "users of a chatbot named in court filings 2024",
        "Jordan",
        "Victims of romance scams",
        "Prince George's County students",
        "15 drivers",
        "Tekfold",
    ],
)
def test_groups_organizations_and_places_keep_their_names(name: str) -> None:
    assert generalise(name, harmed=True) is None


@pytest.mark.parametrize(
    ("name", "general"),
    [
        ("child named Christopher", CHILD),
        ("pupil (first name withheld)", CHILD),
        ("Quillenby family", FAMILY),
        ("Family of Maria Oyelaran", "Family of a person"),
        ("Maria Oyelaran's parents", "Parents of a person"),
        ("Scammers impersonating Maria Oyelaran", "Scammers impersonating a person"),
        ("a nurse named Zorvath", PERSON),
    ],
)
def test_a_person_inside_a_phrase_is_taken_out_of_it(name: str, general: str) -> None:
    assert generalise(name, harmed=True) == general


def test_unknown_words_alone_do_not_make_a_deployer_a_person() -> None:
    assert generalise("Zorvath Quillenby", harmed=False) is None
    assert generalise("Maria Oyelaran", harmed=False) == PERSON
    assert generalise("Maria Oyelaran, counsel for a tenant", harmed=False) == PERSON
    assert generalise("Oyelaran & Zorvath LLP", harmed=False) is None


def test_several_persons_become_one_entry_and_the_rest_keeps_its_order() -> None:
    names = ["Patients", "Maria Oyelaran", "Peter Zanderfeld", "Lake Clinic"]
    assert generalise_all(names, harmed=True) == (["Patients", SEVERAL, "Lake Clinic"], True)
    assert generalise_all(["Patients"], harmed=True) == (["Patients"], False)
