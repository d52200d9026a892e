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
        ("es", "En la planilla dice «HE XIULI» y nada más."),
        ("en", "We told «XIA Mei» to come back."),
        ("en", "the list has «hsu jo-hsi» twice"),
        ("fr", "«Ndiaye Serigne» a signé sans lire."),
        ("en", "«Mercy Two Moons» waited in the hall."),
        ("en", "They told «Mercy» to wait."),
        ("ar", "غادرت «تشيدان» المكتب أمس."),
        ("ar", "رفض الجهاز «لو شيوتشاو» مرتين"),
        ("ar", "وصلت ومعها «إليف نور» إلى الباب"),
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
        ("en", "Folake Leiataua, «matai of the eastern shore», spoke."),
        ("en", "It was the «quarry's blasting supervisor» who saw it."),
        ("en", "The «nurse in charge of the dialysis room» saw it."),
        ("en", "Ask the «man who sells charcoal by the bridge» for it."),
        ("fr", "Le «percepteur» l'a su avant nous."),
        ("es", "Mi comadre es «celadora del pabellón de madres» allí."),
        ("ar", "اتصلت «نائبة رئيس البلدية لشؤون المياه» تنفي."),
        ("ar", "قال «عمدة القرية» نعم"),
        ("en", "She is the «wife of the village headman» there."),
        ("en", "It was the «pastor's daughter» who saw it."),
        ("en", "Ask the «nun who runs the orphanage» for it."),
        ("en", "The «union rep for the night cleaners» saw it."),
        ("en", "Ask the «owner of the only bakery» for it."),
        ("fr", "La «femme de l'imam» l'a vu."),
        ("fr", "L'«homme qui répare les pompes» l'a vu."),
        ("es", "Habló la «viuda del comisario» ayer."),
        ("es", "Lo contó la «señora que vende tamales» ayer."),
        ("es", "Vino el «médico tradicional» ayer."),
        ("ar", "قالت «زوجة المختار» ذلك"),
        ("ar", "قال «المتحدث باسم البلدية» ذلك"),
        ("ar", "تكلمت «المرأة التي تدير المطبخ» أمس"),
    ),
    Kind.BIRTH: (
        ("en", "He was born on «9 Aug 1974», it said."),
        ("en", "DOB «14/02/1961» on file."),
        ("en", "b. «4/XI/1972» in the tree"),
        ("en", "DOB: «12-1990» on file"),
        ("en", "year of birth «1956», it said"),
        ("ar", "ولدت في «الرابع من أيار عام ١٩٩٠» هنا"),
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
        ("fr", "on a lu «TJ-A 0417733» au mur"),
        ("en", "NRC «12/DAGAMA(N)044712» was copied"),
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
    ("en", "The virtual clerk and the automatic examiner refused it."),
    ("en", "She said that he was taller, and the winner of the quiz was a program."),
    ("en", "Maize costs 3,400/kg since 2024-06-04T08:30:00Z."),
    ("en", "Kesho Relief Network and the Blue Lantern Trust asked for it on Monday."),
    ("es", "La alumna asmática y la vecina diabética no pudieron entrar."),
    ("es", "La Fundación Semilla Andina y la Red Costurera pidieron el código."),
    ("fr", "La Fondation Grain de Mil a demandé le code."),
    ("en", "A wife, a son of a driver and somebody's cousin came."),
    ("ar", "رفض الكاتب الآلي الطلب."),
    ("ar", "في قرية تبعد ساعتين عن المدينة لا توجد عيادة."),
    ("ar", "يعمل التطبيق منذ ١٩٤٠ ساعة و١٨٥٠ دقيقة."),
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


def test_the_letter_at_the_end_of_a_number_begins_no_name() -> None:
    text = "File BEN/00923-A. Clara Nwosu wrote it."
    found = {text[one.start : one.end]: one.kind for one in scan(text, "en")}
    assert found == {"BEN/00923-A": Kind.ID, "Clara Nwosu": Kind.PERSON}


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("en", "The coordinator read the book that evening.", "coordinator"),
        ("en", "The head teacher apologised at the assembly.", "head teacher"),
        ("es", "La alcaldesa y los niños salieron.", "alcaldesa"),
        ("es", "El párroco firmó la carta.", "párroco"),
        ("fr", "Le greffier a bien fait d'écouter.", "greffier"),
        ("ar", "قال عمدة القرية إن الماء وصل.", "عمدة القرية"),
    ],
)
def test_a_role_ends_where_what_it_does_begins(language: str, text: str, role: str) -> None:
    (found,) = [one for one in scan(text, language) if one.kind is Kind.JOB]
    assert text[found.start : found.end] == role
