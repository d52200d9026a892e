"""Planting words into pictures, byte by byte: no library that the product uses decides where they may be."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from PIL import Image

MARK = b"Nakuru-Ward-7-Wanjiru"
"""The words that must be in nothing that is kept."""
LATITUDE = (77, 21, 33)
"""Degrees, minutes and seconds of a place."""
SIZE = (48, 36)


def picture(form: str, *, mode: str = "RGB", size: tuple[int, int] = SIZE) -> bytes:
    """A plain picture of coloured noise."""
    sink, noise = io.BytesIO(), random.Random(7)  # noqa: S311 - not for secrets
    raw = noise.randbytes(size[0] * size[1] * 3)
    Image.frombytes("RGB", size, raw).convert(mode).save(sink, form)
    return sink.getvalue()


def jpeg(*segments: bytes, after: bytes = b"") -> bytes:
    """A JPEG with segments right after its start, and bytes behind its end."""
    plain = picture("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:] + after


def segment(marker: int, body: bytes) -> bytes:
    """A JPEG segment (ITU T.81 annex B.1.1.4)."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def png(*chunks: bytes, mode: str = "RGB", after: bytes = b"") -> bytes:
    """A PNG with chunks after its header, and bytes behind its end."""
    plain = picture("PNG", mode=mode)
    return plain[:33] + b"".join(chunks) + plain[33:] + after


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk (RFC 2083 section 3.2)."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header(width: int, height: int) -> bytes:
    """A PNG that claims to be so large and holds next to nothing."""
    body = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    little = zlib.compress(bytes(1_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", body) + chunk(b"IDAT", little) + chunk(b"IEND", b"")


def webp(*chunks: tuple[bytes, bytes], after: bytes = b"", flags: int = 0x2C) -> bytes:
    """A WebP in its extended form with further chunks (RFC 9649 section 2.7)."""
    plain = picture("WEBP")
    frame = plain[12:]
    width, height = SIZE
    extended = (
        bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    )
    parts = [(b"VP8X", extended)]
    body = b"".join(_riff(*part) for part in parts) + frame + b"".join(_riff(*part) for part in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + after


def _riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def gif(*blocks: bytes, after: bytes = b"") -> bytes:
    """A GIF of one picture with extension blocks before it (GIF89a)."""
    plain = picture("GIF", mode="P")
    start = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    return b"GIF89a" + plain[6:start] + b"".join(blocks) + plain[start:] + after


def extension(label: int, body: bytes, first: bytes = b"") -> bytes:
    """A GIF extension, its body cut into blocks of 255 bytes."""
    cut = [first] if first else []
    cut += [body[at : at + 255] for at in range(0, len(body), 255)]
    return b"\x21" + bytes([label]) + b"".join(bytes([len(part)]) + part for part in cut) + b"\x00"


def moving(form: str) -> bytes:
    """A picture of three frames."""
    frames = [Image.new("RGB", SIZE, colour) for colour in ("red", "green", "blue")]
    sink = io.BytesIO()
    frames[0].save(sink, form, save_all=True, append_images=frames[1:], duration=50)
    return sink.getvalue()


def exif(*, thumbnail: bytes = b"", following: int = 0, count: int = 1) -> bytes:
    """TIFF bytes with an artist, a position, and maybe a small picture; or a directory that never ends."""
    strings = MARK + b"\x00"
    entries = [
        struct.pack(">HHII", 0x010E, 2, len(strings) * count, 200),
        struct.pack(">HHII", 0x0112, 3, 1, 6 << 16),
        struct.pack(">HHII", 0x013B, 2, len(strings), 200),
        struct.pack(">HHII", 0x8825, 4, 1, 80),
    ]
    first = struct.pack(">H", len(entries)) + b"".join(entries) + struct.pack(">I", following)
    place = struct.pack(">H", 2) + struct.pack(">HHII", 1, 2, 2, ord("N") << 24)
    place += struct.pack(">HHII", 2, 5, 3, 170) + struct.pack(">I", 0)
    raw = bytearray(b"MM\x00\x2a" + struct.pack(">I", 8) + first)
    raw += bytes(80 - len(raw)) + place
    raw += bytes(170 - len(raw)) + struct.pack(
        ">IIIIII", *(part for number in LATITUDE for part in (number, 1))
    )
    raw += bytes(200 - len(raw)) + strings
    if thumbnail:
        at = len(raw)
        small = [
            struct.pack(">HHII", 0x0201, 4, 1, at + 30),
            struct.pack(">HHII", 0x0202, 4, 1, len(thumbnail)),
        ]
        raw += struct.pack(">H", 2) + b"".join(small) + struct.pack(">I", 0) + thumbnail
        struct.pack_into(">I", raw, 8 + 2 + 12 * len(entries), at)
    return bytes(raw)


def xmp() -> bytes:
    """An XMP packet with an author and a position."""
    return (
        b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF'
        b' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        b' dc:creator="' + MARK + b'" exif:GPSLatitude="1,17.3S"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def iptc() -> bytes:
    """A Photoshop resource with an IPTC by-line and caption."""
    record = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(MARK)) + MARK for number in (80, 120)
    )
    return b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", len(record)) + record


def icc() -> bytes:
    """A colour profile whose description is the words."""
    described = b"desc\x00\x00\x00\x00" + struct.pack(">I", len(MARK) + 1) + MARK + bytes(80)
    body = struct.pack(">I", 1) + b"desc" + struct.pack(">II", 144, len(described)) + described
    head = bytearray(128)
    struct.pack_into(">I", head, 0, 128 + len(body))
    head[8:12], head[12:24], head[36:40] = b"\x02\x10\x00\x00", b"mntrRGB XYZ ", b"acsp"
    return bytes(head) + body


def archive(body: bytes = MARK * 3, name: str = "words.txt") -> bytes:
    """A ZIP."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(name, body)
    return sink.getvalue()
