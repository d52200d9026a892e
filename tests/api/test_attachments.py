"""Files of reports over real HTTP: sent, listed, handed out as bytes to be saved, refused in words."""

from __future__ import annotations

import hashlib
import os
import sys
from http.client import HTTPConnection

import pytest

from api.uploads import BODY_MAX
from registry.intake.attachments.rules import FILE_MAX
from tests.api.live import Answer, Caller, Live
from tests.factories import account
from tests.registry.intake.attachments.planting import MARK, exif, jpeg, segment

PHOTO = jpeg(segment(0xE1, b"Exif\x00\x00" + exif()))
WORDS = b"Bot: take two of the blue tablets\n"
SHOWN = "The screen with the wrong dose"
BOUNDARY = "between-the-parts"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
Part = tuple[str, str | None, bytes]
"""Name of a field, name of the file if it is one, and what is in it."""


def form(*parts: Part) -> bytes:
    """A form as a browser would write it (RFC 7578)."""
    body = b""
    for name, file, content in parts:
        named = f'; filename="{file}"' if file is not None else ""
        body += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


def whole(file: str = "Wanjiru.jpg", data: bytes = PHOTO, shown: str = SHOWN) -> bytes:
    return form(("file", file, data), ("description", None, shown.encode()))


def draft(live: Live) -> tuple[str, str]:
    """The address of a new draft's files, and its ETag."""
    made = live.member.post("/api/v1/submissions", {"account": account(), "submit": False})
    return f"/api/v1/submissions/{made.json['id']}/attachments", made.etag


def send(caller: Caller, path: str, body: bytes, etag: str, **headers: str) -> Answer:
    return caller.send("POST", path, body, {"Content-Type": FORM, "If-Match": etag, **headers})


def test_a_file_is_attached_listed_handed_out_described_and_removed(any_live: Live) -> None:
    path, etag = draft(any_live)
    made = send(any_live.member, path, whole(), etag)
    assert (made.status, made.json["media"], made.json["name"]) == (201, "image/jpeg", "attachment-1.jpg")
    assert made.headers["Location"] == f"{path}/{made.json['id']}"
    listed = any_live.member.get(path)
    assert (listed.json, listed.etag) == ({"items": [made.json], "next": None}, made.etag)
    file = any_live.member.get(made.headers["Location"])
    assert (file.status, len(file.body)) == (200, made.json["size"])
    assert MARK not in file.body
    assert file.body != PHOTO
    described = any_live.member.patch(made.headers["Location"], {"description": "Again"}, If_Match=made.etag)
    assert described.json["items"] == [made.json | {"description": "Again"}]
    removed = any_live.member.send("DELETE", made.headers["Location"], None, {"If-Match": described.etag})
    assert (removed.status, removed.json["items"]) == (200, [])
    assert any_live.member.get(made.headers["Location"]).status == 404
    assert len({etag, made.etag, described.etag, removed.etag}) == 4


@pytest.mark.parametrize(
    ("name", "data"), [("a.jpg", PHOTO), ("a.txt", WORDS), ("a.html.txt", b"just words")]
)
def test_no_browser_shows_what_is_handed_out(shared: Live, name: str, data: bytes) -> None:
    path, etag = draft(shared)
    made = send(shared.member, path, whole(name, data), etag)
    told = shared.member.get(made.headers["Location"]).headers
    assert told["Content-Type"] == "application/octet-stream"
    assert told["Content-Disposition"] == f'attachment; filename="{made.json["name"]}"'
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert told["Cache-Control"] == "no-store"


def test_a_text_comes_back_byte_for_byte(shared: Live) -> None:
    path, etag = draft(shared)
    made = send(shared.member, path, whole("chat.log", WORDS), etag)
    assert shared.member.get(made.headers["Location"]).body == WORDS


def test_reviewers_get_what_was_sent(shared: Live) -> None:
    path, etag = draft(shared)
    made = send(shared.member, path, whole("chat.txt", WORDS), etag)
    report = path.removesuffix("/attachments")
    others = report.replace("submissions", "reviews") + "/attachments"
    assert shared.reviewer.get(others).status == 404
    shared.member.post(f"{report}/actions/submit", If_Match=made.etag)
    assert shared.reviewer.get(others).json == {"items": [made.json], "next": None}
    assert shared.reviewer.get(f"{others}/{made.json['id']}").body == WORDS
    assert shared.member.get(others).status == 404
    assert shared.other.get(path).status == 404
    assert shared.caller("Open Review", "reviews:read").get(others).status == 200
    late = send(shared.member, path, whole(), shared.member.get(path).etag)
    assert (late.status, late.json["type"]) == (409, "urn:incident-commons:problem:conflict")


@pytest.mark.parametrize(
    ("body", "status", "pointers"),
    [
        (whole("a.zip", b"PK\x03\x04"), 422, ["/file"]),
        (whole("a.exe", b"MZ"), 422, ["/file"]),
        (whole("a.jpg", PHOTO[:200]), 422, ["/file"]),
        (whole("a.txt", b""), 422, ["/file"]),
        (whole("a.txt", b"x" * (FILE_MAX + 1)), 413, ["/file"]),
        (whole(shown=""), 422, ["/description"]),
        (whole(shown="x" * 501), 422, ["/description"]),
        (form(("file", "a.txt", WORDS)), 422, ["/description"]),
        (form(("description", None, b"words")), 422, ["/file"]),
        (form(("file", None, WORDS), ("description", None, b"words")), 422, ["/file"]),
        (
            form(("file", "a.txt", WORDS), ("file", "b.txt", WORDS), ("description", None, b"w")),
            422,
            ["/file"],
        ),
        (form(("file", "a.txt", WORDS), ("description", None, b"w"), ("name", None, b"x")), 422, ["/name"]),
        (form(("file", "a.txt", WORDS), ("description", None, b"w"), ("other", "b", b"x")), 422, ["/other"]),
        (b"", 422, ["/file"]),
        (b"no form at all", 422, ["/file"]),
        (form()[:-4], 422, ["/file"]),
    ],
)
def test_what_cannot_be_attached_is_refused_at_its_field(
    shared: Live, body: bytes, status: int, pointers: list[str]
) -> None:
    path, etag = draft(shared)
    answer = send(shared.member, path, body, etag)
    assert (answer.status, answer.pointers) == (status, pointers)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert len(answer.json["errors"][0]["detail"]) > 10
    assert shared.member.get(path).etag == etag


@pytest.mark.parametrize(
    ("kind", "body"), [("application/json", b"{}"), ("text/plain", WORDS), ("image/jpeg", PHOTO)]
)
def test_what_is_no_form_is_415(shared: Live, kind: str, body: bytes) -> None:
    path, etag = draft(shared)
    answer = shared.member.send("POST", path, body, {"Content-Type": kind, "If-Match": etag})
    assert answer.status == 415


@pytest.mark.parametrize("size", [BODY_MAX + 1, 30_000_000])
def test_a_body_that_is_too_large_is_answered_before_anybody_keeps_it(shared: Live, size: int) -> None:
    """A client that goes on sending still gets the answer."""
    path, etag = draft(shared)
    answer = send(shared.member, path, whole("a.txt", b"x" * size), etag)
    assert (answer.status, answer.pointers) == (413, ["/file"])
    assert "The limit is 10 MB" in answer.json["errors"][0]["detail"]


def test_who_may_not_attach_need_not_send_the_file(shared: Live) -> None:
    """The answer comes while the body is still to come."""
    path, etag = draft(shared)
    for caller, tag, status in (
        (shared.other, etag, 404),
        (shared.nobody, etag, 401),
        (shared.member, '"9"', 412),
    ):
        connection = HTTPConnection("127.0.0.1", shared.port, timeout=20)
        connection.putrequest("POST", path)
        headers = {"Content-Type": FORM, "If-Match": tag, "Content-Length": str(BODY_MAX)}
        if caller.token:
            headers["Authorization"] = f"Bearer {caller.token}"
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        assert connection.getresponse().status == status
        connection.close()


@pytest.mark.parametrize(
    ("method", "body", "kind"),
    [("POST", whole(), FORM), ("PATCH", b'{"description": "x"}', "application/json"), ("DELETE", None, "")],
)
@pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"999"', 412), ("*", 412), ("2", 400)])
def test_every_change_says_which_version_it_saw(
    shared: Live, method: str, body: bytes | None, kind: str, tag: str | None, status: int
) -> None:
    path, etag = draft(shared)
    made = send(shared.member, path, whole("a.txt", WORDS), etag)
    headers = ({"Content-Type": kind} if kind else {}) | ({"If-Match": tag} if tag else {})
    address = path if method == "POST" else made.headers["Location"]
    assert shared.member.send(method, address, body, headers).status == status
    assert shared.member.get(path).json["items"] == [made.json]


def test_other_addresses_take_no_more_than_before(shared: Live) -> None:
    answer = shared.member.send("POST", "/api/v1/submissions", b" " * 1_000_001, {})
    assert answer.status == 413


def test_files_of_forms_are_never_written_to_disk(shared: Live) -> None:
    """A body of any size passes through memory: no temporary file is opened while it is read."""
    opened: list[str] = []
    path, etag = draft(shared)
    _AUDITED.append(opened)
    try:
        answer = send(shared.member, path, whole("a.txt", b"words " * 500_000), etag)
    finally:
        _AUDITED.remove(opened)
    assert answer.status == 201
    store = str(shared.node.settings.attachments_dir)
    assert [file for file in opened if not file.startswith(store)] == []
    assert any(file.startswith(store) for file in opened)
    assert hashlib.sha256(b"words " * 500_000).hexdigest() not in str(opened)


_AUDITED: list[list[str]] = []
"""Lists into which the names of files that are opened for writing go."""


@pytest.fixture(autouse=True, scope="module")
def _watch_files() -> None:
    """Hear of every file that this process opens; a hook cannot be taken away again, so it mostly sleeps."""

    def heard(event: str, facts: tuple[object, ...]) -> None:
        if event != "open" or not _AUDITED:
            return
        name, flags = str(facts[0]), facts[2]
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        is_open = name.isdecimal()  # the number of a file that was opened before
        if writes and "sqlite" not in name and not is_open:
            for told in _AUDITED:
                told.append(name)

    sys.addaudithook(heard)
