"""The demo set is complete, valid, covers the field, and names nobody."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

import pytest

from registry.account import check
from registry.account.types import TOLD_STATES, Account, Answer
from registry.intake.rules import State
from registry.review.rules import DECLINE_REASONS
from taxonomy import Taxonomy, load
from web.demo.reading import DemoReport, DemoSet, read

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def demo() -> DemoSet:
    return read()


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return load()


@pytest.fixture(scope="module")
def published(demo: DemoSet) -> list[DemoReport]:
    return [report for report in demo.reports if report.state == "published"]


def codes(reports: list[DemoReport]) -> set[str]:
    return {code for report in reports for code in Account.from_json(report.account).codes()}


def test_at_least_sixty_reports_are_public_and_searchable(published: list[DemoReport]) -> None:
    assert len(published) >= 60


def test_four_languages_are_well_represented(published: list[DemoReport]) -> None:
    count = Counter(report.account["language"] for report in published)
    assert count["en"] >= 24
    assert count["fr"] >= 12
    assert count["es"] >= 12
    assert count["ar"] >= 11


def test_every_account_passes_the_checks_of_intake(demo: DemoSet, taxonomy: Taxonomy) -> None:
    problems = [
        f"{report.key}{problem.pointer}: {problem}"
        for report in demo.reports
        for problem in check(report.account, taxonomy, TODAY, complete=report.state != "draft")
    ]
    assert problems == []


def test_accounts_survive_the_way_through_the_typed_form(demo: DemoSet) -> None:
    for report in demo.reports:
        assert Account.from_json(report.account).to_json() == report.account, report.key


def test_every_state_in_which_a_submission_can_rest_is_shown(demo: DemoSet) -> None:
    second_turns = {State.APPEALED.value, State.REVISING.value}  # a demo begins with a first one
    resting = {state.value for state in State} - {State.SCHEDULED.value} - second_turns
    assert {report.state for report in demo.reports} == resting


def test_every_kind_of_failure_is_published_itself_or_by_a_narrower_one(
    published: list[DemoReport], taxonomy: Taxonomy
) -> None:
    used = codes(published)
    reached = used | {broader for code in used for broader in taxonomy.ancestors(code)}
    assert set(taxonomy.facets["failure"].values) - reached == set()


def test_every_narrower_kind_of_failure_and_harm_is_published(
    published: list[DemoReport], taxonomy: Taxonomy
) -> None:
    narrow = {
        code
        for facet in ("failure", "harm")
        for code, value in taxonomy.facets[facet].values.items()
        if value.broader
    }
    assert narrow - codes(published) == set()


def test_every_severity_from_minor_to_disaster_is_published(
    published: list[DemoReport], taxonomy: Taxonomy
) -> None:
    levels = {
        taxonomy.facets["severity"].values[report.account["classification"]["severity"][0]].level
        for report in published
    }
    assert levels >= {1, 2, 3, 4, 5}


def test_response_shows_every_kind_of_interval_and_every_state_of_telling(
    published: list[DemoReport],
) -> None:
    responses: list[dict[str, Any]] = [report.account["response"] for report in published]
    answers = {
        response[name]["answer"]
        for response in responses
        for name in ("detected", "contained", "recovered", "closed")
    }
    assert answers == {answer.value for answer in Answer}
    assert {told["state"] for response in responses for told in response["told"]} == set(TOLD_STATES)


def test_published_reports_teach_each_in_its_own_words(published: list[DemoReport]) -> None:
    for narrative in ("done", "remedied", "cause", "lessons"):
        texts = [report.account["response"][narrative] for report in published]
        assert len(set(texts)) == len(texts)
        assert min(len(text) for text in texts) >= 20


def test_texts_are_of_readable_length(published: list[DemoReport]) -> None:
    for report in published:
        assert 85 <= len(report.account["text"].split()) <= 230, report.key


def test_no_two_texts_resemble_each_other(demo: DemoSet) -> None:
    by_language: dict[str, list[DemoReport]] = {}
    for report in demo.reports:
        by_language.setdefault(report.account["language"], []).append(report)
    for reports in by_language.values():
        for one, other in combinations(reports, 2):
            matcher = SequenceMatcher(None, one.account["text"].split(), other.account["text"].split(), False)
            longest = matcher.find_longest_match()
            assert longest.size < 8, (one.key, other.key)


def test_titles_and_keys_are_unique(demo: DemoSet) -> None:
    titles = [report.account["title"] for report in demo.reports]
    assert len(set(titles)) == len(titles)
    keys = [report.key for report in demo.reports]
    assert len(set(keys)) == len(keys)


def test_arabic_is_written_in_arabic_letters(demo: DemoSet) -> None:
    for report in demo.reports:
        letters = re.findall(r"[^\W\d_]", report.account["text"])
        arabic = sum("؀" <= letter <= "ۿ" for letter in letters) / len(letters)
        assert (arabic > 0.9) == (report.account["language"] == "ar"), report.key


def test_three_organizations_report_and_two_review(demo: DemoSet) -> None:
    kinds = Counter(organization.kind for organization in demo.organizations)
    assert kinds == {"submits": 3, "reviews": 2}
    for organization in demo.organizations:
        reviewers = [person for person in organization.people if "reviewer" in person.roles]
        members = [person for person in organization.people if "member" in person.roles]
        assert len(reviewers) >= 2 if organization.kind == "reviews" else len(members) >= 1
    roles = {
        role for organization in demo.organizations for person in organization.people for role in person.roles
    }
    assert roles == {"member", "org-admin", "reviewer", "steward"}


def test_descriptors_do_not_give_the_name_away(demo: DemoSet) -> None:
    for organization in demo.organizations:
        words = {word for word in organization.name.casefold().split() if len(word) > 4}
        shared = words & set(organization.descriptor.casefold().split())
        assert organization.name not in organization.descriptor
        assert len(shared) <= 1


def test_addresses_lie_in_a_reserved_domain(demo: DemoSet) -> None:
    for organization in demo.organizations:
        for person in organization.people:
            assert person.email.endswith(".example")


def test_accounts_carry_no_address_number_or_link_of_a_person(demo: DemoSet) -> None:
    for report in demo.reports:
        whole = str(report.account)
        assert "@" not in whole, report.key
        assert "http" not in whole, report.key
        assert not re.search(r"\+?\d[\d ]{7,}\d", whole), report.key


def test_no_account_names_an_organization_of_the_demo_set(demo: DemoSet) -> None:
    names = [organization.name.casefold() for organization in demo.organizations]
    for report in demo.reports:
        assert not any(name in str(report.account).casefold() for name in names), report.key


def test_declines_give_known_reasons(demo: DemoSet) -> None:
    reasons = {report.reason for report in demo.reports if report.state == "declined"}
    assert reasons
    assert reasons <= set(DECLINE_REASONS)
