"""What was typed of attachments stays when another button is pressed, or the session has run out."""

from __future__ import annotations

import pytest

from tests.factories import PASSWORD
from tests.web.pages.test_attachment_pages import SHOWN, WORDS, opened, read, upload
from tests.web.town import Town


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_a_description_comes_back_after_signing_in_again_and_the_file_has_to_be_chosen(
    town: Town, size: int
) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    town.clock.forward(hours=13)
    asked = visitor.follow(upload(visitor, page, "Wanjiru.txt", b"x" * size).headers["Location"])
    offered = visitor.send(asked, email="member@example.org", password=PASSWORD)
    assert (offered.path, SHOWN in offered.text) == ("/signin/kept", True)
    assert "Wanjiru" not in offered.html
    answer = visitor.send(offered, "/signin/kept")
    assert (answer.status, answer.summary) == (422, {"Choose a file.": "#file"})
    assert answer.form("/attachments").controls["description"].values == [SHOWN]
    assert upload(visitor, answer).status_code == 303


@pytest.mark.parametrize(("size", "left"), [(10, False), (3_000_000, False), (11_000_000, True)])
def test_whoever_is_not_signed_in_is_told_so(town: Town, size: int, left: bool) -> None:
    key = town.draft()
    visitor, page = opened(town, key)
    town.clock.forward(hours=13)
    if not left:
        visitor.client.delete_cookie("commons")
    answer = upload(visitor, page, "a.txt", b"x" * size)
    assert answer.status_code == 401
    assert town.attached(key) == ()


@pytest.mark.parametrize("act", ["add", "describe", "remove", "wrong", "refused"])
def test_what_was_typed_of_other_files_stays(town: Town, act: str) -> None:
    key = town.draft()
    first, second = (town.attach(key, "a.txt", WORDS, SHOWN) for _ in range(2))
    visitor, page = opened(town, key)
    new, other = "The second screen", "The answer that came next"
    held = page.form("/attachments").controls
    held[f"description-{second}"].values = [other]
    typed = {"description": new, f"description-{first}": "x" * 501 if act == "wrong" else "The first screen"}
    if act in ("add", "refused"):
        after = read(upload(visitor, page, "a.txt" if act == "add" else "a.zip", shown=new, data=WORDS))
    else:
        after = visitor.send(page, f"{first}/{'remove' if act == 'remove' else 'describe'}", typed=typed)
    said = {"add": "is attached", "describe": "is saved", "remove": "is removed"}.get(act, "problem")
    assert (after.status, said in after.text) == (200 if act in ("add", "describe", "remove") else 422, True)
    controls = after.form("/attachments").controls
    assert controls[f"description-{second}"].values == [other]
    assert controls["description"].values == ["" if act == "add" else new]
    saved = visitor.send(after, f"{second}/describe")
    assert "The description is saved." in saved.text
    assert {one.id: one.description for one in town.attached(key)}[second] == other
    assert (saved.path == f"/report/{key}/attachments") == (act == "add")
