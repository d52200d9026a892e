"""From the slugs by which a collection names its entities to names that people can read. Pure."""

from __future__ import annotations

import re

from registry.record.collections.wordlist import words

SOUGHT_MAX = 8
"""Words of a name that is still looked for in the text."""
_WORD = re.compile(r"\w(?:[\w.+&!]|['’](?!s\b)(?=\w))*")
"""A word without its possessive ending; dots and the like inside it belong to it."""
_PLACEHOLDER = re.compile(
    r"(unknown|undisclosed|unspecified)([ \-].*)?|none|n[/ -]?a|not[ -]applicable|tbd|null|-*|unnamed",
    re.DOTALL,
)
_CASED = {
    word.casefold(): word
    for word in words(
        """
        LLC LLP PLLC ElevenLabs EleutherAI LAION
        AI AWS BBC CNN FBI IBM ICE IRS LGBTQ LLM LLMs NHS NYPD UK UN US U.S. USA EU TV IT GPT ChatGPT
        OpenAI YouTube TikTok LinkedIn GitHub WhatsApp iPhone iRobot xAI DeepSeek DeepMind DoorDash PayPal
        McDonald's Google Facebook Instagram Microsoft Amazon Apple Tesla Uber Lyft Meta Twitter Netflix
        Reddit Snapchat Telegram Airbnb Alexa Siri Bing Gemini Claude Grok Copilot Nvidia Waymo Cruise
        Anthropic American Americans Black British Canadian Chinese Dutch English European French German
        Hispanic Indian Indonesian Iranian Irish Israeli Italian Japanese Korean Latino Mexican Muslim
        Muslims Nigerian Palestinian Polish Russian Spanish Swedish Turkish Ukrainian Africa America Asia
        Australia Austria Belgium Brazil California Canada Chicago China Denmark Detroit Egypt England
        Ethiopia Europe Florida France Germany Ghana Greece India Indonesia Iran Iraq Ireland Israel Italy
        Japan Kenya Korea London Malaysia Mexico Myanmar Netherlands Nigeria Norway Pakistan Paris
        Philippines Poland Portugal Russia Rwanda Scotland Singapore Spain Sweden Switzerland Taiwan
        Tanzania Texas Thailand Turkey Uganda Ukraine Vietnam Wales Zealand York
        """
    )
}
_TITLED = words(
    """
    department university college school hospital bank police office court ministry agency authority
    council committee commission institute association foundation corporation company party service
    services inc inc. llc llp ltd city county state district times news group government embassy union
    airlines airport
    """
)
_SMALL = frozenset({"of", "the", "and", "in", "for", "on", "at", "by", "to", "a", "with", "from"})


def is_placeholder(name: str) -> bool:
    """Whether a name says that nobody is named: ``unknown``, ``unknown-…``, ``none``, ``n/a``."""
    return _PLACEHOLDER.fullmatch(name.strip().casefold()) is not None


class Wording:
    """How one record writes the names in it. Looks at this record only, so no other changes the answer."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _WORD.finditer(text)]
        self._words = [text[start:end].casefold().rstrip(".") for start, end in self._spans]
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self._words):
            self._places.setdefault(word, []).append(place)

    def readable(self, slug: str) -> str:
        """A slug as a name, with the capitals of the text as far as it names it.

        ``lake-health-clinic`` gives ``Lake Health Clinic`` where the text has it so, otherwise
        ``Lake health clinic``.
        """
        parts = [part for part in re.split(r"[-\s]+", slug.strip()) if part]
        for length in range(min(len(parts), SOUGHT_MAX), 0, -1):
            written = self._as_written([part.casefold().rstrip(".") for part in parts[:length]])
            if written:
                return " ".join([written, *(_CASED.get(part, part) for part in parts[length:])])
        return _plain(parts) if parts else ""

    def _as_written(self, parts: list[str]) -> str:
        """The words as the text has them; empty when it does not name them with a capital."""
        for place in self._places.get(parts[0], ()):
            if self._words[place : place + len(parts)] == parts:
                start, end = self._spans[place][0], self._spans[place + len(parts) - 1][1]
                written = " ".join(self._text[start:end].split()).rstrip(".")
                shouted = written.isupper() and len(parts) > 1
                return written if written != written.lower() and not shouted else ""
        return ""


def _plain(parts: list[str]) -> str:
    """Known words in their own case; names of offices and firms with capitals; the rest small."""
    titled = parts[-1] in _TITLED or any(word in _TITLED for word in parts[:2])
    cased = [
        _CASED.get(word) or (word.capitalize() if titled and word not in _SMALL else word) for word in parts
    ]
    first = cased[0] if parts[0] in _CASED else cased[0][:1].upper() + cased[0][1:]
    return " ".join([first, *cased[1:]])
