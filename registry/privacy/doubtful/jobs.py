"""Roles that only one person holds: the only midwife of an island, the headmaster, the mayor of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_REST = r"(?:[ -][^\W\d_][\w'-]{0,24}){1,4}"
_PATTERNS = (
    re.compile(
        rf"\b(?:[^\W\d_][\w-]{{1,24}}'s )?(?:only|sole|single|first|last(?: remaining)?)(?: (?:female|woman|women|male|deaf|blind|trained|qualified|licensed|remaining))?{_REST}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:deputy|vice|assistant|acting|former|paramount|village|town|local|district|county|provincial|regional) )*"
        r"(?:head ?(?:teacher|master|mistress|nurse|man|woman)|principal|mayor(?:ess)?|governor|bishop|archbishop|imam|rabbi|vicar|priest|sheriff|ambassador|consul|"
        r"chief(?: (?:executive|medical officer|nurse|physician|engineer|midwife|of [^\W\d_]+))?|ombuds(?:man|woman|person)|coroner|postmaster|postmistress|lighthouse keeper|ferryman|"
        r"director|chair(?:man|woman|person)?|president|secretary|treasurer|matron|warden|commander|superintendent|dean|rector|king|queen|prince(?:ss)?)"
        r"(?: (?:of|for|in|at) (?:the )?(?:[\w'-]{1,24} ?){1,4})?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:l[ae']? ?)?(?:seule?|unique|premi[eè]re?)(?: (?:femme|homme))?{_REST}", re.IGNORECASE),
    re.compile(
        r"\b(?:directeur|directrice|maire|préfet|préfète|imam|curé|évêque|chef(?:fe)? (?:de|du|d')(?: ?[\w'-]{1,24}){1,3}|proviseure?|principale?|gouverneure?|président[e]?|trésori[eè]re?|doyen(?:ne)?|surveillante? générale?|major de [\w' -]{1,30})"
        r"(?: (?:de|du|des|d'|à|au)(?: ?(?:la|le|les|l'))? ?(?:[\w'-]{1,24} ?){1,3})?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:el|la|nuestr[oa]|su)? ?(?:[úu]nic[oa]|primer[oa]?|sol[oa])(?: (?:mujer|hombre))?{_REST}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:director[a]?|alcalde(?:sa)?|intendente|gobernador[a]?|párroco|obispo|cacique|lonko|machi|gobernadora? indígena|presidente?a?|rector[a]?|tesorer[oa]|jef[ea] (?:de|del)(?: [\w'-]{1,24}){1,3}|comandante|cónsul|personer[oa]|diretor[a]?|prefeit[oa])"
        r"(?: (?:de|del|da|do)(?: (?:la|el|los|las))? ?(?:[\w'-]{1,24} ?){1,3})?",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:ال)?[\u0621-\u064a]{3,15}(?: [\u0621-\u064a]{2,15})? (?:الوحيدة?|الأولى|الأول)(?: (?:في|ب|على)(?: ?[\u0621-\u064a]{2,15}){1,3})?"
    ),
    re.compile(r"(?:أول|وحيد[ةه]?)(?: [\u0621-\u064a]{3,15}){1,3}"),
    re.compile(
        r"(?:مدير[ة]?|عمدة|رئيس[ة]?|مختار|شيخ قبيلة|إمام|محافظ|ناظر[ة]?|قائد|قاضي|مطران|أمين[ة]?|كبير[ة]?)(?: [\u0621-\u064a]{2,15}){1,3}"
    ),
    re.compile(
        r"\b(?:mwalimu mkuu|mkurugenzi|diwani|chifu|mwenyekiti|kepala (?:desa|sekolah|puskesmas|dusun)|satu-satunya(?: [\w-]{2,20}){1,3}|bidan satu-satunya|pekee(?: [\w-]{2,20}){0,2})(?: (?:wa|ya|di)(?: [\w-]{2,20}){1,2})?",
        re.IGNORECASE,
    ),
)


class Jobs:
    """Finds roles that one person holds."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        for pattern in _PATTERNS:
            for match in pattern.finditer(text.text):
                run = match.group()
                yield Finding(
                    match.start() + len(run) - len(run.lstrip()),
                    match.start() + len(run.rstrip()),
                    Kind.JOB,
                    certain=False,
                )
