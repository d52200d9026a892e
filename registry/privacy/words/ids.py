"""What tells a harmless number from somebody's."""

from __future__ import annotations

from registry.privacy.words.tables import ordered, table

MODELS = ordered(
    "gpt gemini llama claude phi bert mistral qwen o covid iso yolo resnet whisper vgg palm deepseek img",
    "v t5 h1n rfc utf sha md base windows ios android spo",
)
"""Names of models and standards before a number."""
UNITS = ordered(
    "st nd rd th er ère ème e h am pm k m km kg mg ml g cm mm mb gb tb ghz hz px x s min mcg ug iu ui b",
    "bit d mw kw kwh bn usd eur fcfa cfa ha ms º ª",
)
"""Units after a number."""
STANDARDS = table(
    "law act regulation directive decree article section loi décret règlement ley decreto reglamento",
    "resolución iso iec ieee rfc icd cve isbn issn",
    "flight vol vuelo version gpt page port portaria lei قانون القانون المادة مرسوم المرسوم رحلة الرحلة",
    "en din astm circular circulaire décision sentence sentencia resolution rules order decreto-ley arrêté",
    "القرار قرار التعميم تعميم الفقرة المرسوم",
)
"""Before numbers that are nobody's."""
COUNTED = table(
    "people persons households messages records patients users euros euro dollars dollar francs pesos",
    "shillings naira rupees families children times pupils students",
    "personnes ménages messages patients dossiers familles enfants fois élèves habitants personas hogares",
    "usuarios familias niños veces pacientes mensajes alumnos",
    "percent per lot batch bed status order code reservation lote lotes series رسالة شخص أسرة مريض حالة",
    "خيمة مرة دولار درهم دينار ريال جنيه",
)
"""Things that numbers count."""
