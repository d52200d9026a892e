"""Everyday words that lists of names hold as well: in capitals they are stressed, and nobody's name."""

from __future__ import annotations

from typing import Final

from registry.privacy.words.tables import raw

STRESSED: Final = raw(
    # abbreviations of the field
    "ai ia un eu us it id hr ml api gpt llm ngo ong who oms hiv vih sim sms gps pdf csv tv pc ceo ok aps",
    "nas rut iban isbn nif nie dni cpf rfc curp nin nic sin",
    # English
    "the as he my an can more were she good over back us said way may day too made best such love man",
    "long come little house each must ever put lot company real case read power water small white job",
    "side line run black law car kind per story early oh post young guy south room else close north low",
    "short age soon among major west front list street song clear field held price summer date strong",
    "weeks church fall green central key page lower hell lord seven die parts forget deep ball cases wall",
    "rock ii sales beat gas western cross miles drop fair link sun gun fit lady bar floor hurt master",
    "stock fan grand gay basic carry winter block comment foot hall pop ran queen glass northern prior",
    "royal begin lie sad southern brand bus fresh smart hill ring stone wild camp till wood bridge magic",
    "mad guard lies mountain tea kick dick joke loan grant urban jail mile mate constant marine tone",
    "junior harm server duke wage odd dean forum valid ward chase gene fancy ties wolf edit toy jet sole",
    "nazi canal uni sim max era ira pin ban aid ask bot app hub fee tab gap nil err log net june april",
    "august november friday sunday english french chinese russian german spanish muslim islam india",
    "america africa asia france israel london york",
    # French
    "en dans sur par se tu ou bien sa sans toi es sera vu cas petit ville vers aller vos grande aime côté",
    "dis ni font pu gros dieu bas aura mise nord mars beau mai avril bois blanc garde lien pire ami",
    "durant hein travers demi payer sol porter sang ceci quartier lundi con clair signe bah soi maire",
    "chien vit gagné lois lu mari lance mets pont masse mur vide gagne su rares mille tome paye jure",
    "jolie amie cartes pages",
    # Spanish
    "una para lo pero este sus ha hay hasta nada día uno tan ver vida han esa durante contra casa forma",
    "nuevo ella bueno poder ir mayor ley eres españa guerra sé ante dar pasa ti hora tú amor amigo",
    "segundo cabeza mil español camino salud cara rey dado mucha inglés asi norte vi mira sean dan",
    "mercado aun pena cabo plaza duda iglesia alta mar carrera niño río comer nota dia justo ven mala",
    "puerta sola fondo armas fuente diez malo cree cámara toma francia isla vino reino verde ido barrio",
    "anda dejan liga ruta mía masa órdenes campo mío",
)
