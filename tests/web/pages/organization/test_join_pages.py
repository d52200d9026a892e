"""Applying, confirming, being decided about: by HTTP and by mail, as a stranger meets it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.config import Settings
from registry.identity.rules import OrganizationState
from registry.identity.tenants.rules import OPERATOR
from tests.conftest import SettableClock
from tests.factories import PASSWORD
from tests.web.browsing import Page, Visitor
from tests.web.pages.organization.mailbox import deliver, the_letter
from tests.web.town import Town, sign_in
from web.app import create_app
from web.setup import initialise
from web.wiring import build, close

ANSWERS = {
    "name": "Harbour Aid",
    "descriptor": "an aid group at the coast",
    "website": "https://harbour.example",
    "purpose": "We help people who were refused aid.",
    "person": "Ann Harbour",
    "email": "ann@harbour.example",
    "password": "a password of Ann's own",
}


def apply(visitor: Visitor, **changes: str) -> Page:
    return visitor.send(visitor.open("/join"), **(ANSWERS | changes))


def applied(town: Town) -> list[str]:
    listed = town.side.tenants.standing.all(OPERATOR, OrganizationState.APPLIED)
    return [one.name for one in listed]


def test_the_whole_way_from_stranger_to_administrator(town: Town) -> None:
    ann = town.visitor()
    assert apply(ann).path == "/join/sent"
    letter = the_letter(town, ANSWERS["email"])
    page = ann.send(ann.follow(letter.link), password=ANSWERS["password"])
    assert (page.status, page.path) == (200, "/")
    assert "Your address is confirmed" in page.text

    steward = town.signed_in("steward")
    queue = steward.open("/steward/organizations")
    page = steward.follow(queue.link("Harbour Aid"))
    page = steward.send(page, press=("decision", "approve"), reason="We know them.")
    assert "The decision is recorded" in page.text
    assert "We know them." in page.text

    letter = the_letter(town, ANSWERS["email"])
    assert "We know them." in letter.text
    signed = ann.send(ann.open("/signin"), email=ANSWERS["email"], password=ANSWERS["password"])
    assert signed.status == 200
    assert ann.follow(letter.link).status == 200


def test_a_declined_applicant_reads_why(town: Town) -> None:
    ann = town.visitor()
    apply(ann)
    ann.send(ann.follow(the_letter(town, ANSWERS["email"]).link), password=ANSWERS["password"])
    steward = town.signed_in("steward")
    page = steward.follow(steward.open("/steward/organizations").link("Harbour Aid"))
    steward.send(page, press=("decision", "decline"), reason="We could not reach you.")
    letter = the_letter(town, ANSWERS["email"])
    assert "We could not reach you." in letter.text
    assert sign_in(ann, "ann", ANSWERS["password"]).status == 422


def test_whatever_is_known_here_the_answer_is_the_same(town: Town) -> None:
    pages = [
        apply(town.visitor()),
        apply(town.visitor(), email="member@example.org"),
        apply(town.visitor(), email="second@harbour.example", name="LAKE HEALTH"),
        apply(town.visitor()),
    ]
    texts = {re.sub(r'value="[^"]{40,}"', "", page.html) for page in pages}
    assert len(texts) == 1
    assert {page.path for page in pages} == {"/join/sent"}


def test_the_letter_to_a_known_address_helps_its_owner(town: Town) -> None:
    apply(town.visitor(), email="member@example.org")
    letter = the_letter(town, "member@example.org")
    assert "You have an account" in letter.text
    assert "Harbour" not in letter.text
    assert applied(town) == []


def test_the_first_letter_carries_no_word_that_a_stranger_typed(town: Town) -> None:
    apply(town.visitor(), name="Buy pills at https://evil.example", person="Winner")
    letter = the_letter(town, ANSWERS["email"])
    for word in ("pills", "evil", "Winner", "coast"):
        assert word not in letter.text + letter.subject
    assert len(re.findall(r"https?://", letter.text)) == 1


@pytest.mark.parametrize(
    ("prefix", "said"), [("", "Please confirm"), ("/fr", None), ("/ar", None), ("/es", None)]
)
def test_the_letter_leads_to_the_page_in_the_readers_language(
    town: Town, prefix: str, said: str | None
) -> None:
    apply(town.visitor(prefix))
    letter = the_letter(town, ANSWERS["email"])
    assert letter.link.startswith(f"{prefix}/join/confirm?key=")
    assert letter.address.startswith(town.node.settings.base_url.rstrip("/"))
    assert said is None or said in letter.subject
    page = town.visitor().follow(letter.link)
    assert (page.status, page.lang) == (200, prefix.strip("/") or "en")


def test_opening_the_link_alone_confirms_nothing(town: Town) -> None:
    """Mail scanners open links; only the password of the application confirms."""
    ann = town.visitor()
    apply(ann)
    link = the_letter(town, ANSWERS["email"]).link
    for _ in range(3):
        page = ann.follow(link)
    page = ann.send(page, password="not the password")
    assert page.status == 422
    assert page.summary == {"This is not the password of the application.": "#password"}
    assert ann.send(page, password=ANSWERS["password"]).path == "/"
    dead = ann.follow(link)
    assert dead.status == 404
    assert "This link does not work any more" in dead.text


@pytest.mark.parametrize("key", ["", "x", "x" * 5000, "%00", "é"])
def test_a_link_that_never_was_says_what_to_do(town: Town, key: str) -> None:
    for path in ("/join/confirm", "/invitation"):
        page = town.visitor().open(f"{path}?key={key}")
        assert page.status == 404
        assert "This link does not work any more" in page.text


def test_every_fault_is_named_at_its_field_and_nothing_is_lost(town: Town) -> None:
    page = apply(
        town.visitor(),
        name=" ",
        descriptor="d" * 201,
        website="javascript:alert(1)",
        email="ann",
        password="x",
    )
    assert page.status == 422
    assert set(page.summary.values()) == {"#name", "#descriptor", "#website", "#email", "#password"}
    assert page.form("/join").controls["purpose"].values == [ANSWERS["purpose"]]
    assert page.form("/join").controls["password"].values == [""]
    assert page.title.startswith("Error:")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}", "%(node)s %s", '"><b>x'])
def test_what_is_typed_is_shown_and_never_obeyed(town: Town, text: str) -> None:
    ann = town.visitor()
    apply(ann, name=text, descriptor=text, person=text, purpose=text)
    ann.send(ann.follow(the_letter(town, ANSWERS["email"]).link), password=ANSWERS["password"])
    steward = town.signed_in("steward")
    queue = steward.open("/steward/organizations")
    assert text in queue.text
    page = steward.follow(queue.link(text))
    assert text in page.text
    assert "<script>alert" not in page.html
    steward.send(page, press=("decision", "approve"), reason=text)
    letter = the_letter(town, ANSWERS["email"])
    assert f"{text} may now report" in " ".join(letter.text.split())


def test_somebody_signed_in_applies_without_a_second_account(town: Town) -> None:
    member = town.signed_in("member")
    page = member.open("/join")
    assert "email" not in page.form("/join").controls
    typed = {name: ANSWERS[name] for name in ("name", "descriptor", "website", "purpose")}
    page = member.send(page, action="/join", **typed)
    assert (page.status, page.path) == (200, "/account")
    assert applied(town) == ["Harbour Aid"]
    assert deliver(town) == []


def test_an_applicant_cannot_do_anything_before_the_decision(town: Town) -> None:
    ann = town.visitor()
    apply(ann)
    link = the_letter(town, ANSWERS["email"]).link
    assert sign_in(ann, "ann", ANSWERS["password"]).status == 422
    page = ann.send(ann.open("/signin"), email=ANSWERS["email"], password=ANSWERS["password"])
    assert page.status == 422
    ann.send(ann.follow(link), password=ANSWERS["password"])
    page = ann.send(ann.open("/signin"), email=ANSWERS["email"], password=ANSWERS["password"])
    assert (page.status, page.path) == (200, "/account")
    assert {ann.open(path).status for path in ("/mine", "/report/new", "/organization", "/review")} == {403}


@pytest.fixture
def strict(tmp_path: Path, clock: SettableClock) -> Iterator[Town]:
    """An empty town that counts tries as a real node does."""
    settings = Settings(data_dir=tmp_path / "strict", secret_key="test-" * 8)
    initialise(settings, clock)
    node = build(settings, clock)
    yield Town(node, create_app(node), None, clock)  # type: ignore[arg-type] # nobody lives there
    close(node)


def test_a_stranger_applies_a_few_times_and_no_more(strict: Town) -> None:
    statuses = [
        apply(strict.visitor(), email=f"a{n}@harbour.example", name=f"N{n}").status for n in range(12)
    ]
    assert statuses == [200] * 10 + [429] * 2
    assert len(applied(strict)) == 10


def test_whoever_is_held_back_does_not_hold_back_others(strict: Town) -> None:
    """One place sends far more than all places together may; the next place still gets through."""
    flood = strict.visitor()
    page = flood.open("/join")
    data = page.form("/join").fill(ANSWERS | {"email": "x@harbour.example", "password": "short"})
    for _ in range(220):
        flood.client.post("/join", data=data, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    other = strict.visitor()
    form = other.open("/join").form("/join")
    answer = other.client.post("/join", data=form.fill(ANSWERS), environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 303


def test_one_mailbox_gets_three_letters_a_day(strict: Town) -> None:
    statuses = [apply(strict.visitor()).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


def test_typing_errors_use_up_no_letter(strict: Town) -> None:
    statuses = [apply(strict.visitor(), password="short").status for _ in range(15)]
    assert statuses == [422] * 15
    assert apply(strict.visitor()).status == 200


def test_who_has_to_wait_finds_the_application_again_as_it_was_typed(strict: Town) -> None:
    for _ in range(3):
        apply(strict.visitor())
    page = apply(strict.visitor(), purpose="Written with care.")
    assert page.status == 429
    assert "There were too many tries. Wait 24 hours, then try again." in page.text
    assert int(page.headers["Retry-After"]) > 23 * 3600
    assert page.form("/join").controls["purpose"].values == ["Written with care."]
    assert page.form("/join").controls["password"].values == [""]


def test_one_place_tries_sixty_times_an_hour(strict: Town) -> None:
    statuses = [apply(strict.visitor(), email="none").status for _ in range(62)]
    assert statuses == [422] * 60 + [429] * 2


def test_passwords_of_an_application_are_not_guessed_through_its_link(strict: Town) -> None:
    ann = strict.visitor()
    apply(ann)
    page = ann.follow(the_letter(strict, ANSWERS["email"]).link)
    statuses = [ann.send(page, password=f"guess number {n}").status for n in range(12)]
    assert statuses == [422] * 10 + [429] * 2
    assert ann.send(page, password=ANSWERS["password"]).status == 429
    assert ANSWERS["password"] != PASSWORD
