"""Many reports in one file, on pages without scripts: check, copy, drafts, review; and drafts of programs."""

from __future__ import annotations

import io

import pytest
from werkzeug.test import TestResponse

from registry.intake.bulk.limits import FILE_MAX, ROWS_MAX
from registry.intake.bulk.service import Wish
from registry.intake.labels import Label
from registry.intake.rules import State
from tests.factories import account
from tests.registry.intake.bulk.making import as_csv, as_form, as_jsonl, as_xlsx, read
from tests.web.browsing import Page, Visitor
from tests.web.pages.answers import key_of
from tests.web.town import Town

WHERE = "/report/bulk"
TABLE = [
    ["Title", "What happened", "Date", "Colour", "C16"],
    ["<b>First</b>", "Call +254 712 345678.", "2026-03", "red", "Fairness"],
    ["Second", "It said so.", "03/04/2026", "", ""],
]


def upload(visitor: Visitor, raw: bytes, name: str = "reports.csv", **chosen: str) -> TestResponse:
    """Choose a file and press a button of the form."""
    form = visitor.open(WHERE).form(WHERE)
    typed = {key.replace("_", "-"): value for key, value in chosen.items()}
    do = typed.pop("do", None)
    held = {key: values[0] for key, values in form.fill(typed).items() if values and key != "file"}
    body, media = as_form(held | ({"do": do} if do else {}), raw, name)
    return visitor.client.post(visitor.prefix + WHERE, data=body, content_type=media)


def page_of(visitor: Visitor, raw: bytes, **chosen: str) -> Page:
    answer = upload(visitor, raw, **chosen)
    return Page(f"http://localhost{WHERE}", answer.status_code, answer.headers, answer.text)


def kept(town: Town) -> list[tuple[str, State]]:
    page = town.side.submissions.own(town.people.member, limit=50)
    return sorted((line.title, line.state) for line in page.items)


def test_a_check_tells_rows_columns_and_personal_details_and_stores_nothing(town: Town) -> None:
    page = page_of(town.signed_in("member"), as_csv(TABLE))
    assert page.status == 200
    assert "Checked: nothing is stored yet" in page.text
    assert "Row 3 · Second Needs attention Date : “03/04/2026” can be read in two ways." in page.text
    assert "Row 2 · <b>First</b> Can be kept as a draft Before it can be sent, it needs:" in page.text
    assert "Columns that are not understood Nothing of them is kept." in page.text
    assert "Colour" in page.text
    assert "C16 : Principles are not recorded here" in page.text
    assert "Telephone number: 1" in page.text
    assert "What happened : Telephone number" in page.text
    assert "Text in UTF-8, cells separated by commas." in page.text
    assert kept(town) == []


def test_the_good_rows_become_drafts_that_a_person_completes(town: Town) -> None:
    visitor = town.signed_in("member")
    refused = page_of(visitor, as_csv(TABLE), then="draft")
    assert (refused.status, "Nothing was stored" in refused.text, kept(town)) == (422, True, [])
    page = page_of(visitor, as_csv(TABLE), then="draft", only_good_rows="yes")
    assert (page.status, kept(town)) == (200, [("<b>First</b>", State.DRAFT)])
    listed = visitor.follow(page.link("Complete the drafts"))
    assert "From a file" in listed.text
    asked = visitor.follow(listed.link("Complete this report"))
    assert asked.path.endswith("/check")
    item = visitor.open(f"/mine/{key_of(asked)}")
    assert "Complete this report From a file. Before it can be sent, it needs:" in item.text
    assert item.link("Severity:").startswith(f"/report/{key_of(asked)}/severity")


def test_complete_reports_go_to_review(town: Town) -> None:
    page = page_of(
        town.signed_in("member"), as_jsonl([account(title=f"R{n}") for n in range(2)]), then="submit"
    )
    assert "2 stored just now" in page.text
    assert kept(town) == [("R0", State.SUBMITTED), ("R1", State.SUBMITTED)]
    again = page_of(town.signed_in("member"), as_jsonl([account(title="R0")]), then="submit")
    assert "Nothing new to store" in again.text
    assert "Row 1 · R0 Here already Waiting for review" in again.text
    assert len(kept(town)) == 2


def test_a_row_that_reads_differently_now_is_said_to(town: Town) -> None:
    visitor = town.signed_in("member")
    page_of(visitor, as_jsonl([{"reference": "1", **account()}]), then="draft")
    page = page_of(visitor, as_jsonl([{"reference": "1", **account(title="Other")}]), then="draft")
    assert "This row says something else than the report that is here." in page.text


def test_the_checked_copy_comes_as_a_file_in_the_readers_language(town: Town) -> None:
    answer = upload(town.signed_in("member", "/fr"), as_xlsx(TABLE), "a.xlsx", do="copy")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="checked.xlsx"'
    assert answer.headers["Cache-Control"] == "no-store"
    table = read(answer.data)
    assert table.header[0] == "Ce qu’il faut revoir dans cette ligne [errors]"
    assert "Date: " in table.lines[1].cells[0]
    assert kept(town) == []


def test_the_templates_are_in_the_language_of_the_page(town: Town) -> None:
    visitor = town.signed_in("member", "/es")
    links = [url for url, _ in visitor.open(WHERE).links if "template" in url]
    assert [url.rpartition("/")[2] for url in links] == [
        f"template.{k}?lang=es" for k in ("xlsx", "csv", "jsonl")
    ]
    assert all(visitor.client.get(url).status_code == 200 for url in links)


@pytest.mark.parametrize(
    ("raw", "status", "says"),
    [
        (b"%PDF-1.7", 400, "This is no table."),
        (b"", 400, "The file is empty."),
        (b"Title,Titre\na,b\n", 422, "The columns “Title” and “Titre” mean the same."),
        (b"Title\n" + b"a\n" * (ROWS_MAX + 1), 413, f"There are more than {ROWS_MAX} rows."),
        (b"x" * (FILE_MAX + 1), 413, "This file is too large."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_above_the_form(
    town: Town, raw: bytes, status: int, says: str
) -> None:
    page = page_of(town.signed_in("member"), raw)
    assert page.status == status
    assert any(sentence.startswith(says) for sentence in page.summary)
    assert page.title.startswith("Error: ")
    assert set(page.summary.values()) == {"#file"}
    assert "file" in page.ids


def test_a_form_without_a_file_is_answered_in_words(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.send(visitor.open(WHERE), "/report/bulk")
    assert (page.status, list(page.summary)) == (400, ["Send one file, in the field “file”."])


def test_it_is_for_those_who_write_reports(town: Town) -> None:
    assert town.visitor().open(WHERE).path == "/signin"
    assert town.signed_in("reviewer").open(WHERE).status == 403
    member, reviewer = town.signed_in("member"), town.signed_in("reviewer")
    token = reviewer.open("/account").form("/signout").fill({})
    sent = reviewer.client.post(
        WHERE, data=token | {"then": "draft", "file": (io.BytesIO(b"Title\na"), "a.csv")}
    )
    assert (sent.status_code, kept(town)) == (403, [])
    assert "no-store" in member.open(WHERE).headers["Cache-Control"]


def test_a_forged_form_stores_nothing(town: Town) -> None:
    data = {"then": "draft", "file": (io.BytesIO(as_jsonl([account()])), "a.jsonl")}
    answer = town.signed_in("member").client.post(WHERE, data=data)
    assert (answer.status_code, kept(town)) == (400, [])


def test_drafts_of_programs_wait_visibly_and_others_do_not(town: Town) -> None:
    visitor, intake = town.signed_in("member"), town.side.intake
    town.draft({"title": "Typed here"})
    assert "waits" not in visitor.open("/mine").text
    assert "A person has to complete" not in visitor.open("/mine").text
    intake.create(town.people.member, {"title": "By a monitor"}, channel="api")
    intake.create(town.people.member, account(title="Whole"), channel="api")
    intake.create(town.people.member, account(title="Sent"), channel="api", submit=True)
    intake.create(town.people.other_member, {"title": "Theirs"}, channel="api")
    page = visitor.open("/mine")
    assert "2 drafts were made by programs or came in files." in page.text
    narrowed = visitor.follow(page.link("Show them"))
    assert "By a monitor" in narrowed.text
    assert "Whole" in narrowed.text
    assert not {"Typed here", "Sent", "Theirs"} & set(narrowed.text.split(" · "))
    assert "Typed here" not in narrowed.text
    assert "Sent Waiting" not in narrowed.text
    whole = visitor.follow(narrowed.link("Whole"))
    assert "Made by a program. Nothing is missing. Read it, then send it." in whole.text


def test_a_long_list_of_them_is_turned_page_by_page(town: Town) -> None:
    bulk, actor = town.side.bulk, town.people.member
    received = bulk.read(actor, as_jsonl([{"title": f"Draft {n:02}"} for n in range(25)]))
    bulk.store(actor, received, bulk.check(actor, received, language="en"), Wish())
    visitor = town.signed_in("member")
    first = visitor.follow(visitor.open("/mine").link("Show them"))
    second = visitor.follow(first.link("Next page"))
    assert (first.text.count("From a file"), second.text.count("From a file")) == (20, 5)
    assert "made=by-machine" in second.link("Back to the first page")


def test_labels_of_a_file_are_those_of_its_reports(town: Town) -> None:
    visitor = town.signed_in("member")
    refused = page_of(visitor, as_csv([["Title", "Shared with"], ["A", "TLP:GREEN"]]), then="draft")
    assert (refused.status, kept(town)) == (422, [])
    assert "This cell says that not everybody may read the report." in refused.text
    assert (
        page_of(visitor, as_csv([["Title", "TLP"], ["A", "TLP:GREEN"], ["B", ""]]), then="draft").status
        == 200
    )
    found = {line.title: line.label for line in town.side.submissions.own(town.people.member).items}
    assert found == {"A": Label.GREEN, "B": Label.CLEAR}
    assert visitor.open("/mine").text.count("TLP:GREEN") == 1
