"""Who may not read what is shared with partners gets hold of it nowhere, whatever they tell or ask.

What is public is compared to the byte in ``test_two_worlds``; here are pages, files and lines of logging.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import Any

import pytest

from registry.errors import CommonsError
from registry.identity.tenants.rules import OPERATOR
from registry.intake.labels import Label
from registry.intake.similar.rules import Kind
from registry.intake.similar.telling import Telling
from tests.factories import account
from tests.web.across.nodes import SAID, Place
from tests.web.green.sharing import TEXT, WORD, share
from tests.web.town import Town
from web import logs


@dataclass(frozen=True)
class Told:
    """A node on which something is shared with partners, published and waiting."""

    town: Town
    record: str
    waiting: str

    @property
    def marks(self) -> tuple[str, ...]:
        """What gives it away: a word of its text, its record, the short id of its log, its report."""
        return WORD, self.record, self.town.side.green.identity.short, self.waiting


@pytest.fixture
def told(town: Town) -> Told:
    record = share(Place(town, "http://localhost"))
    made = town.side.intake.create(
        town.people.member,
        account(title=f"{WORD} waits", text=TEXT),
        channel="form",
        submit=True,
        telling_of=Telling(label=Label.GREEN),
    )
    return Told(town, record, made.view.summary.id)


def test_members_of_other_organizations_are_shown_it_under_its_own_address_alone(told: Told) -> None:
    """Also where they tell the very same: lists of what is alike, their reports, the risk, and the search."""
    town = told.town
    key = town.draft(account(title="The same again", text=TEXT), town.people.other_member)
    other = town.signed_in("other")
    pages = ["/mine", "/others", f"/mine/{key}", "/", f"/?q={WORD}", "/statistics", "/node", "/account"]
    pages += [f"/report/{key}/{page}" for page in ("similar", "check", "exactness", "privacy", "identity")]
    for page in pages:
        opened = other.open(page)
        # Nothing is alike, so that page leads on.
        leads_to = f"/report/{key}/check" if page.endswith("/similar") else page.partition("?")[0]
        assert (opened.status, opened.path) == (200, leads_to)
        text = opened.text.replace(TEXT, "").replace(f'value="{WORD}"', "")
        assert [mark for mark in told.marks[1:] if mark in text] == [], page
        assert f"{WORD} waits" not in text, page
    assert told.record in other.open("/green").text


def test_who_has_no_account_is_told_nothing(told: Told) -> None:
    visitor = told.town.visitor()
    for path in (
        "/green",
        f"/green/records/{told.record}",
        f"/records/{told.record}",
        f"/mine/{told.waiting}",
    ):
        page = visitor.open(path)
        assert WORD not in page.text
    for path in ("", "/versions", "/related", "/history", "/similar", "/proof"):
        url = "/api/v1/records/{}" + path
        real, none = (
            told.town.app.test_client().get(url.format(one))
            for one in (told.record, "AIR-AAAAAAAAAA-2026-000001")
        )
        assert real.status_code == none.status_code == 404
        assert real.data.replace(told.record.encode(), b"") == none.data.replace(
            b"AIR-AAAAAAAAAA-2026-000001", b""
        )


def test_nothing_can_be_said_of_it_and_the_refusal_tells_nothing(told: Told) -> None:
    """Statements, reports that name it, and flags: as for a record that is not there."""
    town, problems = told.town, []
    for record in (told.record, "AIR-AAAAAAAAAA-2026-000001"):
        for kind, raw in ((Kind.STATEMENT, SAID), (Kind.REPORT, account())):
            with pytest.raises(CommonsError) as refused:
                town.side.intake.create(
                    town.people.other_member,
                    raw,
                    channel="form",
                    submit=True,
                    telling_of=Telling(kind, record),
                )
            problems.append((kind, type(refused.value), str(refused.value).replace(record, "")))
        with pytest.raises(CommonsError) as refused:
            town.side.reviewing.care.flags.flag(record, "wrong", "It is wrong.")
        problems.append((Kind.REPORT, type(refused.value), str(refused.value).replace(record, "")))
    assert problems[:3] == problems[3:]


def test_a_publisher_that_was_not_asked_knows_nothing(told: Told) -> None:
    """Publishing for others: the list of another organization holds what it was asked for alone."""
    town = told.town
    assert town.side.identities.others.page(town.people.other_member).items == ()
    assert town.signed_in("other").open(f"/others/{told.waiting}").status in (403, 404)


def test_an_export_holds_it_for_its_organization_and_for_no_other(told: Told) -> None:
    side, people = told.town.side, told.town.people
    own = exported(told, people.member.organization_id)
    assert WORD in own
    assert '"tlp": "GREEN"' in own
    for organization in (people.other_member.organization_id, people.steward.organization_id):
        assert [mark for mark in told.marks if mark in exported(told, organization)] == []
    assert side.green.records.count() == 1


def exported(told: Told, organization: str) -> str:
    """All files of an organization's export."""
    pieces = told.town.side.custody.exports.organization(OPERATOR, organization)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_no_line_of_logging_tells_that_there_is_any(town: Town, logged: io.StringIO) -> None:
    """Telling, narrowing, reviewing, publishing, reading, telling all, erasing."""
    logs.log_requests(town.app)
    record = share(Place(town, "http://localhost"))
    key = town.side.submissions.own(town.people.member).items[0].id
    member, reviewer = town.signed_in("member"), town.signed_in("reviewer")
    draft = town.draft()
    member.send(member.open(f"/report/{draft}/label"), "/label", tlp="GREEN")
    member.open("/green")
    member.open(f"/green/records/{record}")
    reviewer.open(f"/review/records/{record}")
    member.send(member.open(f"/mine/{key}"), "/tell-all")
    member.send(member.open(f"/mine/{key}/erase"))
    town.app.test_client().get("/fed/green/checkpoint")
    told: list[dict[str, Any]] = [json.loads(line) for line in logged.getvalue().splitlines()]
    assert {one["route"] for one in told if "route" in one} > {"/mine/<key:key>", "/review/records/<record>"}
    text = logged.getvalue().lower()
    for mark in (record.lower(), "green", "partner", "label", "narrow", "tell-all", WORD.lower()):
        assert mark not in text
