"""Second factors as people meet them: led to set one up, asked for it, and helped when it is lost."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest

from tests.factories import PASSWORD
from tests.web.pages.account_town import codes_of, key_of, set_up_app, strict, with_app
from tests.web.town import Town, sign_in
from web.pages.account.factors import picture
from web.wiring import close


@pytest.fixture
def town(town: Town) -> Iterator[Town]:
    asked = strict(town)
    yield asked
    close(asked.node)


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_reviewer_without_factor_is_told_why_and_led_to_set_one_up(town: Town, prefix: str) -> None:
    visitor = town.visitor(prefix)
    assert sign_in(visitor, "reviewer").path == f"{prefix}/account/factors"
    refused = visitor.open("/review")
    assert refused.status == 403
    assert f"{prefix}/account/factors" in [url for url, _ in refused.links]
    _, page = set_up_app(town, visitor)
    assert page.status == 200
    assert len(codes_of(page)) == 10
    assert visitor.open("/review").status == 200, "the roles awake in the same session"
    assert visitor.open("/account/factors").status == 200


def test_the_page_says_why_in_plain_words(town: Town) -> None:
    visitor = town.signed_in("steward")
    for path in ("/account/factors", "/account"):
        assert "Your work as a reviewer or steward rests" in visitor.open(path).text
    assert "second factor" in visitor.open("/steward/organizations").text
    set_up_app(town, visitor)
    assert "rests" not in visitor.open("/account").text
    assert visitor.open("/steward/organizations").status == 200


def test_members_need_none_and_may_have_one(town: Town) -> None:
    visitor = town.visitor()
    assert sign_in(visitor, "member").path == "/mine"
    assert "rests" not in visitor.open("/account/factors").text
    app, _ = set_up_app(town, visitor)
    other = town.visitor()
    assert sign_in(other, "member").path == "/signin/code"
    town.clock.forward(minutes=1)
    assert other.send(other.open("/signin/code"), code=app.code()).path == "/mine"


def test_setting_up_changes_the_secret_in_the_cookie(town: Town) -> None:
    visitor = town.signed_in("reviewer")
    before = visitor.client.get_cookie("commons")
    set_up_app(town, visitor)
    thief = town.visitor()
    assert before is not None
    thief.client.set_cookie("commons", before.value)
    assert thief.open("/account").path == "/signin"


def test_the_picture_and_the_key_on_the_page_are_the_same(town: Town) -> None:
    visitor = town.signed_in("reviewer")
    page = visitor.send(visitor.open("/account/factors"), "/app/begin", password=PASSWORD)
    uri = next(url for url, _ in page.links if url.startswith("otpauth:"))
    assert f"secret={key_of(page)}" in uri
    assert str(picture(uri)) in page.html
    assert " style=" not in page.html
    assert re.search(r'class="key" dir="ltr">([A-Z2-7]{4}-){7}[A-Z2-7]{4}<', page.html)
    assert visitor.open("/account/factors/app").status == 200, "it may be opened again until it is done"
    visitor.send(page, "/account/factors/app", code="000000")
    assert key_of(visitor.open("/account/factors/app")) == key_of(page)


def test_a_wrong_password_and_a_wrong_code_are_said_at_their_field(town: Town) -> None:
    visitor = town.signed_in("reviewer")
    page = visitor.send(visitor.open("/account/factors"), "/app/begin", password="not the password")
    assert (page.status, page.summary) == (422, {"This is not your present password.": "#app-password"})
    assert "app-password" in page.ids
    page = visitor.send(page, "/app/begin", password=PASSWORD)
    wrong = visitor.send(page, "/account/factors/app", code="12 34 56")
    assert wrong.status == 422
    assert list(wrong.summary.values()) == ["#code"]
    assert wrong.title.startswith("Error:")


def test_recovery_codes_are_shown_once(town: Town) -> None:
    visitor, _, codes = with_app(town, "reviewer")
    for path in ("/account/factors", "/account/factors/app", "/account"):
        assert not any(code in visitor.open(path).html for code in codes)
    page = visitor.send(visitor.open("/account/factors"), "/recovery", password=PASSWORD)
    assert page.status == 200
    assert len(set(codes_of(page)) - set(codes)) == 10
    assert page.headers["Cache-Control"] == "no-store"


def test_the_second_step_can_be_taken_with_a_recovery_code_and_says_how_many_are_left(town: Town) -> None:
    _, _, codes = with_app(town, "reviewer")
    visitor = town.visitor()
    page = sign_in(visitor, "reviewer")
    assert page.path == "/signin/code"
    assert "recovery codes" in page.text
    arrived = visitor.send(page, code=codes[0].upper())
    assert arrived.path == "/review"
    assert "9 are left" in arrived.text
    assert "9 are left" in visitor.open("/account/factors").text


def test_between_the_steps_nothing_is_open(town: Town) -> None:
    with_app(town, "reviewer")
    visitor = town.visitor()
    sign_in(visitor, "reviewer")
    for path in ("/account", "/review", "/mine", "/account/factors", "/account/sessions"):
        assert visitor.open(path).path == "/signin", path
    assert visitor.open("/signin/code").path == "/signin/code", "and coming back goes on where it was"


def test_five_wrong_codes_lead_back_to_the_first_step(town: Town) -> None:
    _, app, _ = with_app(town, "reviewer")
    visitor = town.visitor()
    page = sign_in(visitor, "reviewer")
    for _ in range(5):
        page = visitor.send(page, code=app.wrong())
        assert page.status == 422
    page = visitor.send(page, code=app.code(1))
    assert page.path == "/signin"
    assert "Sign in again" in page.text
    assert visitor.open("/signin/code").path == "/signin"


def test_nobody_without_a_first_step_sees_the_second(town: Town) -> None:
    assert town.visitor().open("/signin/code").path == "/signin"
    assert town.signed_in("member").open("/signin/code").path == "/mine"


def test_the_way_on_is_kept_through_both_steps(town: Town) -> None:
    _, app, _ = with_app(town, "reviewer")
    visitor = town.visitor("/es")
    page = visitor.send(
        visitor.open("/review?state=accepted"), email="reviewer@example.org", password=PASSWORD
    )
    assert page.path == "/es/signin/code"
    wrong = visitor.send(page, code=app.wrong())
    town.clock.forward(minutes=1)
    assert visitor.send(wrong, code=app.code()).address.endswith("/es/review?state=accepted")


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"]
)
def test_the_second_step_leads_to_no_other_site(town: Town, target: str) -> None:
    _, app, _ = with_app(town, "reviewer")
    visitor = town.visitor()
    token = sign_in(visitor, "reviewer").form().controls["csrf_token"].values[0]
    town.clock.forward(minutes=1)
    data = {"csrf_token": token, "code": app.code(), "next": target}
    answer = visitor.client.post("/signin/code", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/review")


def test_the_only_factor_of_a_reviewer_stays_and_a_member_may_remove_theirs(town: Town) -> None:
    visitor, app, _ = with_app(town, "reviewer")
    assert "/app/remove" not in visitor.open("/account/factors").html
    town.clock.forward(minutes=1)
    refused = visitor.send(visitor.open("/account/factors/app/remove"), code=app.code())
    assert refused.status == 422
    assert "last one" in refused.text
    visitor, app, _ = with_app(town, "member")
    assert visitor.send(visitor.open("/account/factors/app/remove"), code=app.code()).status == 422, "used"
    town.clock.forward(minutes=1)
    assert "removed" in visitor.send(visitor.open("/account/factors/app/remove"), code=app.code()).text


def test_a_session_from_before_the_factor_cannot_change_it(town: Town) -> None:
    """Setting up the first factor ends such sessions, so this one is made by hand."""
    visitor, _, _ = with_app(town, "member")
    with town.side.database.work() as session:
        session.connection().exec_driver_sql("UPDATE sign_in SET confirmed_at = NULL")
    page = visitor.open("/account/factors")
    assert "Show your second factor first" in page.text
    assert {form.action for form in page.forms if form.method == "post"} == {"/signout"}


def test_what_is_drawn_can_be_read_as_a_qr_code() -> None:
    """The modules of the picture, read back from the path that draws them, are those of the code."""
    segno = pytest.importorskip("segno")
    text = "otpauth://totp/Node:a%40b.org?secret=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567&issuer=Node"
    wanted = io.StringIO()
    segno.make(text, error="m", micro=False).save(wanted, kind="txt", border=4)
    rows = [line.strip() for line in wanted.getvalue().splitlines() if line.strip()]
    assert _modules(str(picture(text)), len(rows)) == rows


def _modules(svg: str, size: int) -> list[str]:
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)
    assert path is not None
    grid, x, y = [["0"] * size for _ in range(size)], 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(value) for value in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(x), int(x + values[0])):
                grid[int(y)][column] = "1"
            x += values[0]
    return ["".join(row) for row in grid]
