"""Files that want to smuggle words through, break a decoder or fill a disk, with their names."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.registry.intake.attachments.planting import (
    MARK,
    archive,
    chunk,
    exif,
    extension,
    gif,
    header,
    icc,
    iptc,
    jpeg,
    moving,
    picture,
    png,
    segment,
    webp,
    xmp,
)

Sample = tuple[str, bytes]
"""The name of a file, and its bytes."""
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
EXIF, XMP = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00"
FOLLOWERS = {
    "words": MARK * 50,
    "archive": archive(),
    "page": b"<html><script>alert('" + MARK + b"')</script></html>",
    "program": b"MZ\x90\x00" + MARK + bytes(200),
    "document": b"%PDF-1.7\n" + MARK + b"\n%%EOF\n",
    "shell": b"\n#!/bin/sh\necho " + MARK,
}
"""What is put behind the end of a picture, so that it is two files at once."""


def corpus() -> list[Sample]:
    """Every file; two never have the same name."""
    kinds = (
        _metadata_of_jpeg,
        _metadata_of_png,
        _metadata_of_webp,
        _metadata_of_gif,
        _polyglots,
        _bombs,
        _moving,
        _hidden,
        _under_wrong_names,
        _other_kinds,
        _cut,
        _changed,
    )
    found = [sample for kind in kinds for sample in kind()]
    return [(f"{number:03}-{name}", data) for number, (name, data) in enumerate(found)]


def _metadata_of_jpeg() -> Iterator[Sample]:
    small = jpeg(segment(0xE1, EXIF + exif()))
    bodies = {
        "comment": (0xFE, MARK),
        "long comment": (0xFE, MARK * 3_000),
        "exif": (0xE1, EXIF + exif()),
        "exif thumbnail": (0xE1, EXIF + exif(thumbnail=small)),
        "exif loop": (0xE1, EXIF + exif(following=8)),
        "exif count": (0xE1, EXIF + exif(count=90_000_000)),
        "exif nonsense": (0xE1, EXIF + b"MM" + MARK),
        "xmp": (0xE1, XMP + xmp()),
        "more xmp": (0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + bytes(40) + xmp()),
        "profile": (0xE2, b"ICC_PROFILE\x00\x01\x01" + icc()),
        "mpf": (0xE2, b"MPF\x00" + exif()),
        "flashpix": (0xE2, b"FPXR\x00\x01" + MARK),
        "iptc": (0xED, iptc()),
        "ducky": (0xEC, b"Ducky\x00\x02\x00\x04" + MARK),
        "adobe": (0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01" + MARK),
        "jfif thumbnail": (0xE0, b"JFXX\x00\x10" + small),
    }
    for name, (marker, body) in bodies.items():
        yield f"{name}.jpg", jpeg(segment(marker, body))
    for marker in (*range(0xE3, 0xEC), 0xEF):
        yield f"app{marker - 0xE0}.jpg", jpeg(segment(marker, MARK * 9))
    yield "everything.jpg", jpeg(*(segment(*body) for body in bodies.values()))
    yield "two hundred.jpg", jpeg(*([segment(0xE1, EXIF + exif())] * 200))
    yield "filled.jpg", jpeg(b"\xff" * 9 + segment(0xFE, MARK))
    for turn in range(10):
        turned = bytearray(exif())
        struct.pack_into(">HHIH", turned, 8 + 2 + 12, 0x0112, 3, 1, turn)
        yield f"turned {turn}.jpg", jpeg(segment(0xE1, EXIF + bytes(turned)))


def _metadata_of_png() -> Iterator[Sample]:
    packed = zlib.compress(MARK * 20)
    chunks = {
        "text": (b"tEXt", b"Author\x00" + MARK),
        "packed text": (b"zTXt", b"Comment\x00\x00" + packed),
        "long text": (b"iTXt", b"Title\x00\x00\x00en\x00\x00" + MARK),
        "long packed": (b"iTXt", b"Title\x00\x01\x00en\x00\x00" + packed),
        "xmp": (b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + xmp()),
        "exif": (b"eXIf", exif()),
        "exif loop": (b"eXIf", exif(following=8)),
        "profile": (b"iCCP", b"p\x00\x00" + zlib.compress(icc())),
        "profile named": (b"iCCP", MARK + b"\x00\x00" + zlib.compress(icc())),
        "time": (b"tIME", struct.pack(">HBBBBB", 2026, 3, 1, 7, 7, 7)),
        "suggested": (b"sPLT", MARK + b"\x00\x08" + bytes(6)),
        "private": (b"prVt", MARK),
        "old exif": (b"zxIf", exif()),
        "calibration": (b"pCAL", MARK + b"\x00" + bytes(20)),
        "digital signature": (b"dSIG", MARK),
    }
    for name, body in chunks.items():
        yield f"{name}.png", png(chunk(*body))
    yield "everything.png", png(*(chunk(*body) for body in chunks.values()))
    for mode in ("L", "LA", "1", "P", "RGBA", "I;16"):
        yield f"mode {mode.replace(';', '')}.png", png(chunk(b"tEXt", b"Author\x00" + MARK), mode=mode)
    plain = picture("PNG")
    yield "behind pixels.png", plain[:-12] + chunk(b"tEXt", b"Late\x00" + MARK) + plain[-12:]
    yield "wrong sum.png", plain[:33] + chunk(b"tEXt", b"A\x00" + MARK)[:-1] + b"\x00" + plain[33:]


def _metadata_of_webp() -> Iterator[Sample]:
    chunks = {"exif": (b"EXIF", exif()), "xmp": (b"XMP ", xmp()), "profile": (b"ICCP", icc())}
    chunks |= {"unknown": (b"XYZ1", MARK * 3), "exif marked": (b"EXIF", EXIF + exif())}
    for name, body in chunks.items():
        yield f"{name}.webp", webp(body)
    yield "everything.webp", webp(*chunks.values())


def _metadata_of_gif() -> Iterator[Sample]:
    blocks = {
        "comment": extension(0xFE, MARK * 30),
        "xmp": extension(0xFF, xmp(), b"XMP DataXMP"),
        "application": extension(0xFF, MARK * 3, b"NAKURU  1.0"),
        "profile": extension(0xFF, icc(), b"ICCRGBG1012"),
        "plain text": extension(0x01, MARK, bytes(12)),
        "unknown": extension(0x77, MARK * 9),
    }
    for name, block in blocks.items():
        yield f"{name}.gif", gif(block)
    yield "everything.gif", gif(*blocks.values())


def _polyglots() -> Iterator[Sample]:
    writers: dict[str, Callable[..., bytes]] = {"jpg": jpeg, "png": png, "webp": webp, "gif": gif}
    for ending, write in writers.items():
        for name, follower in FOLLOWERS.items():
            yield f"{name} behind.{ending}", write(after=follower)
    yield "script within.gif", b"GIF89a/*" + picture("GIF", mode="P")[8:] + b"*/=1;alert('" + MARK + b"')"
    yield "page within.jpg", jpeg(segment(0xFE, b"<!--" + MARK + b"--><script>alert(1)</script>"))
    yield "archive within.png", png(chunk(b"zipF", archive()))
    yield "page as text.txt", b"<!DOCTYPE html><script>" + MARK + b"</script>"
    yield "drawing as text.txt", b"\n <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    yield "document as text.txt", FOLLOWERS["document"]
    yield "archive behind.pdf", FOLLOWERS["document"] + archive()
    yield "program in words.txt", b"#!/bin/sh\nrm -r " + MARK


def _bombs() -> Iterator[Sample]:
    for width, height in (
        (60_000, 60_000),
        (30_001, 1),
        (1, 30_001),
        (5_478, 5_478),
        (2**31 - 1,) * 2,
        (0, 9),
    ):
        yield f"claims {width} x {height}.png", header(width, height)
    black = zlib.compress(bytes(50_000_000), 9)
    yield "profile bomb.png", png(chunk(b"iCCP", b"p\x00\x00" + black))
    yield "text bomb.png", png(chunk(b"zTXt", b"Comment\x00\x00" + black))
    yield "texts bomb.png", png(*([chunk(b"zTXt", b"C\x00\x00" + black)] * 9))
    yield "long packed bomb.png", png(chunk(b"iTXt", b"T\x00\x01\x00\x00\x00" + black))
    plain = bytearray(picture("JPEG"))
    frame = plain.index(b"\xff\xc0")
    for width, height in ((65_535, 65_535), (0, 0), (65_535, 1)):
        struct.pack_into(">HH", plain, frame + 5, height, width)
        yield f"claims {width} x {height}.jpg", bytes(plain)
    wide = bytearray(picture("GIF", mode="P"))
    struct.pack_into("<HH", wide, 6, 65_535, 65_535)
    yield "claims much.gif", bytes(wide)
    yield "claims much.webp", webp()[:24] + b"\xff\xff\x7f\xff\xff\x7f" + webp()[30:]
    zeros = archive(bytes(200_000_000), "zeros")
    for ending in ("zip", "png", "jpg", "txt", "pdf"):
        yield f"zeros.{ending}", zeros
    yield "zeros.gz", gzip.compress(bytes(1_000_000))
    yield "marks.txt", "\u202e".encode() * 3_000_000


def _moving() -> Iterator[Sample]:
    for form, ending in (("GIF", "gif"), ("PNG", "png"), ("WEBP", "webp")):
        yield f"moving.{ending}", moving(form)
    sink = io.BytesIO()
    Image.new("RGB", (9, 9)).save(sink, "TIFF")
    yield "moving.tiff", sink.getvalue()


def _hidden() -> Iterator[Sample]:
    """Points that are there and are not seen: the words stand in them, not even compressed."""
    words = (MARK * 90)[: 24 * 24]
    for form, options in (("PNG", {"compress_level": 0}), ("WEBP", {"lossless": True, "exact": True})):
        covered = Image.new("RGBA", (24, 24), (0, 0, 0, 0))
        covered.putdata([(byte, byte, byte, 0) for byte in words])
        sink = io.BytesIO()
        covered.save(sink, form, **options)
        yield f"see-through.{ENDINGS[form]}", sink.getvalue()
    palette = Image.new("P", (9, 9), 0)
    palette.putpalette((MARK * 50)[:768])
    for form in ("PNG", "GIF"):
        sink = io.BytesIO()
        palette.save(sink, form, optimize=False)
        yield f"palette.{ENDINGS[form]}", sink.getvalue()


def _under_wrong_names() -> Iterator[Sample]:
    foreign = ("txt", "pdf", "html", "docx", "exe", "svg", "zip")
    for form, own in ENDINGS.items():
        data = picture(form, mode="P" if form == "GIF" else "RGB")
        yield f"{form} without an ending", data
        for ending in (*foreign, *(other for other in ENDINGS.values() if other != own)):
            yield f"{form}.{ending}", data


def _other_kinds() -> Iterator[Sample]:
    for form, ending in (("BMP", "bmp"), ("TIFF", "tif"), ("ICO", "ico"), ("PPM", "ppm"), ("AVIF", "avif")):
        yield f"other.{ending}", picture(form)
        yield f"other {ending}.png", picture(form)
    heads = {
        "heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        "psd": b"8BPS\x00\x01" + bytes(50),
        "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "mp4": b"\x00\x00\x00\x18ftypmp42" + bytes(50),
        "mp3": b"ID3\x03" + bytes(50),
        "docx": archive(name="word/document.xml"),
        "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "exe": b"MZ\x90\x00" + bytes(600),
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        "html": b"<html><script>alert(1)</script></html>",
        "eml": b"From: " + MARK + b"\r\nSubject: x\r\n\r\n",
        "py": b"import os\n",
        "swf": b"CWS\x09" + bytes(50),
    }
    for ending, head in heads.items():
        yield f"head.{ending}", head
        yield f"head {ending}.jpg", head


def _cut() -> Iterator[Sample]:
    whole = {"jpg": jpeg(segment(0xFE, MARK)), "png": png(), "webp": webp(), "gif": gif()}
    for ending, data in whole.items():
        for tenths in range(10):
            yield f"cut {tenths}.{ending}", data[: len(data) * tenths // 10]


def _changed() -> Iterator[Sample]:
    """A tenth of a percent of the bytes are others."""
    chance = random.Random(20_26)  # noqa: S311 - not for secrets
    whole = {
        "jpg": jpeg(segment(0xE1, EXIF + exif()), segment(0xFE, MARK)),
        "png": png(chunk(b"eXIf", exif()), chunk(b"tEXt", b"A\x00" + MARK)),
        "webp": webp((b"EXIF", exif())),
        "gif": gif(extension(0xFE, MARK)),
    }
    for ending, data in whole.items():
        for number in range(12):
            changed = bytearray(data)
            for _ in range(max(2, len(data) // 1_000)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            yield f"changed {number}.{ending}", bytes(changed)
