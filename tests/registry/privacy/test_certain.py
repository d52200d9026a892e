"""What each certain detector finds, and what it leaves alone: one table a kind."""

from __future__ import annotations

import pytest

from registry.privacy import scan
from registry.privacy.findings import Kind
from registry.privacy.words.tables import raw

FOUND: dict[Kind, tuple[str, ...]] = {
    Kind.EMAIL: (
        "write to «amina.njoroge@clinic.example» soon",
        "«o'neil+case7@sub.host.example» and no more",
        "«info (at) clinic (dot) example» works",
        "«info[at]clinic[.]example» works",
        "«rosa arroba correo punto example» escribe",
        "«marie arobase poste point example»",
        "write to «old miller at riverbend dot example», he types slowly",
        "«s u n i l @ host.example» in the scan",
        "بريدي «شكوى آت نهر دوت example»",
        "«josé@escuelita.example» con tilde",
    ),
    Kind.PHONE: (
        "call «+254 712 345 678» now",
        "tel «(011) 4321-5678»",
        "«06 12 34 56 78» le soir",
        "ring «0722 555 318/0733 555 318» please",
        "It is «0 7 1 2 3 4 5 6 7 8».",
        "My number is «0 7 1 2  3 4 5  6 7 8», I said",
        "le numéro «0-6-1-2-3-4-9-6-7-8» dicté",
        "she said « + 2 5 4 7 1 2 9 4 5 0 7 8» twice",
        "قال «٠ ٧ ١ ٢ ٩ ٤ ٥ ٦ ٧ ٨» ببطء",
        "phone «O8O3 555 Ol 62» as typed",
        "«seis uno cero cinco cinco tres tres» dijo",
        "his line: «oh-seven-seven-double-oh nine-double-oh three-one-two»",
        "اتصل «٠٧١٢٣٤٥٦٧٨»",
        "call «020 915 5012 ext. 4»",
        "rufen Sie «0049 30 901820» an",
    ),
    Kind.COORDINATES: (
        "it is at «-1.292066, 36.821946» there",
        "at «13°06'31.4\"N 2°07'55.8\"E» there",
        "at «S23 41 07 W065 22 19» there",
        "«36R YU 1234 5678» on the map",
        "code «6GCRPR4C+QF» on the gate",
        "«geo:13.5137,2.1098» in the file",
        "lat «9.03 lon 38.74» or so",
        "«///table.chair.lamp» is the hut",
        "«48,2082 N 16,3738 E» im Heft",
        "at «315708N 0355438E» in the log",
        "at «31:57:08N 35:54:38E» in the log",
        "at «31º57'08''N 35º54'38''O» en el mapa",
        "at «31.9522° 35.9106°» on the pin",
        "code «what3words: spoon.river.candle» again",
        "geohash «sv9h2k7p» there",
        "position: «douze degrés vingt-deux nord, un degré trente et un ouest»",
        "«٣٣٫٥١٣٨ ، ٣٦٫٢٧٦٥» في التقرير",
        "«٣٣٫٥١٣ ، ٣٦٫٢٧٦» في التقرير",
        "«٣٣٫٥١٣٨ شمالا و٣٦٫٢٧٦٥ شرقا» في التقرير",
        "على «31 درجة و30 دقيقة شمالا و34 درجة و28 دقيقة شرقا» هناك",
        "latitude «31.5, longitude 34.4» or so",
        "the map pin «31.501,34.466» was public",
        "at «15 grados 30 minutos norte, 88 grados 1 minuto oeste» allí",
        "x: «34.46680 y: 31.50161» in the sheet",
        "at «3157N 03554E» in the log",
    ),
    Kind.CHECKED_ID: (
        "card «4111 1111 1111 1111» was read",
        "card «4111 1111 1111 1111» 12/28 was read",
        "card «4111-1111-1111-1111» 12 28 was read",
        "IBAN «GB82 WEST 1234 5698 7654 32» was read",
        "CPF «529.982.247-25» dela",
        "RUT «12.345.678-5» suyo",
        "Aadhaar «2341 2341 2346» was matched",
    ),
    Kind.HANDLE: (
        "ask «@amina_k» about it",
        "her instagram is «nadiakart» now",
        "FB page «NadiaKartArt» was hers",
        "her instagram is «lunita.del.sur» now",
        "on reddit «u/slow_tractor»",
        "«marmotte#4471» sur le forum",
        "page «facebook.example/aminata.h» is hers",
        "«nadia.x7 (IG)» posted".replace(" (IG)»", "» (IG)"),
        "حسابي في تلغرام «amina.k7»",
        "on Mastodon «@pavlo@social.example»",
    ),
    Kind.LINK: (
        "see «https://files.example/s/Zx81LmQ0aT?pw=harvest22» there",
        "«https://aid.example/f?hh=40771» opened",
        "«https://mon-dossier.example/#/p/77120934» sans mot de passe",
        "«meet.example/zqk-vbwd-hup» was the room",
        "«https://u88:hunter2@nas.example/photos/» idem",
        "«https://photos.example/share/family-album» was sent",
        "«myapp://case/open» was in the mail",
        "«http://10.4.2.7:8080/export/» was open",
        "«https://staging-4f2a.kidsafe.example/» is a copy",
        "«hxxps://files[.]example/s/Xa81» defanged",
    ),
    Kind.ADDRESS: (
        "she lives at «27 Acacia Close» with us",
        "mail for «Flat 14B, Kestrel House, 220 Old Mill Road, SE15 3NT» came",
        "elle vit «12 bis rue de la Paix» depuis",
        "vive en «Cra. 27 # 45-118, apto 302» con ella",
        "sent to «Jl. Melati No. 12 RT 03/RW 05» there",
        "Adres: «Atatürk Mah. 1453. Sok. No: 9»",
        "in «Block C, Tent 14» she slept",
        "write to «P.O. Box 1183» only",
        "a «ul. Klonowa 17» postman",
        "يسكن في «شارع ١٢، بيت ٤»",
        "سكنه «عمارة 9، شقة 23» الآن",
        "住所は「«緑町3-8-11»」",
        "at «The Old Forge, Kilcash Lane, E91 X2T4» since May",
        "à «Cité Soleil, bloc 14, maison 6» depuis",
        "she lives at «5-3-1 Hongo, Room 201» now",
        "write to «P.O. Box 40127 - 00100» only",
        "in «Purok 4, Sitio Bagong Silang, Brgy. Talisay» it was",
        "سكنه «م 312 ز 14 د 6» الآن",
        "راسلوها على «صندوق بريد 2210» فقط",
    ),
    Kind.NETWORK: (
        "host «10.44.7.19» answered",
        "at «2001:db8:85a3::8a2e:370:7334» it was",
        "mac «00:1B:44:11:3A:B7» on it",
        "IMEI «490154203237518» of the tablet",
    ),
}
MONTHS = raw(
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr avr juil déc",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene abr ago set dic",
)
LEFT_ALONE = (
    "Version 4.1.11 of the model scored 0.912 and 0.871 on 12.03.2024.",
    "Costs rose from USD 1 250 000 to 1,410,500 in 2023-2024.",
    "Read https://www.example.org/reports/annual-report-2023.pdf, pages 12 to 15.",
    "Article 22 of Law 2016-679 and ISO 27001 apply.",
    "They hid [PHONE-1] and 1111 12 of them came.",
    "See https://www.example.org/annual-report-2023 and https://www.who.int/news/item/05-11-2024-malaria.",
    "She put it on Facebook: everybody laughed; the page is empty.",
    "One of 96 hides a street name, it said.",
    "The dose is 7.5 mg/kg, at most 450 mg, every 8 h.",
    "At one point he asked us to wait, at that point we left.",
    "One of the two or three hundred and forty thousand people answered.",
    "The flood rose 3.4 m in 36 hours; it was 12 °C.",
    "Rows were marked 0 1 0 0 1 1 0 1 0 1, then 0 1 0 2 0 1 0 0.",
    "Ports 22, 80 and 443 answered at 8.8.8.8.",
    "@everyone was told that section 4 and phase 2 are late.",
    "Il a distribué 12 500 colis dans 14 communes en 2023.",
    "Ley 19.628, artículo 4, inciso b, del 28 de agosto de 1999.",
    "المادة ١٤ من القانون رقم ٤٤ لسنة ٢٠٢١ تمنع ذلك.",
    "في المخيم ٩ قطاعات و٦١ بلوكا.",
    "The runs took 12.345, 34.466 and 3.125 s, says row 12 of the sheet.",
)


def language(text: str) -> str:
    return "ar" if any("\u0621" <= letter <= "\u064a" for letter in text) else "en"


@pytest.mark.parametrize(
    ("kind", "marked"),
    [
        pytest.param(kind, text, id=f"{kind}-{at}")
        for kind, texts in FOUND.items()
        for at, text in enumerate(texts)
    ],
)
def test_it_is_found_for_certain(kind: Kind, marked: str) -> None:
    before, rest = marked.split("«")
    inside, after = rest.split("»")
    found = [one for one in scan(before + inside + after, language(marked)) if one.certain]
    kinds = {one.kind for one in found}
    assert kind in kinds
    covered = {at for one in found for at in range(one.start, one.end)}
    start = len(before)
    assert all(start + at in covered for at, letter in enumerate(inside) if letter.isalnum())


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_harmless_numbers_and_words_are_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in scan(text, language(text)) if one.certain] == []


@pytest.mark.parametrize("month", sorted(MONTHS))
def test_a_date_is_no_place_on_a_grid(month: str) -> None:
    for day in ("1", "05", "12", "31"):
        for after in (" 2026, 345 people were cut", " 2026 345", " 1991", "1991 in Oslo", " 26, 2026", "."):
            for name in (month, month.upper(), month.capitalize()):
                text = f"On {day} {name}{after}"
                assert [one for one in scan(text, "en") if one.kind is Kind.COORDINATES] == []


def test_a_doctor_is_no_drive() -> None:
    for text in (
        "In Oslo. Dr Nguyen Mai, Xochitl Mamani left.",
        "Dr. Otieno answered.",
        "by Dr Awa Diop, Dakar",
    ):
        assert [one for one in scan(text, "en") if one.kind is Kind.ADDRESS] == []
    (found,) = scan("at 14 Oak Hill Dr Springfield", "en")
    assert (found.kind, found.certain) == (Kind.ADDRESS, True)


def test_an_address_takes_no_more_than_its_parts() -> None:
    text = "She moved to 27 Acacia Close in March and was glad."
    (found,) = [one for one in scan(text, "en") if one.kind is Kind.ADDRESS]
    assert text[found.start : found.end] == "27 Acacia Close"
