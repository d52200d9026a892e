"""From published labels of other collections to common codes, and back."""

from __future__ import annotations

import pytest

from taxonomy import Taxonomy
from taxonomy.crosswalk import DERIVING, NEVER_DERIVED

CASES: list[tuple[str, str, str, list[str]]] = [
    ("CSETv0", "Near Miss", "Harm caused", ["kind/incident"]),
    (
        "CSETv0",
        "Harm Type",
        "Financial harm, Psychological harm",
        ["harm/economic", "harm/money", "harm/psychological"],
    ),
    ("CSETv0", "Lives Lost", "True", ["harm/death"]),
    ("CSETv0", "Lives Lost", "False", []),
    ("CSETv0", "Level of Autonomy", "high", ["autonomy/alone"]),
    ("CSETv0", "Sector of Deployment", "Arts, entertainment and recreation", ["sector/media"]),
    (
        "CSETv1",
        "Sector of Deployment",
        "Arts, entertainment and recreation, transportation and storage",
        ["sector/media", "sector/transport"],
    ),
    (
        "CSETv1",
        "Sector of Deployment",
        "real estate activities;manufacturing",
        ["sector/housing", "sector/manufacturing"],
    ),
    (
        "CSETv1",
        "Harm Distribution Basis",
        "race, nation of origin, citizenship, immigrant status, age",
        ["affected-group/ethnic", "affected-group/minority", "affected-group/age"],
    ),
    ("CSETv1", "Rights Violation", "yes", ["harm/rights"]),
    ("CSETv1", "Rights Violation", "maybe", []),
    ("CSETv1", "Lives Lost", "2", ["harm/death"]),
    ("CSETv1", "Lives Lost", "0", []),
    ("CSETv1", "Lives Lost", "many", []),
    ("CSETv1", "Tangible Harm", "no tangible harm, near-miss, or issue", []),
    ("GMF", "Known AI Goal", "Autonomous Driving", ["sector/transport", "system/robot"]),
    (
        "GMF",
        "Known AI Technical Failure",
        "Concept Drift, Unheard-of Failure, Misuse",
        ["failure/drift", "failure/misuse"],
    ),
    ("GMF", "Potential AI Goal", "Autonomous Driving", []),
    ("GMF", "Known AI Goal Snippets", "Chatbot", []),
    ("MIT", "Risk Subdomain", "4.3. Fraud, scams, and targeted manipulation", ["failure/misuse"]),
    ("MIT", "Risk Subdomain", "4.3 > any other wording", ["failure/misuse"]),
    ("MIT", "Risk Subdomain", "4.33 no such number", []),
    ("MIT", "Entity", "AI", ["cause-entity/ai"]),
    ("AVID", "sep_view", "E0101: Group fairness", ["failure/bias"]),
    ("AVID", "lifecycle_view", "L05: Evaluation", ["lifecycle/test"]),
    ("AVID", "risk_domain", "Security", []),
    ("AVID", "classof", "CVE Entry", ["kind/hazard"]),
    ("ATLAS", "technique", "AML.T0051.001", ["failure/prompt-injection"]),
    ("ATLAS", "technique", "AML.T0054 LLM Jailbreak", ["failure/jailbreak"]),
    ("ATLAS", "case-study-type", "exercise", ["kind/hazard", "detection/red-team"]),
    ("CSETv1_Annotator-1", "Rights Violation", "yes", []),
    ("Nobody", "x", "y", []),
    ("MIT", "Entity", "", []),
]


@pytest.mark.parametrize(("scheme", "field", "cell", "codes"), CASES)
def test_a_published_label_gives_these_codes(
    taxonomy: Taxonomy, scheme: str, field: str, cell: str, codes: list[str]
) -> None:
    derived = [match.code for match in taxonomy.crosswalk.derive(scheme, field, cell)]
    assert sorted(derived) == sorted(codes)


@pytest.mark.parametrize("severity", ["Negligible", "Minor", "Moderate", "Severe", "Critical"])
def test_severity_is_never_derived(taxonomy: Taxonomy, severity: str) -> None:
    assert taxonomy.crosswalk.derive("CSETv0", "Severity", severity) == []


def test_whatever_is_derived_is_implied_and_is_no_judgement(taxonomy: Taxonomy) -> None:
    seen = 0
    for scheme in taxonomy.crosswalk.schemes.values():
        for field in scheme.fields.values():
            for code in field.targets():
                for match in taxonomy.crosswalk._implied(f"{field.list_id}:{code}"):
                    seen += 1
                    assert match.match in DERIVING
                    assert match.code.partition("/")[0] not in NEVER_DERIVED
                    assert not taxonomy.value(match.code).deprecated
    assert seen > 200


def test_a_broader_or_merely_related_external_code_implies_nothing(taxonomy: Taxonomy) -> None:
    codes = {
        match.code for match in taxonomy.crosswalk.derive("MIT", "Risk Subdomain", "7.3. Lack of capability")
    }
    assert codes == {"failure/wrong-output"}


def test_a_narrower_external_code_takes_what_its_parent_implies_and_says_so(taxonomy: Taxonomy) -> None:
    (match,) = taxonomy.crosswalk.derive("ATLAS", "technique", "AML.T0051.000")
    assert (match.external, match.match) == ("mitre-atlas:AML.T0051.000", "narrowMatch")
    assert match.confidence < 0.75


def test_an_answer_that_stands_alone_gives_way_to_others_of_its_facet(taxonomy: Taxonomy) -> None:
    raw = {"CSETv1": {"Harm Distribution Basis": "none", "Involving Minor": "yes"}}
    assert [m.code for m in taxonomy.crosswalk.derive_all(raw)] == ["affected-group/children"]


def test_a_whole_record_is_derived_with_each_code_once(taxonomy: Taxonomy) -> None:
    raw = {
        "AVID": {
            "sep_view": ["E0101: Group fairness", "E0102: Individual fairness"],
            "risk_domain": ["Ethics"],
        }
    }
    assert [match.code for match in taxonomy.crosswalk.derive_all(raw)] == ["failure/bias"]


def test_prose_in_a_label_column_is_looked_at_only_so_far(taxonomy: Taxonomy) -> None:
    assert taxonomy.crosswalk.derive("GMF", "Known AI Goal", "x, " * 200_000 + "Chatbot") == []


def test_export_names_the_external_codes_and_what_is_lost(taxonomy: Taxonomy) -> None:
    (hazard,) = taxonomy.crosswalk.to_external("kind/near-miss", "oecd-definitions")
    assert (hazard.external, hazard.match) == ("oecd-definitions:hazard", "broadMatch")
    assert hazard.note is not None
    assert taxonomy.crosswalk.to_external("audience/funders", "oecd-definitions") == []
