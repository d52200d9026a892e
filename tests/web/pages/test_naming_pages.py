"""Who is named, in pages: the choice in plain words, asking a publisher, and the publisher's side."""

from __future__ import annotations

import pytest

from registry.identity.rules import Actor, Role
from registry.intake.identities.rules import Identity, OfferState, Wish
from registry.intake.rules import State
from tests.factories import PASSWORD, account, keep_details
from tests.web.browsing import Visitor
from tests.web.town import Town

LAKE, DESCRIBED, RIVER = "Lake Health", "an organization like Lake", "River Schools"


def identity_of(town: Town, key: str) -> Identity:
    return town.side.identities.naming.of(town.people.member, key).identity


def join(town: Town, name: str, like: Actor, *roles: Role) -> Actor:
    person = town.side.directory.add_person(f"{name}@example.org", name.title(), PASSWORD)
    town.side.directory.grant(person, like.organization_id, roles)
    return town.side.sessions.actor_of(person)


@pytest.fixture
def publishing(town: Town) -> Actor:
    """River Schools says that it publishes for others."""
    admin = join(town, "river-admin", town.people.other_member, Role.ORG_ADMIN)
    town.side.identities.preferences.change(admin, "descriptor", publishes=True, terms="schools and youth")
    return admin


def asked(town: Town, **changes: object) -> tuple[str, str]:
    """A report that River Schools is asked to publish: its key and the request's."""
    wish = Wish(Identity.DELEGATED, RIVER, message="We cannot say so ourselves.")
    made = town.side.intake.create(
        town.people.member, account(**changes), channel="form", submit=True, wish=wish
    )
    (line, *_) = town.side.identities.others.page(town.people.other_member).items
    return made.view.summary.id, line.id


@pytest.mark.parametrize("identity", ["named", "descriptor", "hidden"])
def test_a_choice_is_made_on_its_page_and_stands_on_the_check_page(town: Town, identity: str) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    check = visitor.open(f"/report/{key}/check")
    assert "By a general description" in check.text
    page = visitor.follow(check.link("How your organization is shown"))
    for words in (
        f"The public reads “{LAKE}”",
        f"“{DESCRIBED}” and no name",
        "Neither the public nor reviewers",
    ):
        assert words in page.text
    assert page.form("/identity").controls["identity"].values == ["descriptor"]
    check = visitor.send(page, "/identity", identity=identity)
    assert check.path == f"/report/{key}/check"
    assert "Your choice is saved." in check.text
    titles = {"named": "By its name", "descriptor": "By a general description", "hidden": "Not at all"}
    assert titles[identity] in check.text
    assert identity_of(town, key) == identity


def test_nothing_chosen_is_said_and_nothing_lost(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    page = visitor.open(f"/report/{key}/identity")
    form = page.form("/identity").fill({})
    answer = visitor.client.post(f"/report/{key}/identity", data=form | {"identity": ["nobody"]})
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert identity_of(town, key) is Identity.DESCRIPTOR


def test_a_publisher_is_picked_from_the_list(town: Town, publishing: Actor) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    page = visitor.send(visitor.open(f"/report/{key}/identity"), "/identity", identity="delegated")
    assert page.path == f"/report/{key}/publisher"
    assert "schools and youth" in page.text
    assert identity_of(town, key) is Identity.DESCRIPTOR, "nothing is kept before somebody is named"
    check = visitor.send(page, "/publisher", publisher=RIVER, tell="yes", message="For us, please.")
    assert check.path == f"/report/{key}/check"
    for words in (RIVER, "It is asked when you send the report.", "It knows that you ask."):
        assert words in check.text
    sent = visitor.send(check, "/send")
    assert "The organization that you asked to publish it reads it first" in sent.text
    assert "It waits for the organization that you asked" in visitor.open(f"/mine/{key}").text
    again = visitor.open(f"/report/{key}/publisher").form("/publisher").controls
    assert (again["publisher"].values, again["tell"].values) == ([RIVER], ["yes"])
    assert again["message"].values == ["For us, please."]


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "Say which organization should publish it."),
        (LAKE, "This is your own organization."),
        ("A clinic network", "Your report names this organization."),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_name(
    town: Town, listed: bool, name: str, says: str, request: pytest.FixtureRequest
) -> None:
    if listed:
        request.getfixturevalue("publishing")
    key, visitor = town.draft(), town.signed_in("member")
    page = visitor.send(visitor.open(f"/report/{key}/publisher"), "/publisher", another=name, message="Kept.")
    assert page.status == 422
    assert page.title.startswith("Error:")
    (sentence, target) = next(iter(page.summary.items()))
    assert says in sentence
    assert target.removeprefix("#") in page.ids
    assert page.form("/publisher").controls["another"].values == [name]
    assert page.form("/publisher").controls["message"].values == ["Kept."]


def test_two_windows_do_not_overwrite_each_other(town: Town) -> None:
    key, visitor = town.draft(), town.signed_in("member")
    first = visitor.open(f"/report/{key}/identity")
    asking = visitor.open(f"/report/{key}/publisher")
    visitor.send(visitor.open(f"/report/{key}/identity"), "/identity", identity="hidden")
    late = visitor.send(first, "/identity", identity="named")
    assert late.status == 409
    assert visitor.send(asking, "/publisher", another=RIVER).status == 409
    assert identity_of(town, key) is Identity.HIDDEN
    assert late.form("/identity").controls["identity"].values == ["named"], "what was typed is still there"
    visitor.send(late, "/identity", identity="named")
    assert identity_of(town, key) is Identity.NAMED


@pytest.mark.parametrize("state", [State.PUBLISHED, State.DECLINED, State.WITHDRAWN])
def test_when_it_is_too_late_the_pages_lead_back(town: Town, state: State) -> None:
    key, visitor = town.report(state), town.signed_in("member")
    for slug in ("identity", "publisher"):
        assert visitor.open(f"/report/{key}/{slug}").path == f"/mine/{key}"
    page = visitor.open(f"/mine/{key}")
    assert "Who is shown" in page.text
    assert not [url for url, _ in page.links if url.endswith("/identity#identity")]


def test_a_page_from_before_it_left_is_answered(town: Town) -> None:
    key, visitor = town.report(State.ACCEPTED), town.signed_in("member")
    choosing, asking = visitor.open(f"/report/{key}/identity"), visitor.open(f"/report/{key}/publisher")
    town.side.publication.publish_batch()
    for page, action, typed in (
        (choosing, "/identity", {"identity": "hidden"}),
        (asking, "/publisher", {"another": RIVER}),
    ):
        after = visitor.send(page, action, typed=typed)
        assert after.path == f"/mine/{key}"
        assert identity_of(town, key) is Identity.DESCRIPTOR


def test_the_publisher_finds_reads_and_takes_over(town: Town) -> None:
    key, offer = asked(town, text="Amina Yusuf (amina@clinic.example) was told twice the dose.")
    publisher = town.signed_in("other")
    page = publisher.follow(publisher.open("/mine").link("Publishing for others"))
    assert "Waiting for an answer" in page.text
    assert "The asker is not told" in page.text
    item = publisher.open(f"/others/{offer}")
    assert "[EMAIL-1]" in item.text
    assert "We cannot say so ourselves." in item.text
    for hidden in (LAKE, DESCRIBED, "amina@clinic.example", key, town.people.member.id):
        assert hidden not in item.html
    taken = publisher.send(item, "/take", identity="named")
    assert "You have taken this report over." in taken.text
    mine = town.signed_in("member").open(f"/mine/{key}")
    assert "Taken over" in mine.text
    assert f"The public reads: {RIVER}" in mine.text
    reviewed = town.signed_in("reviewer").open(f"/review/{key}")
    assert "an organization like Rive" in reviewed.text
    for hidden in (LAKE, DESCRIBED, RIVER):
        assert hidden not in reviewed.html
    town.side.reviews.claim(town.people.reviewer, key)
    keep_details(town.side, town.people.reviewer, key)
    town.side.reviews.accept(town.people.reviewer, key)
    town.side.publication.publish_batch()
    assert "Read the public record" in publisher.open(f"/others/{offer}").text
    assert RIVER in Visitor(town.app).open(f"/records/{town.record_id(key)}").text


def test_a_refusal_needs_a_reason_and_reaches_the_one_that_asked(town: Town) -> None:
    key, offer = asked(town)
    publisher = town.signed_in("other")
    wrong = publisher.send(publisher.open(f"/others/{offer}"), "/refuse", reason="  ")
    assert (wrong.status, list(wrong.summary.values())) == (422, ["#reason"])
    page = publisher.send(wrong, "/refuse", reason="It is not our field.")
    assert "You have refused." in page.text
    assert publisher.open(f"/others/{offer}").status == 404
    mine = town.signed_in("member").open(f"/mine/{key}")
    for words in ("Your report is not going on", "It is not our field.", "Ask another organization"):
        assert words in mine.text
    assert town.signed_in("member").open(f"/report/{key}/publisher").status == 200


@pytest.mark.parametrize("publisher", [RIVER, "Nobody of this name"])
def test_every_page_says_for_whom_it_waits(town: Town, publisher: str) -> None:
    """The same whether there is an organization of that name or not."""
    wish = Wish(Identity.DELEGATED, publisher)
    made = town.side.intake.create(town.people.member, account(), channel="form", submit=True, wish=wish)
    key, visitor = made.view.summary.id, town.signed_in("member")

    def told() -> list[str]:
        receipt = visitor.send(visitor.open("/receipt"), code=made.receipt).text
        mine, lines = visitor.open(f"/mine/{key}").text, visitor.open("/mine").text
        kept = visitor.client.get(f"/report/{key}/copy.txt").text
        return [
            receipt,
            mine,
            lines,
            visitor.open(f"/report/{key}/sent").text,
            kept,
        ]

    pages = told()
    assert all("Waiting for its publisher" in page for page in pages)
    assert "waits for the organization that was asked to publish it" in pages[0]
    assert "It waits for the organization that you asked to publish it." in pages[1]
    if publisher != RIVER:
        return
    (line,) = town.side.identities.others.page(town.people.other_member).items
    town.side.identities.others.refuse(town.people.other_member, line.id, "It is not our field.")
    pages = told()
    assert all("Waiting for a publisher" in page for page in pages)
    assert "waits for whoever sent it" in pages[0]
    assert "It waits for you" in pages[1]
    visitor.send(visitor.open(f"/report/{key}/identity"), "/identity", identity="descriptor")
    assert all("Waiting for review" in page for page in told())


def test_a_changed_report_asks_for_a_second_look(town: Town) -> None:
    key, offer = asked(town)
    town.side.identities.others.take(town.people.other_member, offer, "named", version=None)
    town.side.reviews.claim(town.people.reviewer, key)
    town.side.reviews.request_changes(town.people.reviewer, key, "Say more.")
    publisher = town.signed_in("other")
    before = publisher.open(f"/others/{offer}")
    assert [form.action for form in before.forms if form.action.endswith("/take")] == []
    town.side.intake.revise(town.people.member, key, account(title="Said anew"), expected=None)
    assert "Changed since, read it again" in publisher.open("/others").text
    page = publisher.open(f"/others/{offer}")
    town.side.intake.revise(town.people.member, key, account(title="And once more"), expected=None)
    late = publisher.send(page, "/take", identity="named")
    assert late.status == 409
    assert "And once more" in late.text
    assert "You have taken this report over." in publisher.send(late, "/take", identity="named").text
    view = town.side.identities.naming.of(town.people.member, key)
    assert view.offer is not None
    assert (view.offer.state, view.offer.again) == (OfferState.TAKEN, False)


def test_a_hidden_organization_is_nowhere_on_the_reviewers_page(town: Town) -> None:
    key = town.report(State.SUBMITTED)
    town.side.identities.naming.choose(town.people.member, key, Wish(Identity.HIDDEN), expected=None)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    assert "Told by" not in page.text
    for hidden in (LAKE, DESCRIBED):
        assert hidden not in page.html


def test_a_report_that_names_its_organization_is_pointed_out_before_it_is_sent(town: Town) -> None:
    key = town.draft(account(text=f"We at {LAKE} saw it."))
    page = town.signed_in("member").open(f"/report/{key}/check")
    assert "Your report still names you" in page.text
    town.side.identities.naming.choose(town.people.member, key, Wish(Identity.NAMED), expected=None)
    assert "still names you" not in town.signed_in("member").open(f"/report/{key}/check").text


def test_administrators_say_what_is_usual(town: Town) -> None:
    admin = join(town, "chief", town.people.member, Role.ORG_ADMIN)
    visitor = town.signed_in("chief")
    page = visitor.follow(visitor.open("/organization").link("How reports name you"))
    after = visitor.send(page, "/naming", identity="hidden", publishes="yes", terms="  health \n")
    assert after.path == "/organization"
    now = town.side.identities.preferences.read(admin)
    assert (now.identity, now.publishes, now.terms) == (Identity.HIDDEN, True, "health")
    page = visitor.open("/organization/naming")
    assert page.form("/naming").controls["publishes"].values == ["yes"]
    wrong = visitor.send(page, "/naming", terms="x" * 301)
    assert (wrong.status, list(wrong.summary.values())) == (422, ["#terms"])
    key = town.draft()
    assert identity_of(town, key) is Identity.HIDDEN
    assert town.signed_in("member").open("/organization/naming").status == 403


def test_everything_is_there_in_every_language_and_direction(town: Town) -> None:
    _, offer = asked(town)
    key = town.draft()
    for prefix, direction in (("/ar", "rtl"), ("/fr", "ltr")):
        for name, path in (("member", f"/report/{key}/identity"), ("other", f"/others/{offer}")):
            page = town.signed_in(name, prefix).open(path)
            assert (page.status, page.dir) == (200, direction)
