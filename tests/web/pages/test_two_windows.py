"""One report in two windows: nothing is overwritten or sent unseen, and one thing is said."""

from __future__ import annotations

from registry.intake.rules import State
from tests.factories import account
from tests.web.town import Town


def test_two_windows_do_not_overwrite_each_other_unseen(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    one, other = (visitor.open(f"/report/{key}/story") for _ in range(2))
    visitor.send(one, title="From the first window")
    stale = visitor.send(other, title="From the second window")
    assert stale.status == 409
    assert stale.title.startswith("Error: ")
    assert "The report was changed in another window. What you typed is still here." in stale.text
    assert "Load it again" not in stale.text
    assert stale.form().controls["title"].values == ["From the second window"]
    assert "From the first window" in visitor.follow(stale.link("Or see this page as it is now")).html
    kept = visitor.send(stale)
    assert kept.status == 200
    view = town.side.intake.read(town.people.member, key)
    assert (view.account.title, view.summary.version) == ("From the second window", 3)


def test_a_window_of_a_report_that_was_sent_in_another_promises_nothing(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    story = visitor.open(f"/report/{key}/story")
    sent = visitor.send(visitor.open(f"/report/{key}/check"), f"/report/{key}/send")
    assert sent.address.endswith("/sent")
    late = visitor.send(story, title="Too late")
    assert late.status == 409
    assert "What you typed on this page is not kept" in late.text
    assert "Continue keeps it" not in late.text
    assert late.form().controls["title"].values == ["Too late"]
    assert town.side.intake.read(town.people.member, key).account.title == account()["title"]
    assert visitor.follow(late.link("See how the report stands")).address.endswith(f"/mine/{key}")


def test_answers_that_changed_meanwhile_are_not_sent_unseen(town: Town) -> None:
    visitor, key = town.signed_in("member"), town.draft()
    check = visitor.open(f"/report/{key}/check")
    visitor.send(visitor.open(f"/report/{key}/story"), title="Changed by a colleague")
    page = visitor.send(check)
    assert page.status == 409
    assert page.title.startswith("Error: ")
    assert "Changed by a colleague" in page.text
    assert town.state(key) is State.DRAFT
    assert visitor.send(page).path == f"/report/{key}/sent"
