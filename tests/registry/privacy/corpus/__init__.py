r"""Sentences with and without personal data, labelled by hand, to measure the privacy check.

Two files hold the two halves: `seen.txt`, which the authors of rules may read, and `held_out.txt`, which
they may not; a rule written while looking at a sentence says nothing about the sentences to come. A third,
`practice.txt`, is like the first and denser, for the kinds that come in many forms. Every person, address
and number is invented. One item a line, one to three sentences, at most 600 characters:

    en | Call [PERSON/african:Wanjiku Kamau] on [PHONE:+254 712 345 678].

The language is a code of two letters, or `mix` for a text in more than one. A line that is empty or starts
with `#` is not an item. A bracket that belongs to the text is written `\[` or `\]`. A line without labels
holds nothing personal, however much it looks like it.

**Kinds.** Certain: EMAIL, PHONE, COORDINATES (also plus codes and grid references), CHECKED-ID (its check
digit is right), HANDLE, URL-TOKEN, ADDRESS, IP (IP, MAC and IMEI). Doubtful: PERSON, ID (no check digit, or
none that can be tested), PLACE, JOB, BIRTH.

**What a label covers** is the least that has to be hidden; hiding more is a matter of precision, not of
recall.

- PERSON: the name without a title or a word of kinship ("Dr", "Mama", "Hadja", "Doña", "Si"), unless there
  would be no name left: "abu Omar" is a name. Each name carries the origin of its bearer, one of `ORIGINS`,
  whatever the script or the language of the sentence. Chatbots, machines, drugs, diseases, laws and people of
  history on banknotes are not persons. Each mention is labelled, also a misspelt one.
- PLACE: a village, camp, hamlet, quarter, school or clinic that few people share, without the common noun
  when that stands apart. Countries, regions, lakes and large cities are not labelled; nor is a city at the
  end of an address.
- ADDRESS: house, street, plot, tent, block or box, with the postcode when it follows at once.
- JOB: a role that only one or a few people hold in that place, without the place.
- BIRTH: a date of birth. An age is not labelled.
- PHONE: with its prefix and extension. EMAIL: the address, however disguised. HANDLE: the name with its `@`,
  without the host. URL-TOKEN: the part of the address that leads to one person or opens a door.
  COORDINATES: the numbers, not the link or the words around them. IP: without the port.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CERTAIN: Final = ("EMAIL", "PHONE", "COORDINATES", "CHECKED-ID", "HANDLE", "URL-TOKEN", "ADDRESS", "IP")
DOUBTFUL: Final = ("PERSON", "ID", "PLACE", "JOB", "BIRTH")
KINDS: Final = CERTAIN + DOUBTFUL
ORIGINS: Final = (
    "african",
    "arabic",
    "chinese",
    "south-asian",
    "southeast-asian",
    "east-asian-other",
    "latin-american",
    "european",
    "slavic",
    "persian-turkic",
    "indigenous",
    "pacific",
)
HALVES: Final = ("seen", "held_out")
FILES: Final = (*HALVES, "practice")

_ITEM: Final = re.compile(r"(?P<language>[a-z]{2,3}) \| (?P<text>.+)")
_PIECE: Final = re.compile(
    r"""
    \\(?P<bracket>[\[\]])
    | \[(?P<kind>[A-Z-]+)(?:/(?P<origin>[a-z-]+))?:(?P<inside>(?:\\[\[\]]|[^\[\]])+)\]
    | (?P<stray>[\[\]])
    | (?P<plain>[^\[\]\\]+|\\)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Span:
    """One piece of a text that has to be hidden: `text[start:end]`."""

    start: int
    end: int
    kind: str
    origin: str | None = None


@dataclass(frozen=True)
class Sentence:
    """One item of the corpus: the text as a person wrote it, and what in it is personal."""

    language: str
    text: str
    spans: tuple[Span, ...]

    def covered(self, span: Span) -> str:
        """The text under a span."""
        return self.text[span.start : span.end]


def parse(line: str) -> Sentence:
    """One line of the corpus; a ValueError says what is wrong with it."""
    item = _ITEM.fullmatch(line)
    if item is None:
        raise ValueError(f"not an item: {line!r}")
    text = ""
    spans: list[Span] = []
    for piece in _PIECE.finditer(item["text"]):
        if piece["stray"]:
            raise ValueError(f"a bracket without its pair at {piece.start()}: {line!r}")
        if piece["kind"] is None:
            text += piece["bracket"] or piece["plain"]
            continue
        kind, origin = piece["kind"], piece["origin"]
        if kind not in KINDS:
            raise ValueError(f"no such kind: {kind}: {line!r}")
        if (kind == "PERSON") != (origin in ORIGINS):
            raise ValueError(f"a name has an origin of the list, nothing else has one: {origin}: {line!r}")
        start = len(text)
        text += re.sub(r"\\([\[\]])", r"\1", piece["inside"])
        spans.append(Span(start, len(text), kind, origin))
    return Sentence(item["language"], text, tuple(spans))


def lines(half: str) -> list[str]:
    """The items of one file as they are written."""
    if half not in FILES:
        raise ValueError(f"no such half: {half}")
    whole = Path(__file__).with_name(f"{half}.txt").read_text("utf-8")
    return [line for line in whole.splitlines() if line and not line.startswith("#")]


def load(half: str) -> list[Sentence]:
    """The items of one file, `seen`, `held_out` or `practice`, in the order of the file."""
    return [parse(line) for line in lines(half)]
