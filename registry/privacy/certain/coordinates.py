"""Where something is, to the metre: degrees, geo addresses, plus codes, grid references, three words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded
from registry.privacy.words.numbers import MONTHS

_SIDE = r"""(?:
    [NSEWO](?![^\W\d_]) | north | south | east | west | nord | sud | est | ouest
  | norte | sur | este | oeste | leste | sul | s[uü]d | ost | ovest
  | kaskazini | kusini | mashariki | magharibi
  | lintang\ (?:utara|selatan) | bujur\ (?:timur|barat) | [сю]\.?\ ?ш\.? | [вз]\.?\ ?д\.?
  | L[SU](?![^\W\d_]) | B[TB](?![^\W\d_])                       # Indonesian
  | (?:شمال|جنوب|شرق|غرب)(?:ا|ًا|اً)? | [شجقغ](?![^\W\d_])
)"""
_NAMED = r"(?:latitude|longitude|latitud|longitud)"
_SIDED = (
    rf"(?:(?:(?:de|of)\ )?{_NAMED}\ )?{_SIDE}(?:\ {_NAMED})?"
    rf" | (?:(?:de|of)\ |\()?{_NAMED}(?![^\W\d_])\)?"
)
"""A side of the sky after an angle, perhaps with *latitude* before it or alone."""
_DEGREE = r"(?:[°º˚] | deg(?:rees?)?(?![^\W\d_]) | degr[eé]s? | grados? | graus? | درجة | درجات)"
_MINUTE = r"(?:['′ʹ] | min(?:ut[eo]s?)?(?![^\W\d_]) | دقيقة | دقائق)"
_SECOND = (
    r"(?:''|[\"″”] | sec(?:ond(?:e?s?))?(?![^\W\d_]) | seg(?:undos?)?(?![^\W\d_])"
    r" | ثانية | ثواني | ثوان(?![^\W\d_]))"
)
_ANGLE = re.compile(
    rf"""(?=[+\d-]|[^\W\d_]) (?: (?<![\w.]) | (?<=\ و) ) (?<!\d,)
    (?P<before> (?=[^\W\d_]) (?:{_SIDE}) \ ?+ )?
    [+-]?+ (?: \d{{1,3}},\d{{1,2}}\.\d{{1,6}} | \d{{1,3}} (?:[.,٫]\d{{1,9}})?+ ) (?!\d)
    \ ?+ (?P<degree>{_DEGREE})?+
    (?: [ ,و-]{{0,2}} \d{{1,2}} (?:[.,٫]\d{{1,6}})?+ (?!\d) (?!\ ?[°º˚]) \ ?+ {_MINUTE}?+ (?:[.,]\d{{1,3}})?+
      (?: [ ,و-]{{0,2}} \d{{1,2}} (?:[.,٫]\d{{1,6}})?+ (?!\d) \ ?+ {_SECOND}?+ )?+ )?+
    (?(before) | \ ?+ (?P<after> (?=\(?+[^\W\d_]) (?:{_SIDED}))?+ )""",
    re.VERBOSE | re.IGNORECASE,
)
_LINK = (
    r"[\s,;،؛/&\"'=<>()×:-]{0,9}"
    r"(?:(?=[^\W\d_])"
    r"(?:and|et|y|e|by|x|و|(?:gps)?m?lon(?:g|gitude|gitudo?)?|lng|bujur|و?خط\ (?:ال)?طول|و?الطول|طول)"
    r"[\s.:=\"'-]{0,3}){0,2}"
)
_BETWEEN = re.compile(rf"\A{_LINK}\Z", re.IGNORECASE)
DECIMAL = 2
"""Runs of digits of an angle with a fraction."""
FAR = 20
"""Characters between two angles of one place, at most."""
_DECIMAL = r"(?:(?:minus|moins|menos|ناقص)\ )?[+-]?\ ?\d{1,3}[.,٫]\d{3,12}"
_PAIR = re.compile(
    rf"""(?: (?<![\w.,+-]) | (?<=!3d) | (?<=%40) | (?<=[\s(«،][وفبل]) )
    (?P<one>{_DECIMAL})
    (?: \ ?[,;/،|&][ \n]? | \)\ ?,\ ?\( | \ (?:(?:y|e|et|and|by|و|على)\ )?(?=[-+\d]) | !4d | %2C | (?=[+-]) )
    (?P<two>{_DECIMAL})
    (?: ,\d{{1,5}}(?:\.\d{{1,3}})?\b | [+-]\d{{1,5}}/ )?   # a height
    (?! \w | [.]\d )""",
    re.VERBOSE | re.IGNORECASE,
)
_CUE = r"""(?: m?lat(?:itude|itudo?)? | lintang | gps | coord(?:inates?|enadas?|onn[eé]es|s)? | koordinat
  | posici[oó]n | position
  | ubicaci[oó]n | location | localisation | point | punto | geo | [إا]حداثي\w{0,3} | الموقع | موقع\w{0,2}
  | خط\ العرض | العرض | عرض | x(?=\ ?[=:]) )"""
_CUED = re.compile(
    rf"""(?<![^\W\d_]) {_CUE} [^\d\n]{{0,20}}?
    (?P<pair> [+-]?\d{{1,3}}[.,٫]\d{{2,12}} {_LINK} [+-]?\d{{1,3}}[.,٫]\d{{2,12}} ) (?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABELLED = re.compile(
    r"""(?<![^\W\d_]) (?:lat(?:itude|itud)?|العرض|عرض) [ .:=]{0,3} (?:(?:is|was|est|es)\ )?
    (?P<pair> [+-]?\d{1,3}(?:[.,٫]\d{1,9})? \ ?[°º]? [ ,;،/و]{0,4}
      (?:(?:and|et|y|e)\ (?:(?:its|the|sa|la|su)\ )?)? (?:lon(?:g|gitude|gitud)?|lng|خط\ (?:ال)?طول|الطول|طول)
      [ .:=]{0,3} (?:(?:is|was|est|es)\ )?
      [+-]?\d{1,3}(?:[.,٫]\d{1,9})? ) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
"""Both numbers said to be what they are, however coarse: *latitude 31.5, longitude 34.4*."""
_EASTWARD_FIRST = re.compile(
    r"""(?<![^\W\d_]) (?:lon(?:g|gitude|gitud)?|lng|(?:ال)?طول) [ .:=]{0,3}
    (?P<pair> [+-]?\d{1,3}(?:[.,٫]\d{1,9})? \ ?[°º]? [ ,;،/&و]{0,4}
      (?:and\ |et\ |y\ |e\ )? (?:la(?:t|titude|titud)|خط\ (?:ال)?عرض|العرض|عرض) [ .:=]{0,3}
      [+-]?\d{1,3}(?:[.,٫]\d{1,9})? ) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
"""The same the other way round, as programs of maps write."""
_EAST, _NORTH = r"(?:\ ?(?:m\ ?)?(?:E|شرقا))", r"(?:\ ?(?:m\ ?)?(?:N|شمالا))"
_MONTH = "|".join(sorted(month for month in MONTHS if len(month) == 3 and month.isascii()))  # noqa: PLR2004 - a grid square has three letters
_DATE = rf"(?:0?[1-9]|[12]\d|3[01])\ ?(?=[^\W\d])(?:{_MONTH})\ ?(?:1\d|20)?\d\d(?!\d)"
"""A day, a month of three letters, a year: ``12 May 2026`` reads like zone 12, band M, square AY."""
_GRID = re.compile(
    rf"""(?=\w) (?<!\w) (?!{_DATE}) (?:
        \d{{1,2}} \ ? [C-HJ-NP-X] \ ? [A-HJ-NP-Z]{{2}} \ ? \d{{2,5}} \ ? \d{{2,5}}  # 36R YU 1234 5678
      | (?:(?:zone|huso|fuso|fuseau)\ )? \d{{1,2}} \ ? [C-HJ-NP-X] ,?                # UTM
        \ \d{{6,7}} {_EAST}? [ ,/]{{1,3}} \d{{5,7}} {_NORTH}?
      | [EX] \ ?=?\ ? \d{{3}}[ .]?\d{{3}} (?:[.,]\d{{1,3}})? [ ,;]{{1,3}}
        [NY] \ ?=?\ ? \d{{1,2}}[ .]?\d{{3}}[ .]?\d{{3}} (?:[.,]\d{{1,3}})?
        (?:[ ,(]{{1,2}} (?:UTM|huso|zone|fuseau|fuso)\ \d{{1,2}}[A-Z]? \)? )?
      | \d{{6,7}} {_EAST} [ ,]{{1,2}} \d{{6,7}} {_NORTH}
      | [HNOST][A-HJ-Z] \ (?:\d{{3}} \ \d{{3}} | \d{{4}} \ \d{{4}} | \d{{5}} \ \d{{5}})      # Britain
      | \d{{1,2}}\.\d{{3,8}} \ ?[NS] [ ,]{{0,2}} \d{{1,3}}\.\d{{3,8}} \ ?[EWO]             # 33.5138N36.2765E
      | (?=[^\s+]{{0,8}}\d|[^\s+]{{0,8}}\+\w{{0,2}}\d)
        [23456789CFGHJMPQRVWX]{{3,9}}\+[23456789CFGHJMPQRVWX]{{2,3}}               # plus code
    ) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(
    r"""(?<![\w.]) (?:
        \d{6}(?:\.\d{1,3})? [ ]?[NS] [ ,/]{0,3} \d{6,7}(?:\.\d{1,3})? [ ]?[EWO]  # 315708N 0355438E
      | \d{4} [ ]?[NS] [ ,/]{1,3} [01]\d{4} [ ]?[EWO]                           # 3157N 03554E
      | \d{4}\.\d{1,5} [ ,]?[NS] [ ,/]{0,3} \d{5}\.\d{1,5} [ ,]?[EWO]           # 3157.133N 03554.636E
      | [xy] [ ]?[=:][ ]? -?\d{1,3}\.\d{3,12} [ ,;]{1,3} [xy] [ ]?[=:][ ]? -?\d{1,3}\.\d{3,12}
      | \d{1,2}[:d]\d{1,2}[:m]\d{1,2}(?:\.\d{1,4})?s? [ ]?[NS] [ ,/]{0,3}     # 31:57:08N 35:54:38E
        \d{1,3}[:d]\d{1,2}[:m]\d{1,2}(?:\.\d{1,4})?s? [ ]?[EWO]
      | [HNOST][A-HJ-Z] (?:\d{8}|\d{10}) (?![\d])                              # Britain, run together
      | [NS][ ]?\d{1,2}[ ]\d\d[ .]\d{3} [ ,/]{1,3}                             # N31 57 133 E035 54 636
        [EWO][ ]?\d{1,3}[ ]\d\d[ .]\d{3}
      | (?:easting|este|x) \W{1,3} \d{5,7} \W{1,4} (?:northing|norte|y) \W{1,3} \d{6,7}
    ) (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_SAID = re.compile(
    r"geohash[ :=]{1,3}(?P<one>[0-9b-hjkmnp-z]{6,12})\b"
    r"|\b(?P<three>[0-9b-hjkmnp-z]{6,12}) (?:is|was|es|est)(?: (?:the|its|el|le))? geohash\b"
    r"|\butm\b[^\d\n]{0,12}(?:\d{1,2} ?[A-Z]?[ :,]{1,3})?(?P<four>\d{6} ?[,;/]? ?\d{7})(?!\d)"
    r"|\bgrid ref(?:erence|\.)?[ :=]{1,3}(?P<five>\d{6,10})(?!\w)"
    r"|(?:locator|maidenhead|qth)[ :=]{1,3}(?P<two>[A-R]{2}\d\d[A-X]{2}(?:\d\d)?)\b",
    re.IGNORECASE,
)
"""Codes that are one only where it is said."""
_GEO = re.compile(r"\bgeo:-?\d{1,2}\.\d+,-?\d{1,3}\.\d+(?:,-?\d+)?(?:[;?][\w=.,;&]{0,60})?", re.IGNORECASE)
_THREE_WORDS = re.compile(
    r"(?:///|\bw3w\.co/|\b(?:what3words|w3w)[ :=]{1,3})[^\W\d_]{2,20}\.[^\W\d_]{2,20}\.[^\W\d_]{2,20}"
)
_TWO_FRACTIONS = re.compile(r"\d[.,٫]\d\d(?:.|\n){0,80}?\d[.,٫]\d\d")
"""What a pair of numbers after a word has at least, over lines too."""
_SAYS_LONGITUDE = ("lon", "lng", "طول")
_SAYS_A_CODE = ("geohash", "utm", "grid ref", "locator", "maidenhead", "qth")
_SAYS_THREE_WORDS = ("///", "w3w", "what3words")
"""Without one of these in a text, there is nothing of the kind in it."""
LATITUDE, LONGITUDE = 90.0, 180.0
_EXACT = re.compile(r"[.,٫]\d{4}")
_NUMBER = re.compile(r"\d+")
_NOT_NUMBER = re.compile(r"[^\d.]")
_THREE_DECIMALS = re.compile(r"[.,٫]\d{3}(?!\d)")
_NO_THOUSANDS = re.compile(r"٫|(?<!\d)0[.,]")
_BRACKETS = ("(", "[", "=", "@", "#", "/")
POINTED = ("es", "pt", "id")
"""Languages that write thousands with a point."""
_MEASURED = re.compile(
    r"\A[ ,;]{0,2}(?:\d|[%°$€£]"
    r"|(?:m?s|[kmµ]?g|[kcm]?m|ha|m?l|[kmg]b|[km]w|usd|eur|kes|ngn|and|or|to|vs|ثم|أو)(?!\w))",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\d[ ,;]{1,2}|[$€£] ?|(?<!\w)(?:from|between|of|by|usd|eur|kes) )$", re.IGNORECASE)
_JOINED = re.compile(r"\d,\d{1,3}\.")
_PLACE = re.compile(
    r"(?<![^\W\d_])(?:maps?|carte|mapa|pins?|gps|coord\w{0,8}|drone?s?|locat\w{0,5}|lieu|lugar|punto|points?|"
    r"beacon|balise|baliza|خريطة|الخريطة|الإحداثيات|إحداثيات|احداثيات|النقطة|الموقع|موقع)(?![^\W\d_])",
    re.IGNORECASE,
)
"""Words near two numbers that make them a place."""
NEAR = 40
"""Characters before and after in which they are looked for."""
SCORE_DECIMALS = 5
"""Two numbers below one with fewer decimals are a pair of scores."""


class Coordinates:
    """Finds coordinates."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        if text.has_digit:
            for match in _PAIR.finditer(text.text):
                if _on_earth(match["one"], match["two"]):
                    certain = not _like_thousands(match.group()) or _is_pinned(text.text, match, language)
                    yield Finding(*match.span(), Kind.COORDINATES, certain)
            yield from _angles(text.text)
            if _TWO_FRACTIONS.search(text.text):
                yield from _named_pairs(text.text, (_CUED,))
            if text.says(_SAYS_LONGITUDE):
                yield from _named_pairs(text.text, (_LABELLED, _EASTWARD_FIRST))
            for pattern in (_GEO, _GRID, _RUN_TOGETHER):
                for match in pattern.finditer(text.text):
                    yield _certain(match.span())
        yield from _codes(text)


def _codes(text: Folded) -> Iterator[Finding]:
    """Codes that are one where it is said, and three words for a place."""
    if text.has_digit and text.says(_SAYS_A_CODE):
        for match in _SAID.finditer(text.text):
            yield _certain(match.span(match.lastgroup or 0))
    if text.says(_SAYS_THREE_WORDS):
        for match in _THREE_WORDS.finditer(text.text):
            yield _certain(match.span())


def _named_pairs(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[Finding]:
    """Two numbers after words that say what they are."""
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield _certain(match.span("pair"))


def _on_earth(first: str, second: str) -> bool:
    """Within the globe, and no pair of scores between 0 and 1 with three decimals."""
    written = [_NOT_NUMBER.sub("", part.replace("٫", ".").replace(",", ".")) for part in (first, second)]
    one, other = (abs(float(part)) for part in written)
    scores = max(one, other) <= 1 and len(written[0].partition(".")[2]) < SCORE_DECIMALS
    return max(one, other) <= LONGITUDE and min(one, other) <= LATITUDE and not scores


def _like_thousands(pair: str) -> bool:
    """Whether both numbers could be thousands or measures: three decimals and no sign."""
    return len(_THREE_DECIMALS.findall(pair)) > 1 and "-" not in pair and not _NO_THOUSANDS.search(pair)


def _is_pinned(text: str, match: re.Match[str], language: str) -> bool:
    """Whether such numbers are a place all the same: by brackets or a link, by *map* nearby, by the language.

    Most languages write thousands without a point, so that only lists and measures look like this there.
    """
    before, after = text[max(0, match.start() - NEAR) : match.start()], text[match.end() : match.end() + NEAR]
    if (
        before.endswith(_BRACKETS)
        or _JOINED.search(match.group())
        or _PLACE.search(before)
        or _PLACE.search(after)
    ):
        return True
    return language.partition("-")[0] not in POINTED and not (
        _MEASURED.match(after) or _LISTED.search(before)
    )


def _angles(text: str) -> Iterator[Finding]:
    """Two angles side by side: with a side of the sky each and a fraction, or with degrees."""
    before: re.Match[str] | None = None
    for match in _ANGLE.finditer(text):
        if before is not None and _one_place(text, before, match):
            yield _certain((before.start(), match.end()))
            before = None
        else:
            before = match


def _one_place(text: str, one: re.Match[str], two: re.Match[str]) -> bool:
    if two.start() - one.end() > FAR or not _BETWEEN.match(text[one.end() : two.start()]):
        return False
    sides = [match["before"] is not None or match["after"] is not None for match in (one, two)]
    degrees = [match["degree"] is not None for match in (one, two)]
    numbers = min(len(_NUMBER.findall(match.group())) for match in (one, two))
    minutes = numbers > DECIMAL
    exact = all(_EXACT.search(match.group()) for match in (one, two))
    return (all(sides) and numbers >= DECIMAL) or (all(degrees) and (any(sides) or minutes or exact))


def _certain(span: tuple[int, int]) -> Finding:
    return Finding(*span, Kind.COORDINATES, certain=True)
