"""Guessing over real HTTP against the server that people run: who got through, who was locked out (S14)."""

from __future__ import annotations

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
import requests

from registry.identity.oauth.rules import Way
from registry.identity.throttling import ACCOUNT, NODE, PLACE
from tests.api.process import commons_serve
from tests.factories import PASSWORD, People, settings_in
from tests.tries import tries
from web.wiring import build, close

TRIES = tries("COMMONS_TRIES", 200, in_ci=1_000)
"""Guesses of each attack; the bar is 10,000 (``COMMONS_TRIES=10000``)."""
HANDS = 8
"""Guesses at the same time."""
BAR = 10_000
PERCENT = 100 if TRIES >= BAR else 10
"""Limits, in percent of the standard ones, where those are wider than a few guesses."""
VICTIM = "member@example.org"
TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
Record = Callable[[str, object], None]
pytestmark = pytest.mark.timeout(3600)


@dataclass
class Browser:
    """Somebody with cookies, who seems to come from any address: what a proxy in front would say."""

    node: str
    http: requests.Session = field(default_factory=requests.Session)
    token: str = ""

    def sign_in(self, email: str, password: str, place: str) -> int:
        """Status of the answer to the form; 303 is in, 422 looked at and wrong, 429 not looked at."""
        self.token = self.token or self._token("/signin")
        answer = self._post("/signin", place, email=email, password=password)
        if answer.status_code == 303:
            self.token = ""
        return answer.status_code

    def sign_out(self, place: str) -> int:
        self.token = self._token("/account")
        status, self.token = self._post("/signout", place).status_code, ""
        return status

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.http.get(self.node + path, timeout=60).text)
        assert found is not None
        return found[1]

    def _post(self, path: str, place: str, **typed: str) -> requests.Response:
        return self.http.post(
            self.node + path,
            data={"csrf_token": self.token, **typed},
            headers={"X-Forwarded-For": place},
            allow_redirects=False,
            timeout=60,
        )


@dataclass(frozen=True)
class Besieged:
    """A served node, and the programs of two organizations: id and secret of each."""

    node: str
    program: tuple[str, str]
    other: tuple[str, str]

    def token(self, pair: tuple[str, str], place: str, http: requests.Session) -> int:
        """Status of asking for a token."""
        return http.post(
            f"{self.node}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=pair,
            headers={"X-Forwarded-For": place},
            timeout=60,
        ).status_code


@pytest.fixture
def besieged(
    founded: tuple[Path, People], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Besieged]:
    """Served with the limits of a node as it comes, or with so many percent of them."""
    folder, people = founded
    settings = settings_in(tmp_path / "node")
    shutil.copytree(folder, settings.data_dir)
    node = build(settings)
    directory, way = node.private.directory, Way()
    pairs = []
    for actor in (people.member, people.other_member):
        made = directory.add_client(actor.organization_id, "Monitor", ["submissions:read"], way)
        pairs.append((made.id, made.secret))
    close(node)
    percent = str(getattr(request, "param", 100))
    strict = {"COMMONS_LIMITS_PERCENT": percent, "COMMONS_TRUSTED_PROXIES": "127.0.0.1"}
    with commons_serve(settings.data_dir, "--no-worker", COMMONS_SECOND_FACTOR="no", **strict) as served:
        yield Besieged(f"http://127.0.0.1:{served.port}", *pairs)


@dataclass
class Outcome:
    """What came of a siege: statuses of the guesses, minutes, and rightful visits meanwhile."""

    statuses: Counter[int]
    minutes: float
    days: int

    def tell(self, record: Record, looked_at: int) -> None:
        through = self.statuses[200] + self.statuses[303]
        record(
            "figures",
            f"{self.statuses.total()} guesses over HTTP in {self.minutes:.1f} minutes: {through} got in, "
            f"{self.statuses[looked_at]} were looked at, {self.statuses[429]} refused; "
            f"meanwhile {self.days} of {self.days} rightful visits did",
        )


def siege(guess: Callable[[int, int], int], victim: Callable[[], None]) -> Outcome:
    """All guesses by several hands, each with its number, while the victim goes about its day."""
    numbers, begun, days = iter(range(TRIES)), time.monotonic(), 0

    def hand(which: int) -> Counter[int]:
        return Counter(guess(which, number) for number in numbers)

    with ThreadPoolExecutor(HANDS) as pool:
        hands = [pool.submit(hand, which) for which in range(HANDS)]
        while wait(hands, timeout=1.0).not_done or not days:
            victim()
            days += 1
    statuses = sum((one.result() for one in hands), Counter[int]())
    return Outcome(statuses, (time.monotonic() - begun) / 60, days)


def address(number: int) -> str:
    """An address of a network of its own."""
    return f"2001:db8:{number >> 16:x}:{number & 0xFFFF:x}::1"


def at_home(besieged: Besieged) -> Callable[[], None]:
    """The victim signs in with a browser known to the node, and out again."""
    browser = Browser(besieged.node)
    addresses = count(1)

    def day() -> None:
        place = f"203.0.113.{next(addresses) % 250 + 1}"
        assert browser.sign_in(VICTIM, PASSWORD, place) == 303, "the victim is locked out"
        assert browser.sign_out(place) == 303

    day()
    return day


def test_of_guesses_at_one_password_few_are_looked_at(besieged: Besieged, record_property: Record) -> None:
    """Each from a network of its own."""
    victim, attackers = at_home(besieged), [Browser(besieged.node) for _ in range(HANDS)]
    outcome = siege(
        lambda hand, number: attackers[hand].sign_in(VICTIM, f"guess {number}", address(number)), victim
    )
    assert set(outcome.statuses) == {422, 429}
    assert outcome.statuses[422] <= min(ACCOUNT[0].tries * (outcome.minutes + 1), ACCOUNT[1].tries)
    outcome.tell(record_property, 422)


def test_of_stolen_lists_tried_from_one_place_few_are_looked_at(
    besieged: Besieged, record_property: Record
) -> None:
    """Another account at each try; a right pair is worth nothing once the place has to wait."""
    victim, attackers = at_home(besieged), [Browser(besieged.node) for _ in range(HANDS)]
    outcome = siege(
        lambda hand, number: attackers[hand].sign_in(
            f"{number}@example.org", f"guess {number}", "198.51.100.7"
        ),
        victim,
    )
    assert set(outcome.statuses) == {422, 429}
    allowed = PLACE[0].tries * (outcome.minutes + 1) + HANDS  # looked at before the first ones were counted
    assert outcome.statuses[422] <= allowed
    if outcome.minutes < 1:
        assert attackers[0].sign_in("other@example.org", PASSWORD, "198.51.100.7") == 429
    outcome.tell(record_property, 422)


@pytest.mark.parametrize("besieged", [PERCENT], indirect=True)
def test_of_stolen_lists_tried_from_everywhere_a_bounded_number_is_looked_at(
    besieged: Besieged, record_property: Record
) -> None:
    victim, attackers = at_home(besieged), [Browser(besieged.node) for _ in range(HANDS)]
    outcome = siege(
        lambda hand, number: attackers[hand].sign_in(
            f"{number}@example.org", f"guess {number}", address(number)
        ),
        victim,
    )
    assert set(outcome.statuses) == {422, 429}
    assert outcome.statuses[422] <= NODE[0].tries * PERCENT / 100 * (outcome.minutes + 1)
    outcome.tell(record_property, 422)


def test_of_guesses_at_a_programs_secret_few_are_looked_at(
    besieged: Besieged, record_property: Record
) -> None:
    """While the program itself, and others, get their tokens where they are at home."""
    home, sessions = requests.Session(), [requests.Session() for _ in range(HANDS)]

    def victim() -> None:
        assert besieged.token(besieged.program, "203.0.113.5", home) == 200
        assert besieged.token(besieged.other, "203.0.113.6", home) == 200

    victim()
    key = besieged.program[0]
    outcome = siege(
        lambda hand, number: besieged.token((key, f"guess {number}"), address(number), sessions[hand]),
        victim,
    )
    assert set(outcome.statuses) == {401, 429}
    assert outcome.statuses[401] <= 10 * (outcome.minutes + 1)
    outcome.tell(record_property, 401)
