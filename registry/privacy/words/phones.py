"""Words around numbers to call."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, table

CALLS = table(
    "tel tele tél telephone telephones téléphone teléfono telefono tfno telf telefone telefon telepon hp",
    "ph phone phones phoned call calls called calling caller",
    "callback ring rang dial dialled cell cellphone mobile mob whatsapp whats app wa wsp sms text texted",
    "fax tel/fax signal viber imo zalo line landline hotline",
    "helpline satphone satellite reach reached gcash m-pesa mpesa momo airtel orange telegram wechat",
    "extension switchboard handset handsets airtime sim dialling dialing phoning ringing voicemail pager",
    "messaged texting mobiles cells landlines answerphone",
    "portable fixe appel appelle appelez appeler appelé rappel rappelez rappeler joindre joignable",
    "contact contactez ligne standard gsm satellite coup mobile mobiles portables répondeur puce composer",
    "composez composé téléphoner téléphonez téléphoné téléphones sonner standardiste",
    "móvil movil celular cel fijo llamar llama llamó llame llamen llamada marcar marque contacto línea",
    "linea comunicarse conmutador marcar marquen marcó marcaron marcando llamen llamaron teléfonos celulares",
    "móviles contestador chip mensajear",
    "ligar liga ligue telemóvel telemovel celular contato fone ramal zap",
    "simu nambari namba piga laini hubungi telpon nomor",
    "هاتف جوال موبايل واتس واتساب تلفون تليفون اتصل اتصلوا الاتصال اتصال رقمه رقمها رقمي ارقامي أرقامي",
    "للتواصل التواصل محمول نقال جواله جوالها هاتفه هاتفها فاكس خط داخلي سجنل فايبر للاستفسار استفسار كلم",
    "كلموا خطه خطها خطهم خطي هواتف هاتفي يتصل تتصل اتصلت نتصل اتصلنا موبايله موبايلها جوالي شريحة شريحته",
    "شريحتها واتسابه واتسابها",
    "тел телефон звоните моб cep telefonum",
)
EXTENSION = ordered(
    "ext extn x loc local anexo poste int interno ramal dahili pabx extension extensión تحويلة داخلي",
    "durchwahl dw samb",
)
"""Before an inner number."""
NUMBER = table("number numéro número num")
OWNERS = table("my your his her our their mon ton son votre notre leur mi tu su nuestro")
"""*Her number* is one to call; *her ID number* is none."""
LAWS = table(
    "law act regulation directive decree article section loi décret arrêté règlement circulaire ley",
    "decreto reglamento resolución norma lei portaria",
    "iso iec ieee rfc icd cve isbn issn doi version release flight vol vuelo page pages p código postal",
    "zip قانون مرسوم قرار مادة تعميم",
)
"""Before numbers that are nobody's."""
