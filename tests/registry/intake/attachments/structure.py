"""What parts a picture is made of, read byte by byte: nothing of the product's libraries says so."""

from __future__ import annotations

import struct
import zlib

JPEG_PARTS = {"APP0", "DQT", "SOF", "DHT", "SOS"}
"""All that a clean JPEG is made of; APP0 is the JFIF header of 14 bytes."""
PNG_PARTS = {"IHDR", "IDAT", "IEND"}
_STANDALONE = {0x01, *range(0xD0, 0xD8)}


def parts(media: str, raw: bytes) -> set[str]:
    """Names of everything that the file holds; ``trailing`` where something follows its end."""
    return jpeg_parts(raw) if media == "image/jpeg" else png_parts(raw)


def jpeg_parts(raw: bytes) -> set[str]:
    """Segments of a JPEG (ITU T.81 annex B)."""
    assert raw[:2] == b"\xff\xd8"
    found, at = set(), 2
    while True:
        assert raw[at] == 0xFF, f"no marker at {at}"
        marker = raw[at + 1]
        if marker == 0xD9:
            return found | ({"trailing"} if len(raw) > at + 2 else set())
        length = struct.unpack(">H", raw[at + 2 : at + 4])[0]
        found.add(_name(marker))
        if marker == 0xE0:
            assert (length, raw[at + 4 : at + 9]) == (16, b"JFIF\x00")
        at += 2 + length
        if marker == 0xDA:
            at = _after_scan(raw, at)


def png_parts(raw: bytes) -> set[str]:
    """Chunks of a PNG; its pixels have to be exactly those that its header announces."""
    assert raw[:8] == b"\x89PNG\r\n\x1a\n"
    found, at, pixels = set(), 8, b""
    while True:
        length, name = struct.unpack(">I4s", raw[at : at + 8])
        found.add(name.decode("ascii"))
        body = raw[at + 8 : at + 8 + length]
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        if name == b"IDAT":
            pixels += body
        at += 12 + length
        if name == b"IEND":
            break
    stream = zlib.decompressobj()
    assert (depth, colour in (0, 2)) == (8, True)
    assert len(stream.decompress(pixels)) == height * (1 + width * (3 if colour else 1))
    return found | ({"trailing"} if len(raw) > at or stream.unused_data else set())


def _after_scan(raw: bytes, at: int) -> int:
    while raw[at] != 0xFF or raw[at + 1] == 0 or raw[at + 1] in _STANDALONE:
        at += 1
    return at


def _name(marker: int) -> str:
    if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
        return "SOF"
    known = {0xC4: "DHT", 0xDB: "DQT", 0xDA: "SOS", 0xDD: "DRI", 0xFE: "COM"}
    return known.get(marker, f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else f"{marker:02X}")
