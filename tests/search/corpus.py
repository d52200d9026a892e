"""A small collection in four languages, of our own writing: enough for questions to have a right answer."""

from __future__ import annotations

from registry.record.types import PublicRecord
from tests.search.factories import record

STORIES = [
    (
        "dose",
        "en",
        "Advice bot doubled the dose of a heart tablet",
        "A health chatbot run by a clinic network told older patients to take twice the safe amount.",
        ("failure/unsafe-advice", "sector/health", "system/chatbot"),
    ),
    (
        "triage",
        "en",
        "Triage score ranked darker skin as less urgent",
        "A photo triage tool of a hospital rated wounds on dark skin as mild; patients waited longer.",
        ("failure/bias", "sector/health"),
    ),
    (
        "grades",
        "en",
        "Essay marking lowered the grades of pupils who write in their second language",
        "A school used automatic marking. Pupils who had learnt English late lost a grade on average.",
        ("failure/bias", "sector/education"),
    ),
    (
        "benefits",
        "en",
        "Fraud model stopped benefit payments of families without cause",
        "A welfare office froze payments after a model accused single parents of cheating.",
        ("failure/bias", "sector/social-protection"),
    ),
    (
        "flood",
        "en",
        "Flood map missed a camp after the river changed its bed",
        "Satellite images were read by a model that had never seen the new course of the river.",
        ("sector/humanitarian",),
    ),
    (
        "voix",
        "fr",
        "Une voix clonée a trompé des donateurs",
        "Des escrocs ont imité la voix de la directrice d’une association pour obtenir des virements.",
        ("failure/misuse",),
    ),
    (
        "hopital",
        "fr",
        "L’hôpital a reçu de fausses traductions d’ordonnances",
        "Un outil de traduction automatique a confondu deux médicaments et des infirmières l’ont remarqué.",
        ("sector/health",),
    ),
    (
        "asilo",
        "es",
        "Un traductor automático cambió la declaración de una solicitante de asilo",
        "La máquina confundió nombres y fechas, y la decisión se basó en ese texto equivocado.",
        ("sector/justice",),
    ),
    (
        "alerta",
        "es",
        "La alerta de inundación llegó tarde a las comunidades rurales",
        "El sistema de predicción no recibió datos de los sensores averiados.",
        ("sector/humanitarian",),
    ),
    (
        "رقم",
        "ar",
        "روبوت محادثة أعطى اللاجئين معلومات خاطئة عن المساعدات",
        "أخبر الروبوت العائلات أن التسجيل مغلق، ففقدت عائلات كثيرة مساعدة الشتاء.",
        ("sector/humanitarian", "system/chatbot"),
    ),
    (
        "وجه",
        "ar",
        "كاميرات التعرف على الوجوه أوقفت شخصا بريئا في المطار",
        "أوقفت الشرطة مسافرا بسبب تطابق خاطئ في نظام التعرف على الوجه.",
        ("sector/justice",),
    ),
]


def stories() -> list[PublicRecord]:
    """The collection as records; the ids are short words."""
    return [
        record(id=name, language=language, title=title, text=text, codes=codes)
        for name, language, title, text, codes in STORIES
    ]
