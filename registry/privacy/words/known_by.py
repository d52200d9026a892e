"""What people of a place are known by beside an office: whose kin they are, what they do all day."""

from __future__ import annotations

from registry.privacy.words.tables import table

KIN = table(
    "wife husband son daughter sister brother mother father widow widower niece nephew cousin aunt uncle",
    "ex-wife ex-husband ex-femme ex-mari ex-épouse exesposa exesposo exmarido exmujer aînée aîné",
    "stepson stepdaughter grandson granddaughter grandmother grandfather twin fiancé fiancée in-law",
    "mother-in-law father-in-law son-in-law daughter-in-law sister-in-law brother-in-law",
    "femme épouse mari époux fils fille sœur soeur frère mère père veuve veuf nièce neveu cousin cousine",
    "tante oncle gendre bru belle-fille belle-mère beau-père beau-frère belle-sœur petit-fils petite-fille",
    "coépouse",
    "esposa esposo mujer marido hijo hija hermana hermano madre padre viuda viudo sobrina sobrino prima",
    "primo tía tío nuera yerno suegra suegro cuñada cuñado nieta nieto compañera",
    "filho filha irmã irmão viúva viúvo mãe pai sobrinho sobrinha neto neta",
)
"""Before *of the mayor* or after *the mayor's*: there is one, or hardly more."""
KIN_ARABIC = table("طليقة طليق زوجة زوج ابن ابنة بنت أخت أخ أرملة والدة والد كنة صهر حفيد حفيدة عمة خالة")
HABITS = table(
    "runs keeps sells repairs mends fixes drives teaches leads manages guards digs bakes cooks tends",
    "coaches delivers sweeps cleans collects rings washes buries translates interprets owns operates heads",
    "chairs edits conducts directs supervises rears breeds carves weaves brews grinds milks herds ferries",
    "pilots trains treats sews presides looks",
    "tient gère vend répare dirige garde conduit sonne ouvre distribue cuit prépare soigne ramasse lave",
    "enterre élève pêche fabrique traduit enseigne entraîne anime préside coud tisse coiffe livre balaie",
    "nettoie pilote mène commande possède exploite cultive surveille encadre loue",
    "vende dirige arregla maneja atiende cuida cocina toca reparte barre lava entierra cría pesca fabrica",
    "traduce enseña entrena preside cose teje peina limpia guía administra cultiva vigila repara conduce",
    "recoge reza cura prepara amasa hornea presenta alquila ordeña",
    "vende dirige conserta cuida cozinha varre lava ensina treina costura limpa",
)
"""What somebody does day by day, in the third person."""
HABITS_ARABIC = table(
    "يدير تدير يصلح تصلح يبيع تبيع يقود تقود يحرس تحرس يوزع توزع يطبخ تطبخ يغسل تغسل يدرب تدرب يترجم تترجم",
    "يشرف تشرف يرعى ترعى يخبز تخبز يخيط تخيط ينظف تنظف يدفن يؤذن يقرع يملك تملك يترأس تترأس يعلم تعلم",
)
BODIES = table(
    "guy man woman lady boy girl fellow chap",
    "homme femme dame monsieur type gars fille garçon jeune vieux vieille",
    "hombre mujer señora señor muchacha muchacho chica chico joven viejo vieja doña",
    "homem mulher senhora senhor moço moça",
)
"""People known only by what they do."""
OFFICE = table(
    "municipal municipale communal communale communautaire rural rurale traditionnel traditionnelle",
    "départemental départementale provincial provinciale régional régionale préfectoral paroissial",
    "paroissiale syndical syndicale coutumier coutumière assermenté assermentée judiciaire forestier major",
    "rural tradicional comunitario comunitaria comunal parroquial sindical judicial provincial regional",
    "departamental distrital vecinal ejidal forestal escolar portuario portuaria bilingüe jurado jurada",
    "indígena penitenciario penitenciaria veredal cantonal estatal itinerante titular",
    "titulaire itinerant itinérant itinérante",
)
"""After a role that many hold, these say for which place or body it is held."""
TO = table(
    "clerk secretary adviser advisor assistant aide chaplain envoy counsel apprentice interpreter liaison",
    "driver nurse physician",
)
"""Roles that are held *to* somebody."""
NOT_SERVED = table("me us him her them it you a an any some help advice example free now")
"""After *for* these do not say what a role is for."""
