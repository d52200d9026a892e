"""PDFs from outside: whole, one file only, and nothing in the open that runs or opens something."""

from __future__ import annotations

import pytest

from registry.intake.attachments.documents import Fault, fault
from tests.pace import timed
from tests.registry.intake.attachments.planting import archive

WHOLE = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def with_name(name: bytes) -> bytes:
    return WHOLE.replace(b"/Type", name)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (WHOLE, None),
        (WHOLE.replace(b"1.7", b"2.0"), None),
        (WHOLE + b"\n" * 900, None),
        (b"\n" + WHOLE, Fault.CUT),
        (WHOLE.replace(b"1.7", b"9.9"), Fault.CUT),
        (WHOLE[:-7], Fault.CUT),
        (WHOLE + b"x" * 1_100, Fault.CUT),
        (WHOLE + archive(), Fault.DOUBLE),
        (with_name(b"/S /JavaScript"), Fault.ACTIVE),
        (with_name(b"/#4aavaScript"), Fault.ACTIVE),
        (with_name(b"/J#61v#61S#63ript"), Fault.ACTIVE),
        (with_name(b"/Launch"), Fault.ACTIVE),
        (with_name(b"/EmbeddedFile"), Fault.ACTIVE),
        (with_name(b"/EmbeddedFiles"), Fault.ACTIVE),
        (with_name(b"/RichMedia"), Fault.ACTIVE),
        (with_name(b"/XFA"), Fault.ACTIVE),
        (with_name(b"/JavaScripting"), None),
        (with_name(b"/Launchpad"), None),
        (WHOLE.replace(b"endobj", b"(JavaScript for beginners) endobj"), None),
    ],
)
def test_what_can_be_seen_from_outside(raw: bytes, found: Fault | None) -> None:
    assert fault(raw) is found


@pytest.mark.parametrize("pump", [b"/", b"/Java", b"/J#61", b"#61", b"PK\x05\x06", b"/Embedded"])
def test_ten_megabytes_of_anything_take_no_time(pump: bytes) -> None:
    raw = b"%PDF-1.7\n" + pump * (2_000_000 // len(pump)) + b"\n%%EOF\n"
    assert timed(lambda: fault(raw))[1] < 0.5
