"""E-mail addresses, also as people write them to hide them from programs: ``name (at) clinic dot org``.

More is taken than RFC 5321 allows: any letters of any script around the sign, since an address with
a Cyrillic letter in it gives a person away just as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_LOCAL = r"(?<![\w.+'-])[\w+'-][\w.+'%-]{0,199}"
_PLAIN = re.compile(_LOCAL + r" ?@ ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_AT = r"(?:[\[({<] ?(?:at|a|@|arobas[e]?|arroba|chez|ات|آت) ?[\])}>]|(?<=\s)(?:arobase|arroba|arobas)(?=\s))"
_DOT = r"(?:\.|[\[({] ?(?:dot|point|punto|ponto|\.) ?[\])}]|(?<=\s)(?:dot|point|punto|ponto)(?=\s))"
_SPELT = re.compile(
    rf"{_LOCAL} {{0,2}}{_AT} {{0,2}}[\w-]{{1,63}}(?: {{0,2}}{_DOT} {{0,2}}[\w-]{{1,63}}){{1,6}}",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"{_LOCAL} (?:at|arobase|arroba) [\w-]{{1,63}}(?: (?:dot|point|punto|ponto) [\w-]{{1,63}}){{1,6}}",
    re.IGNORECASE,
)


class Emails:
    """Finds e-mail addresses."""

    def find(self, text: Folded, language: str) -> Iterator[Finding]:
        """Certain findings."""
        for pattern in (_PLAIN, _SPELT, _WORDS):
            for match in pattern.finditer(text.text):
                yield Finding(match.start(), match.end(), Kind.EMAIL, certain=True)
