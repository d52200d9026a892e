"""What people see who share something with partners only, or read what others share."""

from __future__ import annotations

from urllib.parse import urlencode

from registry.intake.labels import Label
from registry.intake.rules import State
from tests.factories import account
from tests.web.across.nodes import Place
from tests.web.green.sharing import TEXT, green, share, shared
from tests.web.town import Town

Three = tuple[Place, Place, Place]


def test_the_form_asks_and_the_pages_say(town: Town) -> None:
    """Before it is sent, while it is reviewed, and to whoever holds the receipt."""
    key = town.draft(account(text=TEXT))
    member = town.signed_in("member")
    page = member.open(f"/report/{key}/label")
    kept = member.send(page, "/label", tlp="GREEN")
    assert "TLP:GREEN" in kept.text
    assert town.side.intake.read(town.people.member, key).summary.label is Label.GREEN
    town.side.intake.submit(town.people.member, key)
    assert town.state(key) is State.SUBMITTED
    assert "TLP:GREEN" in member.open(f"/mine/{key}").text
    assert "TLP:GREEN" in town.signed_in("reviewer").open(f"/review/{key}").text
    visitor = town.visitor()
    told = visitor.send(visitor.open("/receipt"), code=town.receipt(key))
    assert "TLP:GREEN" in told.text


def test_members_read_it_at_both_nodes(places: Three) -> None:
    north, east, _ = places
    record = shared(north, east, title="Triage assistant sent people home")
    for place, teller in ((north, "North Node"), (east, "North Node")):
        for name in ("member", "other", "reviewer", "steward"):
            visitor = place.town.signed_in(name)
            listed = visitor.open("/green")
            assert "Triage assistant sent people home" in listed.text
            assert teller in listed.text
            page = visitor.open(listed.link("Triage assistant sent people home"))
            assert TEXT in page.text
            assert page.path.endswith(record)
            assert page.headers["Cache-Control"] == "no-store"
    assert green(east).partners.names() == {green(north).identity.id: "North Node"}


def test_whoever_told_it_is_led_to_it_and_can_have_it_erased(places: Three) -> None:
    north = places[0]
    record = share(north)
    key = north.town.side.submissions.own(north.town.people.member).items[0].id
    member = north.town.signed_in("member")
    page = member.open(f"/mine/{key}")
    assert "It is not public." in page.text
    assert TEXT in member.open(page.link("Read the record")).text
    assert member.open(f"/mine/{key}/change").status == 200
    assert north.town.signed_in("reviewer").open(f"/review/records/{record}").status == 200
    begun = member.send(page, "/tell-all")
    new = begun.path.split("/")[-2]
    assert new != key
    assert north.town.side.intake.read(north.town.people.member, new).summary.label is Label.CLEAR
    assert north.town.side.intake.read(north.town.people.member, key).summary.label is Label.GREEN


def test_they_are_looked_through_by_words_and_codes(town: Town) -> None:
    """Members alone; every word has to stand somewhere in what a record tells."""
    place = Place(town, "http://localhost")
    classes = account()["classification"]
    schools = {**classes, "sector": ["sector/education"]}
    share(place, "Triage assistant sent people home")
    share(place, "Score left pupils out", classification=schools, countries=["UG"])
    member = town.signed_in("member")
    everything = member.open("/green")
    assert all(title in everything.text for title in ("Triage assistant", "Score left pupils"))
    for asked, found in (
        ({"q": "PUPILS score"}, "Score left pupils"),
        ({"sector": "sector/education"}, "Score left pupils"),
        ({"q": "pharmacist triage", "sector": "sector/health"}, "Triage assistant"),
    ):
        page = member.open(f"/green?{urlencode(asked)}")
        (missing,) = {"Triage assistant", "Score left pupils"} - {found}
        assert found in page.text
        assert missing not in page.text
    assert "Nothing fits." in member.open("/green?q=unicorn").text
    assert "Nothing fits." in member.open("/green?q=pupils&sector=sector/health").text
    assert "Score left pupils" in member.open("/green?sector=nonsense").text
    assert "Score" not in town.visitor().open("/green?q=score").text
