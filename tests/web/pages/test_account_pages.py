"""Pages of one's own account: password, forgotten password, address."""

from __future__ import annotations

import re

import pytest

from registry.identity.oauth.rules import Way
from tests.factories import PASSWORD
from tests.web.browsing import Page, Visitor
from tests.web.pages.organization.mailbox import deliver, the_letter
from tests.web.town import Town, sign_in

NEW = "cobalt otter hums twice"
OLD_ADDRESS, NEW_ADDRESS = "member@example.org", "new.member@example.net"


def without_token(page: Page) -> str:
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page.html)


def change(visitor: Visitor, present: str, new: str) -> Page:
    return visitor.send(visitor.open("/account/password"), "/account/password", password=present, new=new)


def test_changing_the_password(town: Town) -> None:
    visitor, elsewhere = town.signed_in("member"), town.signed_in("member")
    page = change(visitor, PASSWORD, NEW)
    assert page.path == "/account"
    assert "All your other sessions have ended." in page.text
    assert elsewhere.open("/mine").path == "/signin"
    assert sign_in(town.visitor(), "member").status == 422
    assert sign_in(town.visitor(), "member", NEW).path == "/mine"
    assert the_letter(town, OLD_ADDRESS).subject == "Your password was changed"


def test_a_new_password_disconnects_programs_unless_that_is_unticked(town: Town) -> None:
    visitor, program = town.signed_in("member"), a_program(town)
    for typed, left in (({"disconnect": []}, 1), ({}, 0)):
        town.side.oauth.credentials.give_code(
            town.people.member, program, ("submissions:read",), "https://tool.example/done", "c" * 43
        )
        page = visitor.open("/account/password")
        new = f"{NEW} {left}"
        present = PASSWORD if left else f"{NEW} 1"
        done = visitor.send(page, "/account/password", password=present, new=new, **typed)
        assert ("Programs that acted for you are disconnected." in done.text) == (not left)
        assert len(town.side.oauth.grants.applications(town.people.member)) == left
        letter = the_letter(town, OLD_ADDRESS)
        assert letter.subject == "Your password was changed"
        assert ("stay connected" in letter.text) == bool(left)


def test_a_box_that_was_unticked_stays_so_when_something_is_wrong(town: Town) -> None:
    visitor = town.signed_in("member")
    page = visitor.open("/account/password")
    assert "checked" in page.html
    refused = visitor.send(page, "/account/password", password="wrong", new=NEW, disconnect=[])
    assert refused.status == 422
    assert "checked" not in refused.html


def test_the_list_of_sessions_leads_to_the_programs(town: Town) -> None:
    page = town.signed_in("member").open("/account/sessions")
    assert "Ending a session does not disconnect programs." in page.text
    assert page.link("See and disconnect programs") == "/account/programs"


def a_program(town: Town) -> str:
    """A program that people can let act for them; its id."""
    way = Way("none", ("authorization_code",), ("https://tool.example/done",))
    return town.side.directory.add_client("Lake Health", "A tool", ["submissions:read"], way).id


@pytest.mark.parametrize(
    ("present", "new", "where"),
    [
        ("wrong", NEW, "#password"),
        (PASSWORD, "short", "#new"),
        (PASSWORD, "password12345", "#new"),
        (PASSWORD, "member lake health", "#new"),
    ],
)
def test_what_is_wrong_is_said_and_no_password_comes_back(
    town: Town, present: str, new: str, where: str
) -> None:
    page = change(town.signed_in("member"), present, new)
    assert page.status == 422
    assert page.title.startswith("Error:")
    assert list(page.summary.values()) == [where]
    assert where[1:] in page.ids
    assert new not in page.html
    assert present not in page.html
    assert sign_in(town.visitor(), "member").path == "/mine"


def test_the_page_says_what_ends_and_what_stays(town: Town) -> None:
    page = town.signed_in("member").open("/account/password")
    assert "all your other sessions end" in page.text
    assert "Also disconnect the programs that act for you" in page.text
    assert page.link("Programs that act for you") == "/account/programs"


def ask(town: Town, email: str, prefix: str = "") -> Page:
    visitor = town.visitor(prefix)
    return visitor.send(visitor.open("/signin/forgot"), "/signin/forgot", email=email)


def test_a_forgotten_password(town: Town) -> None:
    before = town.signed_in("member")
    assert town.visitor().open("/signin").link("Forgot your password?") == "/signin/forgot"
    assert ask(town, OLD_ADDRESS).path == "/signin/forgot/sent"
    letter, visitor = the_letter(town, OLD_ADDRESS), town.visitor()
    page = visitor.follow(letter.link)
    assert page.path == "/signin/reset"
    assert visitor.send(page, "/signin/reset", new="password12345").status == 422
    done = visitor.send(visitor.follow(letter.link), "/signin/reset", new=NEW)
    assert done.path == "/signin"
    assert "Your new password is set." in done.text
    assert before.open("/mine").path == "/signin"
    assert sign_in(visitor, "member", NEW).path == "/mine"
    assert visitor.follow(letter.link).status == 404


def test_the_answer_never_tells_who_is_known(town: Town) -> None:
    known, unknown = ask(town, OLD_ADDRESS), ask(town, "nobody@example.org")
    odd = ask(town, "not an address")
    assert known.address == unknown.address == odd.address
    assert without_token(known) == without_token(unknown) == without_token(odd)
    assert [letter.to for letter in deliver(town)] == [OLD_ADDRESS]


def test_asking_again_and_again_sends_few_letters_and_says_nothing(town: Town) -> None:
    pages = {(page.status, page.address) for page in (ask(town, OLD_ADDRESS) for _ in range(8))}
    assert len(pages) == 1
    assert len(deliver(town)) == 3


def test_one_place_cannot_ask_for_everybody(town: Town) -> None:
    answers = [ask(town, f"somebody{number}@example.org").status for number in range(25)]
    assert answers[:20] == [200] * 20
    assert answers[20:] == [429] * 5


def test_who_is_held_back_leaves_the_bound_of_the_node_to_others(town: Town) -> None:
    visitor = town.visitor()
    form = visitor.open("/signin/forgot").form("/signin/forgot")

    def tried(place: str, email: str) -> int:
        data, place_of = form.fill({"email": email}), {"REMOTE_ADDR": place}
        return visitor.client.post("/signin/forgot", data=data, environ_base=place_of).status_code

    answers = [tried("198.51.100.7", f"somebody{number}@example.org") for number in range(310)]
    assert (answers[:20], set(answers[20:])) == ([303] * 20, {429})
    again = [tried(f"198.51.100.{number}", "somebody@example.org") for number in range(10, 30)] * 16
    assert set(again) == {303}, "one mailbox that gets no more letters uses nothing up either"
    assert tried("203.0.113.9", OLD_ADDRESS) == 303
    assert OLD_ADDRESS in [letter.to for letter in deliver(town)]


def test_a_wrong_password_uses_up_no_letter_of_the_new_mailbox(town: Town) -> None:
    visitor = town.signed_in("member")
    assert [wish(visitor, password=f"wrong {number}").status for number in range(6)] == [422] * 6
    assert [wish(visitor).status for _ in range(3)] == [200] * 3
    page = wish(visitor)
    assert page.status == 429
    assert "There were too many tries. Wait 24 hours, then try again." in page.text


def test_the_letter_speaks_its_readers_language_and_leads_into_it(town: Town) -> None:
    with town.side.database.work() as session:
        from_model = session.connection()
        from_model.exec_driver_sql("UPDATE person SET language = 'fr'")
    ask(town, OLD_ADDRESS, "/es")
    assert the_letter(town, OLD_ADDRESS).link.startswith("/fr/signin/reset?key=")


def test_a_reset_signs_out_whoever_sits_at_the_browser(town: Town) -> None:
    ask(town, OLD_ADDRESS)
    letter, visitor = the_letter(town, OLD_ADDRESS), town.signed_in("other")
    visitor.send(visitor.follow(letter.link), "/signin/reset", new=NEW)
    assert visitor.open("/mine").path == "/signin"


def wish(visitor: Visitor, email: str = NEW_ADDRESS, password: str = PASSWORD) -> Page:
    return visitor.send(visitor.open("/account/email"), "/account/email", email=email, password=password)


def test_changing_the_address(town: Town) -> None:
    visitor = town.signed_in("member")
    page = wish(visitor)
    assert (page.status, page.path) == (200, "/account/email")
    assert NEW_ADDRESS in page.text
    letters = {letter.to: letter for letter in deliver(town)}
    assert letters[OLD_ADDRESS].subject == "Your address is being changed"
    assert NEW_ADDRESS not in letters[OLD_ADDRESS].text
    assert OLD_ADDRESS not in letters[NEW_ADDRESS].text
    opened = visitor.follow(letters[NEW_ADDRESS].link)
    assert "password" not in opened.form("/confirm").controls
    assert sign_in(town.visitor(), "member").path == "/mine"  # still the old address
    assert visitor.send(opened, "/account/email/confirm").path == "/account"
    assert sign_in(town.visitor(), "member").status == 422
    newcomer = town.visitor()
    page = newcomer.send(newcomer.open("/signin"), "/signin", email=NEW_ADDRESS, password=PASSWORD)
    assert page.path == "/mine"


def test_the_link_opened_elsewhere_asks_for_the_password(town: Town) -> None:
    wish(town.signed_in("member"))
    link = next(letter.link for letter in deliver(town) if letter.to == NEW_ADDRESS)
    for visitor in (town.visitor(), town.signed_in("other")):
        refused = visitor.send(visitor.follow(link), "/confirm", password="wrong")
        assert refused.status == 422
        assert refused.summary == {"This is not your present password.": "#password"}
    visitor = town.visitor()
    assert visitor.send(visitor.follow(link), "/confirm", password=PASSWORD).path == "/signin"
    page = visitor.send(visitor.open("/signin"), "/signin", email=NEW_ADDRESS, password=PASSWORD)
    assert page.path == "/mine"


def test_an_address_of_somebody_else_gets_the_same_answer(town: Town) -> None:
    visitor = town.signed_in("member")
    free, taken = wish(visitor), wish(visitor, "other@example.org")
    assert without_token(free).replace(NEW_ADDRESS, "other@example.org") == without_token(taken)
    letters = {letter.to: letter.subject for letter in deliver(town)}
    assert letters["other@example.org"] == "You have an account here already"


def test_keeping_the_old_address(town: Town) -> None:
    visitor = town.signed_in("member")
    wish(visitor)
    link = next(letter.link for letter in deliver(town) if letter.to == NEW_ADDRESS)
    page = visitor.send(visitor.open("/account/email"), "/account/email/keep")
    assert NEW_ADDRESS not in page.text
    assert visitor.follow(link).status == 404


@pytest.mark.parametrize(
    ("email", "password", "where"),
    [("nothing", PASSWORD, "#email"), (OLD_ADDRESS, PASSWORD, "#email"), (NEW_ADDRESS, "wrong", "#password")],
)
def test_what_is_wrong_with_an_address_is_said(town: Town, email: str, password: str, where: str) -> None:
    page = wish(town.signed_in("member"), email, password)
    assert (page.status, list(page.summary.values())) == (422, [where])
    assert deliver(town) == []


def test_one_person_cannot_send_letters_without_end(town: Town) -> None:
    visitor = town.signed_in("member")
    answers = [wish(visitor, f"mailbox{number}@example.org").status for number in range(7)]
    assert answers == [200] * 5 + [429] * 2


def test_nobody_guesses_the_password_at_a_link(town: Town) -> None:
    wish(town.signed_in("member"))
    link = next(letter.link for letter in deliver(town) if letter.to == NEW_ADDRESS)
    visitor = town.visitor()
    page = visitor.follow(link)
    answers = [visitor.send(page, "/confirm", password=f"wrong {number}").status for number in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_an_address_that_is_not_confirmed_can_be(town: Town) -> None:
    with town.side.database.work() as session:
        session.connection().exec_driver_sql("UPDATE person SET email_verified_at = NULL")
    visitor = town.signed_in("member")
    page = visitor.open("/account/email")
    assert "Not confirmed yet" in page.text
    visitor.send(page, "/account/email/proof")
    opened = visitor.follow(the_letter(town, OLD_ADDRESS).link)
    visitor.send(opened, "/account/email/confirm")
    assert "Not confirmed yet" not in visitor.open("/account/email").text


@pytest.mark.parametrize("path", ["/signin/reset", "/account/email/confirm"])
def test_a_dead_link_says_so(town: Town, path: str) -> None:
    for query in ("", "?key=", "?key=x", "?key=" + "x" * 2_000, "?key=%00"):
        page = town.visitor().open(path + query)
        assert page.status == 404
        assert page.headers["Cache-Control"] == "no-store"
