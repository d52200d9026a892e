"""What stands in place of an organization's name: what kind of organization it is, in the account's language.

Kept here and not in the catalogues of the pages, because it becomes part of the public record. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

_LANGUAGES = ("en", "fr", "es", "ar")
_BY_SECTOR: dict[str, tuple[str, str, str, str]] = {
    "sector/health": (
        "a health organization",
        "une organisation de santé",
        "una organización de salud",
        "منظمة صحية",
    ),
    "sector/education": (
        "an education organization",
        "une organisation d’enseignement",
        "una organización educativa",
        "منظمة تعليمية",
    ),
    "sector/emergency": (
        "an emergency response organization",
        "une organisation de secours",
        "una organización de respuesta a emergencias",
        "منظمة للاستجابة للطوارئ",
    ),
    "sector/protection": (
        "a protection organization",
        "une organisation de protection",
        "una organización de protección",
        "منظمة حماية",
    ),
    "sector/food": (
        "a food security organization",
        "une organisation de sécurité alimentaire",
        "una organización de seguridad alimentaria",
        "منظمة أمن غذائي",
    ),
    "sector/shelter-water": (
        "a shelter or water organization",
        "une organisation d’abri ou d’eau",
        "una organización de alojamiento o agua",
        "منظمة إيواء أو مياه",
    ),
    "sector/social": (
        "a social services organization",
        "une organisation de services sociaux",
        "una organización de servicios sociales",
        "منظمة خدمات اجتماعية",
    ),
    "sector/housing": (
        "a housing organization",
        "une organisation de logement",
        "una organización de vivienda",
        "منظمة إسكان",
    ),
    "sector/work": (
        "an employment organization",
        "une organisation de l’emploi",
        "una organización de empleo",
        "منظمة تشغيل",
    ),
    "sector/justice": (
        "a justice or police authority",
        "une autorité de justice ou de police",
        "una autoridad de justicia o policía",
        "جهة قضائية أو شرطية",
    ),
    "sector/civic": (
        "a public or civic body",
        "un organisme public ou civique",
        "un organismo público o cívico",
        "هيئة عامة أو مدنية",
    ),
    "sector/media": ("a media organization", "un média", "un medio de comunicación", "مؤسسة إعلامية"),
    "sector/finance": (
        "a finance organization",
        "un organisme financier",
        "una entidad financiera",
        "مؤسسة مالية",
    ),
    "sector/trade": (
        "a trade or service company",
        "une entreprise de commerce ou de services",
        "una empresa de comercio o servicios",
        "شركة تجارة أو خدمات",
    ),
    "sector/transport": (
        "a transport organization",
        "une organisation de transport",
        "una organización de transporte",
        "جهة نقل",
    ),
    "sector/manufacturing": (
        "an industrial company",
        "une entreprise industrielle",
        "una empresa industrial",
        "شركة صناعية",
    ),
    "sector/defence": (
        "a defence body",
        "un organisme de défense",
        "un organismo de defensa",
        "جهة دفاعية",
    ),
    "sector/environment": (
        "an environment or energy organization",
        "une organisation d’environnement ou d’énergie",
        "una organización de medio ambiente o energía",
        "منظمة بيئة أو طاقة",
    ),
    "sector/digital": (
        "a digital services company",
        "une entreprise de services numériques",
        "una empresa de servicios digitales",
        "شركة خدمات رقمية",
    ),
}
_BY_PARTY: dict[str, tuple[str, str, str, str]] = {
    "developers": (
        "a maker of AI systems",
        "un fabricant de systèmes d’IA",
        "un fabricante de sistemas de IA",
        "جهة تصنع أنظمة ذكاء اصطناعي",
    ),
    "deployers": ("an organization", "une organisation", "una organización", "منظمة"),
    "harmed": (
        "people who were affected",
        "des personnes touchées",
        "personas afectadas",
        "أشخاص متضررون",
    ),
}


def describe(party: str, sectors: Sequence[str], language: str) -> str:
    """A descriptor for the parties of an account: whoever deployed is described by the main sector."""
    words = _BY_PARTY[party]
    if party == "deployers" and sectors:
        words = _BY_SECTOR.get(sectors[0], words)
    short = language.partition("-")[0]
    return words[_LANGUAGES.index(short) if short in _LANGUAGES else 0]


def is_descriptor(name: str) -> bool:
    """Whether a name is one of these descriptors, in any language."""
    return name in _all()


@cache
def _all() -> frozenset[str]:
    return frozenset(word for table in (_BY_SECTOR, _BY_PARTY) for words in table.values() for word in words)
