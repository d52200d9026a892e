"""Following a report with its receipt code: open to whoever holds it, and silent on everything else."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from registry.intake.rules import STATE_LABELS, State
from tests.web.browsing import Page, Visitor
from tests.web.town import WAYS, Town
from web.pages.states import PUBLIC_MEANING

NAMES = ("Lake Health", "Member", "member@", "Open Review", "reviewer@", "Chatbot told patients", "dose")
"""What the holder of a code must not learn from it."""


def look_up(visitor: Visitor, code: str) -> Page:
    return visitor.send(visitor.open("/receipt"), code=code)


@pytest.mark.parametrize("state", list(WAYS))
def test_a_code_shows_where_the_report_stands(town: Town, state: State) -> None:
    page = look_up(town.visitor(), town.receipt(town.report(state)))
    assert page.status == 200
    assert STATE_LABELS[state] in page.text
    assert PUBLIC_MEANING[state] in page.text
    main = page.html.partition("<main")[2].partition("</main>")[0]
    for name in NAMES:
        assert name not in main


def test_the_steps_name_roles_and_begin_with_the_sending(town: Town) -> None:
    page = look_up(town.visitor(), town.receipt(town.report(State.PUBLISHED)))
    steps = ["Sent to review", "A reviewer took it on", "Accepted", "Taken into a publication batch"]
    places = [page.text.index(step) for step in steps]
    assert places == sorted(places)
    assert "Draft begun" not in page.text
    assert "The reporting organization" in page.text


def test_a_published_report_leads_to_its_record(town: Town) -> None:
    key = town.report(State.PUBLISHED)
    page = look_up(town.visitor("/es"), town.receipt(key))
    assert f"/es/records/{town.record_id(key)}" in [url for url, _ in page.links]


@pytest.mark.parametrize(
    "change",
    [
        lambda code: code.replace(" ", ""),
        lambda code: code.replace(" ", "-"),
        lambda code: f"  {code}  ",
        lambda code: code.replace(" ", "\u00a0"),
    ],
)
def test_blanks_and_hyphens_do_not_matter(town: Town, change: Callable[[str], str]) -> None:
    code = town.receipt(town.report(State.SUBMITTED))
    assert look_up(town.visitor(), change(code)).status == 200


def test_every_wrong_code_gets_the_same_answer(town: Town) -> None:
    right = town.receipt(town.report(State.SUBMITTED))
    nearly = right[:-1] + str((int(right[-1]) + 1) % 10)
    wrong = [
        "",
        "1",
        "0000 0000 0000 0000 0000 0000",
        nearly,
        right[:-1],
        right + "1",
        "x" * 5000,
        "' or 1=1",
        "\x00",
    ]
    visitor, answers = town.visitor(), set()
    for code in wrong:
        page = look_up(visitor, code)
        assert page.status == 422
        assert page.title.startswith("Error: ")
        assert page.summary == {"No report has this code. Check its digits.": "#code"}
        assert page.form().controls["code"].values == [""]
        answers.add(re.sub(r'name="csrf_token" value="[^"]*"', "", page.html))
    assert len(answers) == 1


def test_the_code_stays_out_of_addresses(town: Town) -> None:
    code = town.receipt(town.report(State.SUBMITTED))
    page = look_up(town.visitor(), code)
    assert page.path == "/receipt"
    assert code not in page.text
    assert all(code not in url for url, _ in page.links)
    form = town.visitor().open("/receipt").form()
    assert form.method == "post"
    assert town.visitor().open(f"/receipt?code={code}").status == 200
    assert "Where the report stands" not in town.visitor().open(f"/receipt?code={code}").text


def test_the_answer_is_not_compressed(town: Town) -> None:
    visitor = town.visitor()
    form = visitor.open("/receipt").form()
    data = form.fill({"code": town.receipt(town.report(State.SUBMITTED))})
    answer = visitor.client.post("/receipt", data=data, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_holder_answers_a_question_and_takes_the_report_back(town: Town) -> None:
    key = town.report(State.CHANGES_REQUESTED)
    visitor = town.visitor()
    page = look_up(visitor, town.receipt(key))
    assert "waits for an answer" in page.text
    again = visitor.send(page, "/receipt/add", text="  ")
    assert (again.status, again.title.startswith("Error: ")) == (422, True)
    assert again.summary == {"Write what you would like to add.": "#text"}
    answered = visitor.send(again, "/receipt/add", text="It was the evening dose.")
    assert "What you wrote is with the report." in answered.text
    assert "evening dose" not in answered.text
    for reader, path in (("member", f"/mine/{key}"), ("reviewer", f"/review/{key}")):
        assert "It was the evening dose." in town.signed_in(reader).open(path).text
    gone = visitor.send(answered, "/receipt/withdraw")
    assert STATE_LABELS[State.WITHDRAWN] in gone.text
    assert town.state(key) is State.WITHDRAWN
    assert "Take it back now" not in gone.text


def test_the_organization_adds_to_a_report_that_was_declined(town: Town) -> None:
    key = town.report(State.DECLINED)
    member = town.signed_in("member")
    page = member.send(member.open(f"/mine/{key}"), f"/mine/{key}/add", text="It happened again.")
    assert "It happened again." in page.text
    assert town.state(key) is State.DECLINED
