"""Tokens that look like the number of a case, a person, a card, a vehicle or a device."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_CUE = (
    r"(?:\b(?:id|no|nr|number|num[ée]ro|n[úu]mero|n[º°]|case|ref(?:erence)?|file|folio|dossier|expediente|passport|passeport|pasaporte|plate|plaque|placa|matr[íi]cule|matr[íi]cula|"
    r"serial|s/n|sn|token|card|carte|carnet|tarjeta|ticket|user(?:name)?|mrn|member|beneficiary|registration|registro|account|cuenta|compte|licen[cs]e|permit|badge|record|voucher|"
    r"policy|seat|roll|admission|docket|claim|c[ée]dula|code|c[óo]digo|receipt|nik|kk|nomor|nambari|wallet|chip|collar|tag|lot|batch|login|usuario|utilisateur|identifiant|rccm|cin|cni|nni)\b|رقم|ملف|بطاقة|جواز|لوحة|الرقم|كود|رمز|معاملة|قضية)"
)
_CUED = re.compile(
    rf"{_CUE}(?: (?:no|number|n[º°]|num|nr|id|de|is|was|code|رقم|:))?[ .:#=-]{{1,3}}(?P<id>(?=[\w/.-]*\d)[A-Za-z0-9\u0621-\u064a][\w/.-]{{2,40}}(?: \d{{3,8}}| [A-Z]{{1,3}})?)",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![\w@./#-])(?=[A-Za-z0-9/_-]*\d)(?=[A-Za-z0-9/_-]*[A-Za-z])[A-Za-z0-9]+(?:[/_-][A-Za-z0-9]+)*(?:-[A-Za-z0-9]+)*(?![\w@])"
)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}[ -]?\d{2,4}[ -]?[A-Z]{1,3}|[A-Z]{1,3}[ -]\d{3,4}(?:[ -]?\d{2,4})?|\d{1,4}[ -][A-Z]{1,3}[ -]\d{1,4}|[A-Z]{2} \d{5,8}|\d{2,6}[ /-]?[\u0621-\u064a](?: [\u0621-\u064a]){0,2}(?:[ -]\d{1,4})?|[\u0621-\u064a](?:[ /-][\u0621-\u064a]){0,2}[ /-]?\d{3,6}|\d{4}/\d{2,6}/[\u0621-\u064a])(?![\w-])"
)
_LONG = re.compile(r"(?<![\w.,/@$€£:-])\d(?:[\d]|[/-](?=\d)){4,40}(?![\w%])(?!\.\d)")
_WALLET = re.compile(
    r"(?<!\w)(?:0x[0-9a-fA-F]{20,64}|bc1[a-z0-9]{20,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})(?!\w)"
)
_HEX = re.compile(r"(?<![\w-])[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])")
_HARMLESS = re.compile(
    r"(?:v?\d{1,3}(?:\.\d{1,3}){1,3}|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?|[01]?\d/(?:19|20)\d\d|\d{1,3}/\d{1,3}|\d{1,4}-\d{1,4}|\d{1,2}\.?\d{3}/(?:19|20)\d\d|\d{4}-\d\d-\d\d|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|"
    r"(?:gpt|gemini|llama|claude|phi|bert|mistral|qwen|o|covid|h|iso|mi|b|mp|a|r|yolo|resnet|whisper|t|vgg|palm|deepseek)-?v?\d[\w.-]{0,12}|"
    r"\d+(?:st|nd|rd|th|er|ère|ème|e|h|am|pm|k|m|km|kg|mg|ml|g|cm|mm|mb|gb|ghz|hz|px|x|s|min|mcg|ug|iu|ui|b|bit|d|mw|kw|bn|usd|eur|fcfa|cfa)(?:\d\d)?|"
    r"\d{1,2}h\d\d|[A-Z]?\d{1,2}|[1-9]\d?0{3,6}|(?:q|t|s)[1-4])",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"(?:[,.]\d|[%‰]| ?(?:people|persons|households|messages|records|patients|users|euros?|dollars?|francs?|pesos?|shillings?|naira|personnes|ménages|personas|hogares|usuarios|FCFA|USD|EUR|KES|NGN|mg|ml|kg|km|years?|ans|años|days|jours|días|percent)\b)"
)
_LAW = re.compile(
    r"(?:\b(?:law|act|regulation|directive|decree|article|section|loi|décret|règlement|ley|decreto|reglamento|resolución|iso|iec|ieee|rfc|icd|cve)(?: no\.?| n[º°])? ?|القانون رقم |قانون رقم |المادة )$",
    re.IGNORECASE,
)
LEAST_DIGITS = 3


class Ids:
    """Finds tokens that look like somebody's number."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Doubtful findings."""
        for match in _CUED.finditer(text.text):
            if not _HARMLESS.fullmatch(match["id"].rstrip(".")):
                yield Finding(
                    match.start("id"),
                    match.start("id") + len(match["id"].rstrip("./-")),
                    Kind.ID,
                    certain=False,
                )
        for pattern in (_MIXED, _LONG, _PLATE):
            for match in pattern.finditer(text.text):
                if _looks_like_one(text.text, match):
                    yield Finding(match.start(), match.end(), Kind.ID, certain=False)
        for pattern in (_WALLET, _HEX):
            for match in pattern.finditer(text.text):
                yield Finding(match.start(), match.end(), Kind.ID, certain=False)


def _looks_like_one(text: str, match: re.Match[str]) -> bool:
    token = match.group()
    digits = sum(letter.isdigit() for letter in token)
    if digits < LEAST_DIGITS or _HARMLESS.fullmatch(token):
        return False
    if _LAW.search(text[max(0, match.start() - 20) : match.start()]):
        return False
    return not (token.isdigit() and _COUNT.match(text, match.end()))
