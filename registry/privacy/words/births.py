"""Words around dates of birth."""

from __future__ import annotations

from registry.privacy.words.tables import table

BORN = table(
    "born b birth birthday birthdate birthdays dob d.o.b yob née turned turns bday",
    "né née nés nées naissance naiss naquit dn d.n ddn anniversaire natif native monde",
    "nació naci nací nacido nacida nacidos nacidas nacimiento nac fn f.n cumpleaños cumplió cumple cumplo",
    "cumplía fdn nasc nascido nascida nascimento nasceu nasci dn aniversário",
    "lahir kelahiran ttl kuzaliwa alizaliwa nimezaliwa amezaliwa doğum doğumlu geboren geb nato nata",
    "urodzony urodzona ur baptised baptized christened baptisé baptisée bautizado bautizada batizado",
    "مواليد ولد ولدت ولدتُ مولود مولودة الميلاد ميلاد ميلادي ميلادها ميلاده تولد الولادة ولادة ولادته",
    "ولادتها الازدياد ازدياد مزداد مزدادة المزدادة تاريخ_الميلاد عيد",
    "род рожд народилась народився родился родилась",
)
"""A date near these is one of birth."""
CHILDREN = table(
    "baby newborn twin twins triplets boy girl son daughter child infant toddler daughters sons",
    "bébé jumeaux jumelles fils fille enfant nourrisson petit petite",
    "bebé gemelas gemelos mellizos hijo hija hijas hijos niño niña menor partida bebê filho filha",
    "mtoto anak bayi ابن ابنة ابني ابنتي طفل طفلة رضيع رضيعة توأم مولودنا",
)
"""A date near these may be one of birth however late it is."""
NOT_BORN = table(
    "law act regulation directive decree circular resolution version release loi décret arrêté règlement",
    "circulaire ley decreto resolución lei decreto portaria",
    "between entre since depuis desde project proyecto projet version versión expiry expires vencimiento",
    "péremption updated مرسوم قانون قرار منذ بين المشروع",
)
"""Dates after these are nobody's birthday."""
SECOND_OF_MONTH = table(
    "الأول الثاني الاول الثانية الآخر الآخرة الأولى الاخر awwal thani ula akhira oula al-oula al-thani"
)
"""The second word of a month of two."""
