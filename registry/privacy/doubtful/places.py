"""Small places: a village, a camp, a quarter names its people when the story is told with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_NAME = r"(?:(?:de|del|da|do|dos|das|la|las|los|le|les|el|al|san|santa|st\.?|saint|sainte|d'|l')[ ']?)*[^\W\d_][\w'’.-]{1,30}(?: (?:(?:de|del|da|do|la|las|los|el|al) )*[^\W\d_a-zà-ÿ][\w'’.-]{0,30}){0,3}"
_CUE = (
    r"(?:village|hamlet|camp|settlement|township|neighbou?rhood|parish|ward|sub-?county|district|island|slum|barangay|barrio|commune|estate|chiefdom|"
    r"boma|manyatta|kibbutz|reserve|reservation|sublocation|payam|kebele|woreda|taluk|mandal|panchayat|purok|sitio|kampung|kampong|desa|dusun|kijiji|mtaa|kata|"
    r"hameau|quartier|campement|arrondissement|village|bourg|douar|ksar|îlot|site|commune|cercle|"
    r"aldea|vereda|caserío|comunidad|corregimiento|poblado|pueblo|colonia|ejido|cantón|parroquia|resguardo|asentamiento|campamento|rancher[íi]a|municipio|isla|"
    r"povoado|aldeia|s[íi]tio|vila|favela|quilombo|bairro|ilha)"
)
_AFTER = re.compile(
    rf"\b{_CUE}(?: (?:of|de|del|du|des|d'|called|named|llamad[ao]|nommé|appelé|do|da|dos))? ?(?P<name>(?-i:{_NAME}))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?P<name>[^\W\d_a-zà-ÿ][\w'-]{{1,30}}(?: [^\W\d_a-zà-ÿ][\w'-]{{0,30}}){{0,3}}) (?:village|hamlet|camp|settlement|township|island|ward|estate|neighbou?rhood|slum|reserve|refugee camp|health (?:post|centre|center))\b"
)
_ARABIC = re.compile(
    r"(?:قرية|القرية|مخيم|المخيم|بلدة|حي|دوار|عزبة|نجع|كفر|ضيعة|واحة|جزيرة|تجمع|عشيرة|ناحية|قصر|هجرة|منطقة|محلة)(?: (?:ال)?(?:صغيرة|نازحين|لاجئين))? (?P<name>[\u0621-\u064a]{2,20}(?: (?:ال[\u0621-\u064a]{2,18}|[\u0621-\u064a]{2,12}(?=[ ،.]))){0,2})"
)

_NATURE = re.compile(
    r"(?<![\u0621-\u064a])[وبلف]?(?P<name>(?:خربة|عين|نبع|بئر|بير|تل|كفر|وادي|جبل|حلة|أبو|أولاد|أيت|آيت|بني|دوار|عزبة|نجع|كوم|ميت|شط|رأس|راس|سيدي|حصن|قلعة|دونكي|رجم|بويرتو|سان|كامبونغ|أم|واحة|حسي|بن)"
    r" [\u0621-\u064a]{2,15}(?: ال[\u0621-\u064a]{2,15})?)(?![\u0621-\u064a])"
)
"""What a small place is called after, when the word belongs to its name."""
_SIDE = re.compile(r"(?<![\u0621-\u064a])(?P<name>[\u0621-\u064a]{3,15}(?: [\u0621-\u064a]{3,15})? (?:الشرقية|الغربية|الجنوبية|الشمالية|الجديدة|القديمة|العتيقة|الفوقا|التحتا|الفوقاني|التحتاني|القبلية|البحرية|الأيسر|الأيمن)(?: \d{1,2})?)(?![\u0621-\u064a\w])")
_HOUSES = re.compile(r"(?:مدرسة|مستشفى|مستوصف|دير|إعدادية|ثانوية|ابتدائية|مزرعة) (?P<name>[\u0621-\u064a]{2,15}(?: [\u0621-\u064a]{3,15})?)")


class Places:
    """Finds small places."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        for pattern in (_AFTER, _BEFORE, _ARABIC, _NATURE, _SIDE, _HOUSES):
            for match in pattern.finditer(text.text):
                name = match["name"]
                if not name.isascii() or any(letter.isupper() for letter in name):
                    yield Finding(match.start("name"), match.end("name"), Kind.PLACE, certain=False)
