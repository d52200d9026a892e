"""Words that make a row of capitals the name of a body: a foundation, a network, a committee."""

from __future__ import annotations

from registry.privacy.words.tables import raw

LAST = raw(
    "foundation trust network association centre center council committee institute society alliance",
    "federation coalition initiative consortium union cooperative co-operative company ltd inc plc",
    "corporation bank ministry department agency authority commission programme program project services",
    "collective fund group university college league forum observatory",
    "secretariat directorate bureau taskforce partnership",
)
"""At the end, in English."""
FIRST = raw(
    "fondation association collectif réseau coopérative fédération confédération ligue comité conseil",
    "institut société agence office banque ministère commission université",
    "observatoire secrétariat syndicat groupement mutuelle amicale croix-rouge médecins",
    "handicap alliance projet programme",
    "fundación asociación colectivo colectiva red cooperativa federación confederación liga comité",
    "consejo instituto sociedad agencia oficina banco ministerio comisión",
    "universidad observatorio secretaría sindicato defensoría procuraduría fiscalía",
    "contraloría registraduría corporación alianza proyecto programa",
    "fundação associação coletivo rede cooperativa federação conselho sociedade agência banco ministério",
    "comissão universidade projeto",
    "foundation ministry department university institute",
)
"""At the beginning, in French, Spanish and Portuguese."""
ARTICLES = raw("la le les l' el los las the o a os as")
DAYS = raw(
    "monday tuesday wednesday thursday friday saturday sunday",
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
)
DAY_BEFORE = raw(
    "on last next every this that until till by since from to before after each of mostly one or and the",
    "between past coming late early",
)
"""Before the name of a day these say that it is one."""
