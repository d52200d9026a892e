"""What may be attached to a report, how much of it, and what is said of anything else. Pure.

Pictures are drawn anew, point by point, so that nothing but what can be seen is left of the file. Text
is kept as plain text. A PDF cannot be cleaned without being opened: it is kept as it is, for reviewers
only. Everything else is refused with what to do instead. The name of a file may name a person: only its
ending is looked at, and it is never kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from registry.errors import N_, Invalid, Problem, TooLarge, TooManyTries

MEGABYTE: Final = 1_000_000
FILE_MAX: Final = 10 * MEGABYTE
"""Bytes of a file, as it comes."""
FILES_MAX: Final = 10
"""Files of a report."""
REPORT_MAX: Final = 30 * MEGABYTE
"""Bytes that the files of a report are kept in."""
DAY_MAX: Final = 200 * MEGABYTE
"""Bytes that an organization may attach within a day, removed files included."""
PIXELS_MAX: Final = 30_000_000
"""Points of a picture: more than the cameras of most telephones make, and 120 MB once it is unpacked."""
WEBP_PIXELS_MAX: Final = 15_000_000
"""The same for WebP, whose decoder needs twice the room."""
SIDE_MAX: Final = 30_000
"""Points of a picture's longer side."""
DESCRIPTION_MAX: Final = 500
"""Characters that say what a file shows."""


class Kind(StrEnum):
    """What a file is, as people choose it."""

    PICTURE = "picture"
    TEXT = "text"
    PDF = "pdf"


class Media(StrEnum):
    """What a kept file is (RFC 6838)."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    TEXT = "text/plain"
    PDF = "application/pdf"

    @property
    def kind(self) -> Kind:
        """The kind of file that it is."""
        return {Media.TEXT: Kind.TEXT, Media.PDF: Kind.PDF}.get(self, Kind.PICTURE)

    @property
    def ending(self) -> str:
        """The ending of the name that it is handed out under."""
        return {Media.JPEG: "jpg", Media.PNG: "png", Media.TEXT: "txt", Media.PDF: "pdf"}[self]


KINDS: Final[Mapping[Kind, str]] = MappingProxyType(
    {Kind.PICTURE: N_("Picture"), Kind.TEXT: N_("Text"), Kind.PDF: N_("PDF")}
)
"""Kind → words."""
ENDINGS: Final[Mapping[Kind, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.PICTURE: ("jpg", "jpeg", "png", "webp", "gif", "jpe", "jfif"),
        Kind.TEXT: ("txt", "log", "md", "csv", "json", "jsonl", "tsv", "text"),
        Kind.PDF: ("pdf",),
    }
)
"""Kind → endings of file names, the usual ones first."""

NOT_CHOSEN: Final = N_("Choose a file.")
EMPTY: Final = N_("This file is empty. Choose another one.")
TOO_LARGE: Final = N_(
    "This file is too large. The limit is %(limit)s MB. Make the picture smaller, or attach only the part"
    " that matters."
)
UNKNOWN: Final = N_("This kind of file cannot be attached. Pictures (JPEG, PNG), plain text and PDF can be.")
DIFFERS: Final = N_(
    "The file is not what the end of its name (.%(ending)s) says. Open it, save it as JPEG, PNG, plain text"
    " or PDF, and attach that."
)
BROKEN: Final = N_("This picture cannot be opened; it may be damaged. Save it anew, or attach a screenshot.")
MOVES: Final = N_("This picture moves. Attach a still picture of the moment that matters.")
TOO_MANY_POINTS: Final = N_(
    "This picture has too many points. The limit is %(limit)s million. Make it smaller, or cut out the part"
    " that matters."
)
NOT_UTF8: Final = N_(
    "This text is not encoded as UTF-8. Open it in a text editor, save it with the encoding UTF-8, and"
    " attach that."
)
DOUBLE: Final = N_(
    "This PDF holds another file too. Print it as a new PDF and attach that, or attach pictures of its pages."
)
CUT: Final = N_("This PDF is not whole. Save it anew and attach that, or attach pictures of its pages.")
ACTIVE: Final = N_(
    "This PDF holds programs or files, which could harm reviewers. Print it as a new PDF and attach that,"
    " or attach pictures of its pages."
)
DESCRIBE: Final = N_("Say what the file shows, for those who cannot or should not look at it.")
TOO_LONG: Final = N_("This is too long: %(length)s characters, and the limit is %(limit)s.")
UNREADABLE: Final = N_("This holds characters that cannot be shown. Type it again.")

_OFFICE = N_(
    "Office files cannot be attached: names and earlier versions hide in them. Print it as a PDF, or attach"
    " pictures of what matters."
)
_ARCHIVE = N_("Archives cannot be attached. Unpack it, and attach what matters one file at a time.")
_PAGE = N_("Web pages and drawings (HTML, SVG) cannot be attached. Attach a screenshot.")
_PROGRAM = N_("Programs cannot be attached. Say in the report what it does.")
_SOUND = N_(
    "Sound and video cannot be attached: voices and faces give people away. Write down what is said, or"
    " attach a still picture."
)
_PICTURE = N_("This kind of picture cannot be attached. Save it as JPEG or PNG, and attach that.")
_MAIL = N_("Messages cannot be attached as they are. Copy the words that matter into a text file.")

_FOREIGN: Final[Mapping[str, str]] = MappingProxyType(
    {
        _OFFICE: "doc docx docm dot dotx xls xlsx xlsm xlsb xlt ppt pptx pptm pps ppsx odt ods odp odg rtf"
        " pages numbers key wpd pub vsd epub",
        _ARCHIVE: "zip rar 7z gz tgz tar bz2 xz zst lz lzma cab iso dmg z ar",
        _PAGE: "html htm xhtml mht mhtml svg svgz xml xsl xslt css swf",
        _PROGRAM: "exe dll msi com bat cmd ps1 vbs js mjs jse wsf hta jar apk ipa app deb rpm sh bash py pyc"
        " rb pl php scr lnk elf so bin class wasm eps ps",
        _SOUND: "mp3 wav ogg oga opus m4a aac flac amr wma mp4 m4v mov avi mkv webm wmv 3gp mpg mpeg",
        _PICTURE: "heic heif avif tif tiff bmp ico psd raw dng cr2 nef jp2 jxl tga dib",
        _MAIL: "eml msg mbox vcf ics",
    }
)
INSTEAD: Final[Mapping[str, str]] = MappingProxyType(
    {ending: words for words, endings in _FOREIGN.items() for ending in endings.split()}
)
"""Ending of a file's name → what to do instead."""
_KIND_BY_ENDING = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}


class FileTooLarge(TooLarge, Invalid):
    """A file, or all files of a report together, beyond the limit; says so at the field it came in."""

    message = N_("The file is too large.")


class DayIsFull(TooManyTries):
    """An organization has attached as much as it may within a day; fact ``retry_after`` in seconds."""

    message = N_(
        "%(limit)s MB were attached within a day, which is the limit. Go on tomorrow; what is here stays."
    )


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept: what it is, its bytes, and of a picture its size and a glimpse of it."""

    media: Media
    data: bytes
    width: int | None = None
    height: int | None = None
    glimpse: bytes = b""


@dataclass(frozen=True, slots=True)
class Held:
    """What a report holds already (files and bytes), and what its organization attached within a day."""

    files: int
    size: int
    today: int


ENDING_MAX: Final = 8
"""Characters of an ending that is looked at; longer ones are part of the name."""


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, without the dot; '' where it has none."""
    stem, dot, ending = name.strip().rpartition(".")
    plain = ending.isascii() and ending.isalnum() and len(ending) <= ENDING_MAX
    return ending.lower() if stem and dot and plain else ""


def kind_by_ending(ending: str) -> Kind | None:
    """The kind of file whose names end so; None where none of ours does."""
    return _KIND_BY_ENDING.get(ending)


def instead(ending: str) -> str:
    """What is said to whoever attaches a file that ends so, which is none of ours."""
    return INSTEAD.get(ending, UNKNOWN)


def refused(message: str, **facts: object) -> Invalid:
    """The refusal of a file, at the field it came in."""
    return Invalid([Problem("/file", message, facts)])


def too_large() -> FileTooLarge:
    """The refusal of a file for its size."""
    return FileTooLarge([Problem("/file", TOO_LARGE, {"limit": FILE_MAX // MEGABYTE})])


def described(text: str) -> str:
    """A description as it is kept: one paragraph, not empty; raises ``Invalid``."""
    flat = " ".join(text.split())
    if not flat:
        raise Invalid([Problem("/description", DESCRIBE)])
    if len(flat) > DESCRIPTION_MAX:
        facts = {"length": len(flat), "limit": DESCRIPTION_MAX}
        raise Invalid([Problem("/description", TOO_LONG, facts)])
    if any(unicodedata.category(character) in ("Cc", "Cs", "Cn") for character in flat):
        raise Invalid([Problem("/description", UNREADABLE)])
    return flat


def make_room(held: Held, *, taken: int, kept: int) -> None:
    """Raises where there is no room for one more file of so many bytes as it came and as it is kept."""
    if held.files >= FILES_MAX:
        raise refused(
            N_("This report has %(limit)s files, which is the limit. Remove one first."), limit=FILES_MAX
        )
    if held.size + kept > REPORT_MAX:
        message = N_(
            "The files of a report may have %(limit)s MB together. Remove one first, or attach a smaller one."
        )
        raise FileTooLarge([Problem("/file", message, {"limit": REPORT_MAX // MEGABYTE})])
    if held.today + taken > DAY_MAX:
        raise DayIsFull(limit=DAY_MAX // MEGABYTE, retry_after=86_400)
