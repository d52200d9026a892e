"""Drawing a picture anew, as a program of its own: it reads the file, and writes the new one.

Decoders are where hostile pictures strike. So they run in a process that has no settings, no secrets and
no open files of the node, that can write no file, and whose memory and time end. It takes the format on
its command line, the file on its standard input, and answers with one line: ``no WORD``, or ``ok TYPE WIDTH
HEIGHT GLIMPSE`` and behind it the glimpse, so many bytes long, and the new file. It imports nothing of
ours, because it is started without a path to it.

Only what can be seen is copied: a new canvas, painted with the points of the old one (Pillow's ``save``
alone keeps the comment of a JPEG). What is hidden behind transparency is painted over.
"""

from __future__ import annotations

import contextlib
import io
import resource
import struct
import sys
import warnings

from PIL import (
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

MEMORY = 500_000_000
"""Bytes of address space: two copies of the largest picture, and Python."""
SECONDS = 20
"""Seconds of computing."""
FILES = 16
QUALITY = 90
"""Of JPEG: small letters in a screenshot stay legible."""
LEVEL = 3
"""Of PNG's compression: the next ones take three times as long for one percent."""
GLIMPSE = 16
"""Points of a glimpse's longer side."""
ORIENTATION = 0x0112
"""The tag that says how a camera was held (Exif 2.32 section 4.6.4)."""
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
STILL = (JpegImagePlugin.JpegImageFile.format, MpoImagePlugin.MpoImageFile.format)
"""Formats whose further pictures are smaller or deeper views of the first one."""
FORMATS = tuple(
    plugin.format
    for plugin in (
        GifImagePlugin.GifImageFile,
        JpegImagePlugin.JpegImageFile,
        PngImagePlugin.PngImageFile,
        WebPImagePlugin.WebPImageFile,
    )
)
"""Formats that are read at all; their decoders are loaded before memory is limited."""


class Refused(Exception):
    """The picture is not drawn; the argument is the word that says why."""


def draw(raw: bytes, form: str, points: int, side: int, most: int) -> bytes:
    """The answer with the new picture; raises ``Refused``, and what Pillow raises for broken ones."""
    canvas = _painted(_seen(raw, form, points, side))  # the old picture is in no variable, to be gone soon
    written, media = b"", "image/png"
    if form in ("PNG", "GIF"):
        written = _written(canvas, "PNG", compress_level=LEVEL)
    if not written or len(written) > most:
        written, media = _written(canvas, "JPEG", quality=QUALITY), "image/jpeg"
    glimpse = _glimpse(canvas)
    return f"ok {media} {canvas.width} {canvas.height} {len(glimpse)}\n".encode("ascii") + glimpse + written


def _seen(raw: bytes, form: str, points: int, side: int) -> Image.Image:
    """The picture that a person would see, upright."""
    if form not in FORMATS:
        raise Refused("format")
    with Image.open(io.BytesIO(raw), formats=(form,)) as opened:
        width, height = opened.size
        if width * height > points or max(width, height) > side:
            raise Refused("points")
        if opened.format not in STILL and getattr(opened, "is_animated", False):
            raise Refused("moves")
        opened.load()
        return _upright(opened)


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it was seen; what says how the camera was held may itself be broken."""
    turn = None
    with contextlib.suppress(OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
        turn = TURNS.get(picture.getexif().get(ORIENTATION, 1))
    return picture if turn is None else picture.transpose(turn)


def _painted(picture: Image.Image) -> Image.Image:
    """A new canvas with the picture's points on white, in colours or greys."""
    if picture.mode.startswith(("I", "F")):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    see_through = "transparency" in picture.info or picture.mode in ("LA", "La", "PA", "RGBA", "RGBa")
    grey = picture.mode in ("1", "L", "LA", "La")
    wanted = ("LA" if grey else "RGBA") if see_through else ("L" if grey else "RGB")
    if picture.mode != wanted:  # else it would be copied once more
        picture = picture.convert(wanted)
    canvas = Image.new("L" if grey else "RGB", picture.size, "white")
    canvas.paste(picture, mask=picture.getchannel("A") if see_through else None)
    return canvas


def _glimpse(canvas: Image.Image) -> bytes:
    """So few points that nothing can be made out but colours and rough shapes."""
    factor = min(1, GLIMPSE / max(canvas.size))
    size = (max(1, round(canvas.width * factor)), max(1, round(canvas.height * factor)))
    return _written(canvas.resize(size, Image.Resampling.BOX), "JPEG", quality=QUALITY // 2)


def _written(canvas: Image.Image, form: str, **options: int) -> bytes:
    sink = io.BytesIO()
    canvas.save(sink, form, **options)
    return sink.getvalue()


def _bounded() -> None:
    """Limit what this process may use; systems that know no such limit go without it."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: FILES,
        resource.RLIMIT_CORE: 0,
    }
    for name, most in limits.items():
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (most, most))


def main(form: str, points: str, side: str, most: str) -> int:
    """Answer on standard output; the exit code is not zero where the answer is no answer."""
    _bounded()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        answer = draw(sys.stdin.buffer.read(), form, int(points), int(side), int(most))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        answer = b"no points\n"
    except Refused as word:
        answer = f"no {word}\n".encode("ascii")
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
