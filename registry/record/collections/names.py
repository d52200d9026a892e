"""From the slugs by which a collection names its entities to names that people can read. Pure."""

from __future__ import annotations

import re

from registry.record.collections.wordlist import words

SOUGHT_MAX = 8
"""Words of a name that is still looked for in the text."""
_PLACEHOLDER = re.compile(
    r"(unknown|undisclosed|unspecified)([ \-].*)?|none|n[/ -]?a|not[ -]applicable|tbd|null|-*|unnamed",
    re.DOTALL,
)
_CASED = {
    word.casefold(): word
    for word in words(
        """
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


def readable(slug: str, context: str) -> str:
    """A slug as a name: as ``context`` (title and text of the record) writes it, else in plain case.

    ``lake-health-clinic`` gives ``Lake Health Clinic`` where the text has it so, otherwise
    ``Lake health clinic``. Looks at this record only, so another record never changes the answer.
    """
    parts = [word for word in re.split(r"[-\s]+", slug.strip()) if word]
    if not parts:
        return ""
    for length in range(min(len(parts), SOUGHT_MAX), 0, -1):
        written = _as_written(parts[:length], context)
        if written:
            return " ".join([written, *(_CASED.get(word, word) for word in parts[length:])])
    return _plain(parts)


def _as_written(parts: list[str], context: str) -> str:
    """The words with the capitals that the text gives them; empty when it does not name them."""
    pattern = r"(?<!\w)" + r"[\s\-]+".join(re.escape(word) for word in parts) + r"(?!\w)"
    found = re.search(pattern, context, re.IGNORECASE)
    if found is None or not found[0][:1].isupper() or (found[0].isupper() and len(parts) > 1):
        return ""
    return " ".join(found[0].split())


def _plain(parts: list[str]) -> str:
    """Known words in their own case; names of offices and firms with capitals; the rest small."""
    titled = parts[-1] in _TITLED or any(word in _TITLED for word in parts[:2])
    cased = [
        _CASED.get(word) or (word.capitalize() if titled and word not in _SMALL else word) for word in parts
    ]
    return cased[0][:1].upper() + cased[0][1:] + "".join(f" {word}" for word in cased[1:])
