"""Postal addresses, in the forms of many countries: number and street, plot, block, tent, post box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_WORD = r"[^\W\d_][\w'.-]{0,30}"
_NR = r"(?:n(?:o|r|[º°]|um|úm)?\.?|no\.?|number|num[eé]ro|n[uú]mero|#|رقم|nomor|nambari|nº)"
_TAIL = rf"(?:,? (?:flat|apt\.?|apartment|unit|suite|room|floor|appt\.?|appartement|b[aâ]t\.?|bâtiment|étage|porte|piso|dpto\.?|depto\.?|departamento|int\.?|bloque|torre|casa|شقة|الطابق|الدور) ?{_NR}? ?\w{{1,5}}){{0,3}}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 14 Moi Avenue; 221b Baker St., Flat 3
        rf"(?<![\w.,/-])\d{{1,5}}[a-z]?(?:[-/]\d{{1,4}}[a-z]?)?,? (?:{_WORD} ){{1,4}}(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|crescent|cres|way|court|ct|boulevard|blvd|terrace|place|square|sq|highway|hwy|estate|gardens|row|hill|parade|marg|nagar|colony|salai|barabara)\b\.?{_TAIL}",
        # House No. 12, Gali 4, …; Plot 45 Kampala Road; Flat 3B, Block 7
        rf"\b(?:house|hse|flat|apt\.?|apartment|plot|stand|erf|room|door|shop|villa|unit|suite|building|bldg) ?(?:{_NR} ?)?[a-z]?\d{{1,5}}[a-z]?(?:[/-]\w{{1,4}})?(?:,? (?:(?:block|phase|sector|zone|street|road|lane|gali|gate|floor|house|plot) ?(?:{_NR} ?)?\w{{1,4}}\b|(?:{_WORD} ){{0,3}}(?:street|st|road|rd|avenue|ave|estate|lane|close|court|drive|way|colony|nagar)\b)){{0,4}}",
        # Block C, tent 14; Zone 4 Shelter 221; Sector 7, row B, house 9
        rf"\b(?:block|tent|shelter|zone|sector|row|section|plot|bloc|tente|abri|secteur|rang[ée]e|bloque|carpa|tienda|refugio|fila|manzana|mz\.?|lote|lot|بلوك|خيمة|قطاع|كرفان|مأوى|مربع|زقاق|منطقة|صف|المربع|الخيمة|القطاع|البلوك|الكرفان|المأوى|بلوك رقم) ?(?:{_NR} ?)?\w{{1,4}}\b,? ?(?:،|و|y|et|and)? ?(?:block|tent|shelter|zone|sector|row|section|house|hut|plot|bloc|tente|abri|secteur|rang[ée]e|case|bloque|carpa|tienda|refugio|fila|manzana|mz\.?|lote|lot|casa|بلوك|خيمة|قطاع|كرفان|مأوى|مربع|زقاق|صف|بيت|منزل|الخيمة|القطاع|الكرفان|المأوى|البيت|المنزل) ?(?:{_NR} ?)?\w{{1,5}}\b",
        rf"\b(?:tent|shelter|tente|abri|carpa|خيمة|الخيمة|كرفان|الكرفان|مأوى) ?(?:{_NR} ?)?[a-z]?-?\d{{1,5}}[a-z]?\b",
        # 12 bis rue de la Paix; rue 14.21, porte 35; cité Millionnaire, villa n° 88
        rf"(?<![\w.,/-])\d{{1,4}}(?: ?(?:bis|ter|[a-d]))?,? (?:rue|avenue|av\.?|boulevard|bd\.?|blvd|place|all[ée]e|impasse|chemin|quai|route|ruelle|cours|square|passage|lotissement|cit[ée]) (?:(?:de|du|des|d'|la|le|les|l')? ?{_WORD} ?){{1,5}}{_TAIL}",
        rf"\b(?:rue|avenue|boulevard|all[ée]e|impasse|chemin|ruelle|cit[ée]|lotissement|quartier) (?:{_WORD} ){{0,4}}?{_WORD}?,? ?(?:villa|porte|n[°ºo]\.?|num[ée]ro|lot|parcelle|maison|concession|immeuble|carr[ée]|îlot) ?(?:{_NR} ?)?\d{{1,5}}\w?(?:,? (?:villa|porte|lot|parcelle|carr[ée]|îlot|appt\.?) ?(?:{_NR} ?)?\d{{1,5}}){{0,2}}",
        rf"\brue \d{{1,3}}(?:[.,]\d{{1,3}})?,? (?:porte|villa|maison|n[°º]) ?\d{{1,5}}",
        rf"\b(?:villa|parcelle|concession) n[°ºo]\.? ?\d{{1,5}}(?!\d)",
        # Calle 13 # 45-67; Av. Arequipa 1234, dpto 502; Jr. Puno N° 88
        rf"\b(?:calle|cll|cl\.?|avenida|avda?\.?|av\.?|carrera|cra\.?|kra\.?|cr\.?|transversal|tv\.?|diagonal|jir[óo]n|jr\.?|pasaje|psje\.?|plaza|paseo|camino|callej[óo]n|prolongaci[óo]n|ronda|carretera|rua|travessa|alameda|pra[çc]a|via|viale|corso) (?:(?:(?:de|del|da|do|dos|das|la|las|los|el|y|e|of) )?[\w'.-]{{1,30}}[ ,] ?){{1,5}}?(?:{_NR} ?)?\d{{1,5}}[a-z]?(?: ?[-#] ?\d{{1,4}}){{0,3}}(?:,? (?:piso|dpto\.?|depto\.?|apto?\.?|int\.?|casa|bloque|torre|puerta|andar|bairro) ?\w{{1,5}}){{0,3}}",
        rf"\b(?:manzana|mz\.?|mza\.?) ?\w{{1,3}},? ?(?:lote|lt\.?|solar|casa) ?\w{{1,4}}",
        rf"\b(?:km|kil[óo]metro)\.? \d{{1,4}}(?:[.,]\d)? (?:de la |del |de )?(?:carretera|ruta|v[íi]a|camino)(?: (?:a|al|de|del|la) {_WORD}| {_WORD}){{0,3}}",
        # Jl. Melati No. 12 RT 03/RW 05; Atatürk Mah. 112. Sok. No: 5; Hauptstraße 12
        rf"\b(?:jl\.?|jalan|jln\.?|gg\.?|gang) (?:{_WORD} ?){{1,4}}(?:no\.?|nomor|blok)? ?\w{{0,2}}\d{{1,4}}\w?(?:,? rt ?\.?\d{{1,3}} ?/ ?(?:rw ?\.?)?\d{{1,3}})?",
        rf"\b(?:{_WORD} ){{1,3}}(?:mah|mahallesi|sok|sokak|cad|caddesi)\b\.?(?: ?[\w.]{{1,20}}){{0,3}} no ?[:.]? ?\d{{1,4}}(?:/\d{{1,3}})?",
        rf"\b[^\W\d_][\w-]{{2,30}}(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|straat|laan) \d{{1,4}}[a-z]?\b",
        rf"\bul(?:ica|\.) (?:{_WORD} ){{1,3}}\d{{1,4}}(?:/\d{{1,4}})?",
        # شارع الجلاء رقم 14، عمارة 5 شقة 3
        r"(?:شارع|ش\.|نهج|زنقة|درب|حارة|طريق|حي|جادة)(?: [^\W\d_]{1,20}){1,4}?،? ?(?:رقم|عمارة|عمارة رقم|بناية|بيت|منزل|شقة|دار|فيلا|مبنى|الرقم|بناء)? ?(?:رقم )?\d{1,5}(?:،? ?(?:و)?(?:شقة|عمارة|الطابق|الدور|مبنى|بناية|بيت|طابق)(?: رقم)? ?[\w]{1,8}){0,3}",
        r"(?:عمارة|بناية|شقة|مبنى|فيلا|منزل رقم|بيت رقم|الشقة)(?: رقم)? ?\d{1,5}(?:،? ?(?:و)?(?:شقة|الطابق|الدور|شارع)(?: رقم)? ?[\w]{1,12}){0,3}",
        # 2-14-7 Midorigaoka, Apt 305; Bldg 41, Way 2207, Flat 6; 14 bis, rue …; C/ Olmo, 7, bajo izq.
        rf"(?<![\w.,/-])\d{{1,2}}-\d{{1,2}}-\d{{1,3}},? {_WORD}(?:-(?:cho|ku|shi|machi|dong|gu))?{_TAIL}",
        rf"\b(?:bldg|building|way|flat|gate|villa|office)\.? ?(?:{_NR} ?)?\d{{1,5}}(?:, ?(?:bldg|building|way|flat|gate|villa|office|road|street|block|floor|area|zone)\.? ?(?:{_NR} ?)?\d{{1,5}}){{1,4}}",
        rf"(?<![\w.,/-])\d{{1,4}}(?: ?(?:bis|ter|[a-d]))?, ?(?:rue|avenue|av\.?|boulevard|bd\.?|place|all[ée]e|impasse|chemin|quai|route|ruelle|cours|square) (?:(?:de|du|des|d'|la|le|les|l')? ?{_WORD} ?){{1,5}}(?:,? \d(?:er|e|ème) [ée]tage)?{_TAIL}",
        rf"\bc/ ?(?:(?:de|del|la|las|los|el) )*{_WORD}(?: {_WORD}){{0,3}},? ?(?:{_NR} ?)?\d{{1,4}}(?:, ?(?:\d{{1,2}}[º°]?|bajo|ático|entlo\.?|esc\.?|piso|puerta|izq\.?|dcha\.?|[a-d])\b\.?(?: ?(?:izq|dcha|\d{{1,2}}|[a-d])\b\.?)?){{0,3}}",
        rf"\b(?:b[âa]t(?:iment)?\.?|esc(?:alier)?\.?|immeuble|r[ée]sidence|tour|emplacement|lieu-?dit) (?:{_NR} ?)?(?:\w{{1,3}}\b|(?:(?:le|la|les|l')? ?{_WORD} ?){{1,4}})(?:, ?(?:b[âa]t(?:iment)?\.?|esc(?:alier)?\.?|immeuble|r[ée]sidence|cit[ée]|appt\.?|porte|aire|rue|résidence) (?:(?:de|du|des|d'|la|le|les|l')? ?[\w'-]{{1,30}} ?){{1,4}}){{1,3}}",
        rf"\blieu-?dit (?:(?:le|la|les|l')? ?{_WORD} ?){{1,4}}",
        rf"\bul(?:ica|\.) (?:{_WORD} ){{1,3}}\d{{1,4}}(?:/\d{{1,4}})?(?: m\.? ?\d{{1,4}})?",
        rf"\b(?:km|kil[óo]metro)\.? \d{{1,4}}(?:[.,]\d)? (?:de la |del |de )?(?:carretera|ruta|v[íi]a|camino)(?: \d{{1,4}})?(?:, (?:parcela|lote|casa) ?\w{{1,4}})?",
        rf"\b(?:apdo\.?|apartado)(?: postal| de correos)? ?(?:{_NR} ?)?\d{{1,6}}",
        rf"\b(?:mz\.?|manzana) ?\w{{1,3}},? (?:lt\.?|lote) ?\w{{1,4}}(?:, ?(?:a\.? ?h\.?|aa\.? ?hh\.?|urb\.?|p\.? ?j\.?|col\.?|barrio)(?: {_WORD}){{1,4}})?",
        rf"\bparcela (?:{_NR} ?)?\w{{1,4}}\b",
        # post boxes
        rf"\b(?:p\.? ?o\.? ?box|post(?:al)? box|private bag|b\.? ?p\.?|bo[îi]te postale|apartado(?: postal| de correos)?|casilla(?: postal)?|a\.a\.|caixa postal|s\.?l\.? ?p\.?|sanduku la posta|lock bag) ?(?:{_NR} ?)?[a-z]?\d{{1,7}}(?:-\d{{3,5}})?",
        r"(?:ص\.? ?ب\.?|صندوق (?:ال)?بريد)[ :]{0,2}(?:رقم )?\d{1,6}",
        # several Arabic parts in any order: عمارة ٩، الدور الثالث، شقة ١٢، شارع المحطة
        r"(?:(?:شارع|عمارة|الدور|الطابق|شقة|فيلا|زنقة|درب|حي|بلوك|خيمة|مدق|زقاق|قطاع|منزل|بيت|دار|بناية|رقم|الملحق|مجمع|طريق|مبنى|باب|زاوية)(?: (?:رقم )?[\w]{1,12}){1,3}(?:، ?| - | و)){1,5}(?:شارع|عمارة|الدور|الطابق|شقة|فيلا|زنقة|درب|حي|بلوك|خيمة|مدق|زقاق|قطاع|منزل|بيت|دار|بناية|رقم|الملحق|مجمع|طريق|مبنى|باب)(?: (?:رقم )?[\w]{1,12}){1,2}(?: [أ-ي](?!\w))?",
        # British postcode
        r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?) \d[ABD-HJLNP-UW-Z]{2}(?!\w)",
        rf"(?<!\w)#\d{{1,4}}(?:/\w{{1,4}})?,? (?:\d{{1,3}}(?:st|nd|rd|th) (?:cross|main|floor|street)(?:,? ?)){{1,3}}",
    )
)


_MORE = re.compile(
    rf"[,،]? ?(?:(?:(?:{_NR}|الرمز(?: البريدي)?) ?)?[A-Z]{{0,2}}-?\d{{4,6}}(?:-\d{{3,4}})?\b|(?:poblaci[óo]n|villa|urb(?:anizaci[óo]n)?\.?|col(?:onia)?\.?|barrio|conjunto|fundos|bajo|bairro|quartier|estate|"
    rf"الملحق|حي|مخيم)(?: [\w'.-]{{1,30}}){{0,4}})",
    re.IGNORECASE,
)
"""What may follow an address: a postcode, the name of a settlement."""


class Addresses:
    """Finds postal addresses."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for pattern in _PATTERNS:
            for match in pattern.finditer(text.text):
                end = match.start() + len(match.group().rstrip(" ,،"))
                for _ in range(2):
                    more = _MORE.match(text.text, end)
                    end = more.end() if more else end
                yield Finding(match.start(), end, Kind.ADDRESS, certain=True)
