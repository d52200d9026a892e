"""The page of attachments without a browser: what it keeps, what it refuses, and what it hands out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from registry.intake.attachments.rules import DAY_MAX, FILE_MAX, FILES_MAX
from registry.intake.rules import State
from registry.limits import Limiter
from tests.api.test_attachments import FORM, Part, form
from tests.registry.intake.attachments.planting import MARK, exif, jpeg, segment
from tests.web.browsing import SITE, Page, Visitor
from tests.web.town import WAYS, Town
from web.app import create_app

PHOTO = jpeg(segment(0xE1, b"Exif\x00\x00" + exif()))
WORDS = b"Bot: take two of the blue tablets\n"
SHOWN = "The screen with the wrong dose"


def upload(
    visitor: Visitor, page: Page, name: str = "Wanjiru.jpg", data: bytes = PHOTO, shown: str = SHOWN
) -> TestResponse:
    """Send the form of the page with a file, as a browser does."""
    fields: list[Part] = [
        (name, None, control.values[0].encode())
        for name, control in page.form("/attachments").controls.items()
        if name not in ("description", "file")
    ]
    parts = [*fields, ("description", None, shown.encode()), ("file", name, data)]
    return visitor.client.post(page.form("/attachments").action, data=form(*parts), content_type=FORM)


def read(answer: TestResponse) -> Page:
    return Page(SITE + answer.request.path, answer.status_code, answer.headers, answer.text)


def opened(town: Town, key: str, who: str = "member", prefix: str = "") -> tuple[Visitor, Page]:
    visitor = town.signed_in(who, prefix)
    return visitor, visitor.open(f"/report/{key}/attachments")


def test_a_file_is_attached_and_its_name_is_nowhere(town: Town) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    answer = upload(visitor, page)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/report/{key}/attachments#files")
    shown = visitor.open(f"/report/{key}/attachments")
    assert "The file is attached." in shown.text
    assert SHOWN in shown.text
    assert "Wanjiru" not in shown.html
    for path in (f"/report/{key}/check", f"/mine/{key}"):
        assert SHOWN in visitor.open(path).text
    assert "File attached" in visitor.open(f"/mine/{key}").text


@pytest.mark.parametrize("shown", ["", "   ", "x" * 501])
def test_the_file_is_kept_when_its_description_is_wrong(town: Town, shown: str) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    answer = read(upload(visitor, page, shown=shown))
    (one,) = town.attached(key)
    assert answer.status == 422
    assert answer.title.startswith("Error:")
    assert list(answer.summary.values()) == [f"#description-{one.id}"]
    assert f"description-{one.id}" in answer.ids
    assert answer.form().controls[f"description-{one.id}"].values == [shown.strip() or shown]
    mended = visitor.send(answer, f"{one.id}/describe", typed={f"description-{one.id}": SHOWN})
    assert (mended.path, town.attached(key)[0].description) == (f"/report/{key}/attachments", SHOWN)


@pytest.mark.parametrize(
    ("name", "data", "status", "said"),
    [
        ("a.zip", b"PK\x03\x04", 422, "Archives cannot be attached"),
        ("a.docx", b"PK\x03\x04", 422, "Office files cannot be attached"),
        ("a.jpg", PHOTO[:99], 422, "cannot be opened"),
        ("", b"", 422, "Choose a file."),
        ("a.txt", b"", 422, "This file is empty"),
        ("a.txt", b"x" * (FILE_MAX + 1), 413, "The limit is 10 MB"),
        ("a.txt", b"x" * (FILE_MAX + 200_000), 413, "The limit is 10 MB"),
        ("a.txt", b"x" * 25_000_000, 413, "The limit is 10 MB"),
    ],
)
def test_a_refused_file_says_why_at_its_field(
    town: Town, name: str, data: bytes, status: int, said: str
) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    answer = read(upload(visitor, page, name, data))
    assert answer.status == status
    ((sentence, target),) = answer.summary.items()
    assert said in sentence
    assert target == "#file"
    if len(data) <= FILE_MAX + 1:  # else nothing of the form was looked at
        assert answer.form("/attachments").controls["description"].values == [SHOWN]
    assert town.attached(key) == ()


def test_two_tabs_do_not_overwrite_each_other(town: Town) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    upload(visitor, page)
    answer = read(upload(visitor, page))
    assert answer.status == 409
    assert "changed in the meantime" in answer.text
    assert answer.form("/attachments").controls["description"].values == [SHOWN]
    assert len(town.attached(key)) == 1
    assert upload(visitor, answer).status_code == 303


def test_going_back_after_sending_leads_to_the_report(town: Town) -> None:
    key = town.draft()
    town.attach(key, "a.txt", WORDS, SHOWN)
    visitor, page = opened(town, key)
    town.side.intake.submit(town.people.member, key)
    (one,) = town.attached(key)
    for action in ("describe", "remove"):
        assert visitor.send(page, f"{one.id}/{action}").path == f"/mine/{key}"
    assert visitor.open(f"/report/{key}/attachments").path == f"/mine/{key}"
    assert upload(visitor, page).status_code == 409
    assert len(town.attached(key)) == 1


def test_removing_takes_two_presses_and_is_for_good(town: Town) -> None:
    key = town.draft()
    one = town.attach(key, "a.txt", WORDS, SHOWN)
    visitor, page = opened(town, key)
    assert "It is removed for good" in page.text
    after = visitor.send(page, f"{one}/remove")
    assert "The file is removed." in after.text
    assert visitor.open(f"/report/{key}/attachments/{one}").status == 404
    assert visitor.send(page, f"{one}/remove").status == 404


def test_pictures_are_shown_and_everything_else_is_saved(town: Town) -> None:
    key = town.draft()
    picture, text = town.attach(key, "a.jpg", PHOTO, SHOWN), town.attach(key, "a.html.txt", WORDS, SHOWN)
    pdf = town.attach(key, "a.pdf", b"%PDF-1.7\nwords\n%%EOF\n", SHOWN)
    town.side.intake.submit(town.people.member, key)
    for who, home in (("member", f"/report/{key}"), ("reviewer", f"/review/{key}")):
        visitor = town.signed_in(who)
        for one, kind, disposition in (
            (picture, "image/jpeg", 'inline; filename="attachment-1.jpg"'),
            (text, "application/octet-stream", 'attachment; filename="attachment-2.txt"'),
            (pdf, "application/octet-stream", 'attachment; filename="attachment-3.pdf"'),
        ):
            answer = visitor.client.get(f"{home}/attachments/{one}")
            told = answer.headers
            assert (answer.status_code, told["Content-Type"], told["Content-Disposition"]) == (
                200,
                kind,
                disposition,
            )
            assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert told["X-Content-Type-Options"] == "nosniff"
            assert told["Cross-Origin-Resource-Policy"] == "same-origin"
            assert (told["Cache-Control"], told["X-Robots-Tag"]) == ("no-store", "noindex")
            assert MARK not in answer.data


def test_reviewers_see_descriptions_before_pictures(town: Town) -> None:
    key = town.draft()
    one = town.attach(key, "a.jpg", PHOTO, SHOWN)
    town.attach(key, "a.txt", WORDS, "")
    town.side.intake.submit(town.people.member, key)
    page = town.signed_in("reviewer").open(f"/review/{key}")
    folded = re.search(r'<details class="veiled"><summary>.*?</details>', page.html, re.DOTALL)
    assert folded is not None
    assert f"/review/{key}/attachments/{one}" in folded[0]
    assert page.html.count(f"/attachments/{one}") == folded[0].count(f"/attachments/{one}")
    assert page.text.index(SHOWN) < page.text.index("Show the picture")
    assert "Nobody has said yet what it shows." in page.text
    assert "nothing of it is published" in page.text


def test_nothing_of_a_file_is_published(town: Town) -> None:
    key = town.draft()
    town.attach(key, "a.txt", WORDS, SHOWN)
    for act in WAYS[State.PUBLISHED]:
        act(town, key)
    record = town.visitor().open(f"/records/{town.record_id(key)}")
    assert SHOWN not in record.html
    assert "attachment" not in record.html.lower()
    with town.node.public.read() as session:
        for table in ("record", "record_version"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608 - our own names
            assert SHOWN not in repr(rows)


def test_a_full_report_offers_no_further_file(town: Town) -> None:
    key = town.draft()
    for _ in range(FILES_MAX):
        town.attach(key, "a.txt", WORDS, SHOWN)
    _, page = opened(town, key)
    assert "Remove one first." in page.text
    assert "file" not in page.ids


def test_a_day_that_is_full_says_when_to_go_on(town: Town) -> None:
    key = town.draft()
    one = town.attach(key, "a.txt", WORDS, SHOWN)
    with town.side.database.work() as session:
        session.connection().exec_driver_sql(f"UPDATE attachment SET taken = {DAY_MAX} WHERE id = '{one}'")  # noqa: S608 - our own values
    visitor, page = opened(town, key)
    answer = read(upload(visitor, page))
    assert (answer.status, "Go on tomorrow" in answer.text) == (429, True)


def test_a_store_that_fails_is_said_on_the_page(town: Town) -> None:
    key = town.draft()
    town.node.settings.attachments_dir.write_bytes(b"a file where the folder should be")
    visitor, page = opened(town, key)
    answer = read(upload(visitor, page))
    assert (answer.status, "Nothing was lost" in answer.text) == (503, True)
    assert answer.form("/attachments").controls["description"].values == [SHOWN]


def test_a_form_of_another_site_is_refused(town: Town) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    data = form(("lock", None, b"1"), ("file", "a.txt", WORDS))
    answer = visitor.client.post(page.form("/attachments").action, data=data, content_type=FORM)
    assert answer.status_code == 400
    assert town.attached(key) == ()


def test_uploads_are_counted(town: Town) -> None:
    key = town.draft()
    settings = replace(town.node.settings, limits_percent=10)
    limiter = Limiter("memory://", settings.secret_key, town.clock)
    node = replace(town.node, settings=settings, limiter=limiter)
    counted = replace(town, node=node, app=create_app(node))
    visitor, page = opened(counted, key)
    for _ in range(3):
        assert upload(visitor, page, "a.zip", b"PK\x03\x04").status_code == 422
    assert upload(visitor, page).status_code == 429


def test_what_the_page_says_before_is_what_the_rules_say(town: Town) -> None:
    _, page = opened(town, town.draft())
    for said in ("of at most 10 MB", "at most 10 files and 30 MB in all", "Nothing of them is published."):
        assert said in page.text
    accept = re.search(r'accept="([^"]*)"', page.html)
    assert accept is not None
    assert {".jpg", ".png", ".txt", ".pdf"} <= set(accept[1].split(","))
