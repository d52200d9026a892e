"""What each doubtful detector asks about, and what it leaves alone: one table a kind."""

from __future__ import annotations

import pytest

from registry.privacy import scan
from registry.privacy.findings import Kind

ASKED: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.PERSON: (
        ("en", "The list named «Wanjiku Kamau» twice."),
        ("en", "«Zhang Xiuying» could not open the gate."),
        ("en", "my neighbour «gurpreet dhaliwal» lost his place"),
        ("en", "It was signed «A. Ben Othman»."),
        ("en", "She calls herself «Ludwika van der Veldt»."),
        ("fr", "Le chatbot a répondu à «Fatoumata Diarra» hier."),
        ("fr", "«Solenne Bréchard» l'a vu."),
        ("es", "Se llama «Saturnina Huarancca» y vive sola."),
        ("es", "mi vecina «itzel balam» no recibió nada"),
        ("ar", "قالت الممرضة «كريستينا أوتشوا» ذلك"),
        ("ar", "رفض الجهاز بصمة «شاندريكا بيريرا» مرتين"),
        ("ar", "السيد «محمد العنزي» ينتظر"),
        ("en", "the clerk wrote «佟家丽» beside it"),
    ),
    Kind.PLACE: (
        ("en", "A nurse of «Gombera» village saw it."),
        ("fr", "au hameau de «Kerbiguet Huella» hier"),
        ("es", "en la vereda «El Salitre» no hay señal"),
        ("ar", "وصلنا إلى «خربة الجوز» مساء"),
    ),
    Kind.JOB: (
        ("en", "She is the «only speech therapist» on the island."),
        ("en", "The «mayor» and the «dean of nursing» spoke."),
        ("fr", "La «seule sage-femme» l'a dit."),
        ("fr", "Le «gardien du phare» a répondu."),
        ("es", "Lo firmó la «presidenta de la junta de vecinos» ayer."),
        ("es", "El «párroco» lo leyó."),
        ("ar", "تكلمت «القابلة الوحيدة» أمس"),
        ("ar", "قال «عمدة القرية» نعم"),
    ),
    Kind.BIRTH: (
        ("en", "He was born on «9 Aug 1974», it said."),
        ("en", "DOB «14/02/1961» on file."),
        ("en", "b. «4/XI/1972» in the tree"),
        ("fr", "né le «3 septembre 2012» à Dakar"),
        ("es", "nació el «12 de octubre de 1955»"),
        ("es", "F. nac. «07-NOV-1953» dice"),
        ("ar", "مواليد «١٢ آذار ٢٠١١» هنا"),
    ),
    Kind.ADDRESS: (
        ("en", "She sleeps in the «last hut before the airstrip, blue door» now."),
        ("en", "Go to «200 metres north of the mill» and ask."),
        ("es", "Vive «300 metros al sur de la iglesia» desde marzo."),
        ("fr", "Elle dort «derrière la mosquée, portail bleu», dit-il."),
        ("fr", "Elle est au «Quartier Bè-Kpota, non loin du puits», chez sa tante."),
        ("ar", "يسكن «خلف المسبح، باب أزرق» الآن."),
    ),
    Kind.ID: (
        ("en", "Your case «PAL-55-20871» is closed."),
        ("en", "passport «EK 7471902» was read out"),
        ("fr", "matricule «AGR-8736/KL» contestée"),
        ("es", "placa «PBX-1894» del auto"),
        ("ar", "ملف رقم «AFG-2024-008813» مغلق"),
        ("en", "wallet «0x7aF3c19B04E2d8806b5fA9C21eD47730bC6e41d9» paid"),
    ),
}
NOT_ASKED = (
    ("en", "The model answered in English and in Swahili, and nobody in Nairobi could read it."),
    ("en", "A mayor, an imam or any teacher would have seen the same message."),
    ("en", "The error rate rose from 3.4 % to 11.75 % between January and March."),
    ("en", "ChatGPT and Claude gave the same dose of insulin."),
    ("fr", "Le logiciel a refusé les demandes de plusieurs familles en octobre."),
    ("es", "El programa rechazó las solicitudes de varias familias en octubre."),
    ("es", "La última vez el sistema tardó dos semanas."),
    ("ar", "رفض البرنامج طلبات كثيرة في الشهر الماضي."),
    ("ar", "هذه أول مرة نرى هذا الخطأ في التطبيق."),
)


def spans(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where they stood."""
    text, found = "", []
    for at, part in enumerate(marked.replace("»", "«").split("«")):
        if at % 2:
            found.append((len(text), len(text) + len(part)))
        text += part
    return text, found


@pytest.mark.parametrize(
    ("kind", "language", "marked"),
    [
        pytest.param(kind, *row, id=f"{kind}-{at}")
        for kind, rows in ASKED.items()
        for at, row in enumerate(rows)
    ],
)
def test_it_is_asked_about(kind: Kind, language: str, marked: str) -> None:
    text, wanted = spans(marked)
    found = scan(text, language)
    for start, end in wanted:
        over = [one for one in found if one.start < end and start < one.end]
        assert not any(one.certain for one in over)
        assert {at for one in over for at in range(one.start, one.end)} >= set(range(start, end))
        if kind not in (Kind.PLACE, Kind.JOB):  # a place or a role may be part of one longer question
            assert kind in {one.kind for one in over}


@pytest.mark.parametrize(("language", "text"), NOT_ASKED)
def test_ordinary_sentences_raise_no_question(language: str, text: str) -> None:
    assert [text[one.start : one.end] for one in scan(text, language)] == []
