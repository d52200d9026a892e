"""Notes among reviewers, on the page of a report."""

from __future__ import annotations

from registry.intake.rules import State
from tests.web.town import Town

ODD = "The dates do not fit together."


def test_a_note_is_kept_with_all_else_that_was_typed(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    empty = visitor.send(visitor.open(f"/review/{key}"), "/notes", remark=" ", note="Half a thought")
    assert (empty.status, empty.summary) == (422, {"Write your note.": "#remark"})
    done = visitor.send(empty, "/notes", remark=ODD, note="Half a thought")
    assert "The note is kept. Only reviewers read it." in done.text
    assert done.form("/decide").controls["note"].values == ["Half a thought"]
    assert done.form("/decide").controls["remark"].values == [""]
    assert ODD in town.signed_in("second").open(f"/review/{key}").text
    assert ODD not in town.signed_in("member").open(f"/mine/{key}").text


def test_a_note_that_was_not_kept_is_not_lost_by_other_buttons(town: Town) -> None:
    key, visitor = town.report(State.IN_REVIEW), town.signed_in("reviewer")
    page = visitor.send(visitor.open(f"/review/{key}"), "/ask", question="Which?", remark=ODD)
    assert page.form("/decide").controls["remark"].values == [ODD]
    assert town.side.reviewing.remarks.of(town.people.reviewer, key) == ()


def test_who_holds_no_claim_writes_as_well(town: Town) -> None:
    key, second = town.report(State.DECLINED), town.signed_in("second")
    page = second.send(second.open(f"/review/{key}"), "/notes", remark=ODD)
    assert ODD in page.text
