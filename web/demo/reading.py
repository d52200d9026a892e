"""Read the demo set: YAML in a short notation (``web.demo.notation``) becomes frozen objects.

Faulty data raise ``DemoFault`` with the file and the entry. Accounts are not checked here: intake
checks them when they are loaded, and the tests do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from web.demo.notation import account_json

DATA = Path(__file__).parent / "data"
"""Where the demo set lies."""
STATES = (
    "draft",
    "submitted",
    "in_review",
    "changes_requested",
    "accepted",
    "published",
    "declined",
    "withdrawn",
)
"""States in which demo submissions are left; scheduled lasts only as long as a batch runs."""
REVIEWED = ("in_review", "changes_requested", "accepted", "published", "declined")
"""States that need a reviewer."""
NOTED = ("changes_requested", "declined")
"""States in which the reviewer has written a note to the organization."""
KINDS = ("submits", "reviews")


class DemoFault(Exception):
    """The demo data contradict themselves; the text says in which file and entry."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person who exists only in the demo set: ``key`` is unique, ``email`` ends in ``.example``."""

    key: str
    name: str
    email: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """An invented organization; ``descriptor`` is what the public reads in place of ``name``."""

    key: str
    name: str
    descriptor: str
    country: str
    language: str
    kind: str
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """One invented report: ``account`` in its JSON shape, and the ``state`` it is to be left in.

    ``reviewer`` is a person's key, or empty; ``reason`` a decline's reason code; ``note`` the
    reviewer's words to the organization; ``exactness`` says how exactly it is published (ladder → rung).
    """

    key: str
    organization: str
    state: str
    reviewer: str
    reason: str
    note: str
    account: Mapping[str, Any]
    exactness: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoSet:
    """The whole demo set; every part of it is to be stored with the demo mark."""

    organizations: tuple[DemoOrganization, ...]
    reports: tuple[DemoReport, ...]

    def person(self, key: str) -> DemoPerson:
        """The person with a key; raises ``KeyError``."""
        return {person.key: person for org in self.organizations for person in org.people}[key]


def read(folder: Path = DATA) -> DemoSet:
    """The demo set in a folder; raises ``DemoFault``."""
    source = _document(folder / "organizations.yaml")
    organizations = tuple(_organization(raw) for raw in source["organizations"])
    reports = tuple(_reports(folder))
    _check_people(organizations)
    _check_reports(organizations, reports)
    return DemoSet(organizations, reports)


def _document(path: Path) -> dict[str, Any]:
    # BaseLoader makes nothing but text, lists and mappings: no dates, booleans or objects.
    loader = yaml.BaseLoader(path.read_text(encoding="utf-8"))
    try:
        raw = loader.get_single_data()
    except yaml.YAMLError as error:
        raise DemoFault(f"{path.name}: {error}") from error
    finally:
        loader.dispose()
    if not isinstance(raw, dict) or raw.get("demo") != "true":
        raise DemoFault(f"{path.name}: a demo file says 'demo: true' at its top")
    return raw


def _organization(raw: Mapping[str, Any]) -> DemoOrganization:
    people = tuple(
        DemoPerson(entry["key"], entry["name"], entry["email"], tuple(entry["roles"]))
        for entry in raw["people"]
    )
    return DemoOrganization(
        key=raw["key"],
        name=raw["name"],
        descriptor=raw["descriptor"],
        country=raw["country"],
        language=raw["language"],
        kind=raw["kind"],
        people=people,
    )


def _reports(folder: Path) -> Iterator[DemoReport]:
    for path in sorted(folder.glob("reports-*.yaml")):
        document = _document(path)
        for raw in document["reports"]:
            try:
                yield _report(raw, document["language"])
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise DemoFault(f"{path.name}, {raw.get('key', '?')}: {error!r}") from error


def _report(raw: Mapping[str, Any], language: str) -> DemoReport:
    return DemoReport(
        key=raw["key"],
        organization=raw["organization"],
        state=raw["state"],
        reviewer=raw.get("reviewer", ""),
        reason=raw.get("reason", ""),
        note=raw.get("note", ""),
        account=account_json(raw["account"], language),
        exactness=raw.get("exactness", {}),
    )


def _check_people(organizations: tuple[DemoOrganization, ...]) -> None:
    people = [person for org in organizations for person in org.people]
    for key in ("key", "email"):
        values = [getattr(person, key) for person in people]
        if len(set(values)) != len(values):
            raise DemoFault(f"organizations.yaml: two people share a {key}")
    for org in organizations:
        if org.kind not in KINDS:
            raise DemoFault(f"organizations.yaml, {org.key}: kind is one of {', '.join(KINDS)}")


def _check_reports(organizations: tuple[DemoOrganization, ...], reports: tuple[DemoReport, ...]) -> None:
    submitting = {org.key for org in organizations if org.kind == "submits"}
    reviewers = {person.key for org in organizations for person in org.people if "reviewer" in person.roles}
    seen: set[str] = set()
    for report in reports:
        if report.key in seen:
            raise DemoFault(f"{report.key}: two reports share this key")
        seen.add(report.key)
        for fault in _report_faults(report, submitting, reviewers):
            raise DemoFault(f"{report.key}: {fault}")


def _report_faults(report: DemoReport, submitting: set[str], reviewers: set[str]) -> Iterator[str]:
    if report.organization not in submitting:
        yield "no such submitting organization"
    if report.state not in STATES:
        yield f"state is one of {', '.join(STATES)}"
    if (report.state in REVIEWED) != bool(report.reviewer):
        yield "a reviewer belongs to the states that need one, and to no other"
    if report.reviewer and report.reviewer not in reviewers:
        yield "no such reviewer"
    if (report.state in NOTED) and not report.note:
        yield "a note is missing"
    if (report.state == "declined") != bool(report.reason):
        yield "a reason code belongs to what was declined, and to nothing else"
