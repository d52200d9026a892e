"""Pictures drawn anew: what can be seen stays, everything else is gone, and work is bounded."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from registry.errors import Invalid
from registry.intake.attachments.cleaning import cleaned
from registry.intake.attachments.pictures import PROGRAM
from registry.intake.attachments.rules import PIXELS_MAX, Clean, Media
from tests.registry.intake.attachments.planting import exif, header, jpeg, picture, segment

RED, WHITE = (255, 0, 0), (255, 255, 255)
CORNERS = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}
"""Orientation → where the corner that is stored first is seen (Exif 2.32, table 5)."""


def shown(kept: Clean) -> Image.Image:
    image = Image.open(io.BytesIO(kept.data))
    image.load()
    return image


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    sink = io.BytesIO()
    image.save(sink, form, **options)
    return sink.getvalue()


def near(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_is_upright(turn: int) -> None:
    """A red corner, stored first, is seen where the camera says."""
    image = Image.new("RGB", (64, 32), WHITE)
    image.paste(RED, (0, 0, 16, 16))
    raw = bytearray(exif())
    struct.pack_into(">HHIH", raw, 8 + 2 + 12, 0x0112, 3, 1, turn)
    plain = saved(image, "JPEG", quality=95)
    kept = cleaned("a.jpg", plain[:2] + segment(0xE1, b"Exif\x00\x00" + bytes(raw)) + plain[2:])
    upright = shown(kept)
    assert upright.size == ((64, 32) if turn < 5 else (32, 64)) == (kept.width, kept.height)
    across, down = upright.width - 5, upright.height - 5
    places = {"tl": (4, 4), "tr": (across, 4), "br": (across, down), "bl": (4, down)}
    red = [name for name, place in places.items() if near(upright.getpixel(place), RED)]
    assert red == [CORNERS[turn]]


@pytest.mark.parametrize(
    ("name", "raw", "media"),
    [
        ("a.jpg", picture("JPEG"), Media.JPEG),
        ("a.png", picture("PNG"), Media.PNG),
        ("a.gif", picture("GIF", mode="P"), Media.PNG),
        ("a.webp", picture("WEBP"), Media.JPEG),
        ("called.png", picture("JPEG"), Media.JPEG),
    ],
)
def test_what_a_picture_becomes(name: str, raw: bytes, media: Media) -> None:
    assert cleaned(name, raw).media is media


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_points_stay_what_they_were(mode: str) -> None:
    image = Image.new("L", (20, 10), 255)
    image.paste(0, (0, 0, 10, 10))
    image = (
        image.point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else image.convert(mode)
    )
    kept = shown(cleaned("a.png", saved(image, "PNG"))).convert("L")
    assert [kept.getpixel((2, 5)), kept.getpixel((17, 5))] == [0, 255]


def test_what_is_see_through_is_painted_over() -> None:
    image = Image.new("RGBA", (8, 8), (*RED, 0))
    image.putpixel((0, 0), (*RED, 255))
    kept = shown(cleaned("a.png", saved(image, "PNG")))
    assert (kept.mode, kept.getpixel((0, 0)), kept.getpixel((5, 5))) == ("RGB", RED, WHITE)


def asked(raw: bytes, *arguments: object) -> bytes:
    """What the program answers by itself, without our own look at the file before."""
    command = [sys.executable, "-I", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, input=raw, capture_output=True, check=False, timeout=60).stdout


def test_what_would_be_too_large_as_png_is_kept_as_jpeg() -> None:
    noise = picture("PNG", size=(200, 200))
    assert asked(noise, "PNG", PIXELS_MAX, 999, 10**6).startswith(b"ok image/png 200 200 ")
    assert asked(noise, "PNG", PIXELS_MAX, 999, 50_000).startswith(b"ok image/jpeg 200 200 ")


def test_a_glimpse_is_a_blur() -> None:
    kept = cleaned("a.png", saved(Image.new("RGB", (400, 100), RED), "PNG"))
    glimpse = Image.open(io.BytesIO(kept.glimpse))
    assert (glimpse.size, glimpse.format) == ((16, 4), "JPEG")
    assert near(glimpse.convert("RGB").getpixel((8, 2)), RED)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_largest_pictures_fit_into_the_memory_there_is(form: str) -> None:
    """In the most costly kind of each format: turned, see-through, or both."""
    width, height = (6_000, 5_000) if form != "WEBP" else (5_000, 3_000)
    options = {
        "JPEG": {"exif": b"Exif\x00\x00" + exif(), "quality": 50},
        "PNG": {"compress_level": 1},
        "WEBP": {"lossless": True, "method": 0, "quality": 0},
        "GIF": {},
    }[form]
    image = Image.new({"PNG": "RGBA", "WEBP": "RGBA", "GIF": "P"}.get(form, "RGB"), (width, height))
    kept = cleaned(f"a.{form.lower()}", saved(image, form, **options))
    assert {kept.width, kept.height} == {width, height}


def test_a_webp_may_have_half_as_many_points() -> None:
    image = Image.new("RGB", (5_000, 3_001))
    with pytest.raises(Invalid, match="The limit is 15 million"):
        cleaned("a.webp", saved(image, "WEBP", lossless=True, method=0, quality=0))


def test_the_largest_picture_fits_and_one_row_more_does_not() -> None:
    side = 5_477
    assert side * side <= PIXELS_MAX < (side + 1) * (side + 1)
    kept = cleaned("a.png", saved(Image.new("1", (side, side)), "PNG"))
    assert (kept.width, kept.height) == (side, side)
    with pytest.raises(Invalid, match="too many points"):
        cleaned("a.png", header(side + 1, side + 1))


def test_what_would_need_more_memory_than_there_is_is_refused() -> None:
    """Even without our own look at its size: 81 million points, each of which becomes four bytes."""
    raw = saved(Image.new("P", (9_000, 9_000)), "PNG", compress_level=1, transparency=0)
    assert asked(raw, "PNG", 10**9, 10**6, 10**9) == b"no points\n"


def test_pillows_own_bound_is_kept() -> None:
    assert asked(header(9_500, 9_500), "PNG", 10**9, 10**6, 10**9) == b"no points\n"


@pytest.mark.parametrize("form", ["BMP", "JPEG", "EPS", "TIFF"])
def test_the_program_reads_nothing_but_its_formats(form: str) -> None:
    assert not asked(picture("BMP"), form, 10**9, 10**6, 10**9).startswith(b"ok")


def test_the_program_can_write_no_file(tmp_path: Path) -> None:
    code = (
        "import runpy, sys; runpy.run_path(sys.argv[1])['_bounded'](); open(sys.argv[2], 'wb', 0).write(b'x')"
    )
    command = [sys.executable, "-I", "-c", code, str(PROGRAM), str(tmp_path / "written")]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "File too large" in run.stderr
    assert (tmp_path / "written").read_bytes() == b""


def test_many_pictures_within_one_segment_keep_the_first() -> None:
    """Telephones put further pictures into one JPEG (CIPA DC-007); the first one is what is seen."""
    sink = io.BytesIO()
    first, second = Image.new("RGB", (40, 40), RED), Image.new("RGB", (40, 40), "blue")
    first.save(sink, "MPO", save_all=True, append_images=[second])
    kept = cleaned("a.jpg", sink.getvalue())
    assert near(shown(kept).getpixel((20, 20)), RED)
    assert len(kept.data) < len(sink.getvalue())


def test_a_name_that_is_not_what_it_says_is_refused() -> None:
    with pytest.raises(Invalid, match="not what the end of its name"):
        cleaned("a.pdf", jpeg())
