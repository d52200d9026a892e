"""Many answers at once: each sign-in counts once, and each subject becomes one person."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from registry.errors import CommonsError
from registry.identity.providers.attempts import Wish
from registry.identity.providers.flow import Arrival, Done
from tests.registry.house import at_once
from tests.web.pages.providers.conftest import Street

RIVALS = 8


def go(street: Street, subject: str, browser: str) -> dict[str, str]:
    """A whole way to the provider; what comes back."""
    url = street.town.side.providers.sign_ins.depart(street.key, browser, Wish())
    back = street.provider.authorize(url, subject, name="Somebody")
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def finish(street: Street, answer: dict[str, str], browser: str) -> Done:
    arrival = Arrival(browser, None, "en")
    return street.town.side.providers.sign_ins.finish(street.admin.organization_id, answer, arrival)


def test_of_many_that_bring_the_same_answer_one_gets_in(linked: Street) -> None:
    for round_ in range(5):
        answer = go(linked, "a-1", f"browser-{round_}")
        results = at_once(RIVALS, lambda _, answer=answer, at=round_: finish(linked, answer, f"browser-{at}"))
        assert sum(isinstance(result, Done) for result in results) == 1
    with linked.town.side.database.read() as session:
        through = "SELECT count(*) FROM sign_in WHERE provider_id IS NOT NULL"
        assert session.execute(text(through)).scalar_one() == 5
        assert session.execute(text("SELECT count(*) FROM provider_attempt")).scalar_one() == 0


def test_somebody_new_in_many_windows_becomes_one_person(street: Street) -> None:
    street.town.side.providers.admin.admit(street.admin, street.key, everybody=True)
    answers = [go(street, "new-1", f"browser-{number}") for number in range(RIVALS)]
    results = at_once(RIVALS, lambda number: finish(street, answers[number], f"browser-{number}"))
    assert any(isinstance(result, Done) for result in results)
    assert all(isinstance(result, Done | CommonsError) for result in results)
    with street.town.side.database.read() as session:
        people = session.execute(text("SELECT count(*) FROM person WHERE name = 'Somebody'")).scalar_one()
        logins = session.execute(text("SELECT count(*) FROM provider_login")).scalar_one()
    assert (people, logins) == (1, 1)
