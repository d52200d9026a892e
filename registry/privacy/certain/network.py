"""Addresses of machines: IP (v4, v6), MAC, and the IMEI of a telephone."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from stdnum import imei

from registry.privacy.findings import Finding, Kind
from registry.privacy.folding import Folded

_V4 = re.compile(r"(?<![\w.])\d{1,3}(?:(?:\.|\[\.\])\d{1,3}){3}(?![\w]|\.\d)(?:/\d{1,2}|:\d{2,5})?")
_V6 = re.compile(r"(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_MAC = re.compile(
    r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])|(?<!\w)[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?!\w)"
)
_IMEI = re.compile(r"(?<![\w-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\w-])")
_HOST_END = re.compile(r"[/:]")
_VERSION = re.compile(
    r"\b(?:v|version|versión|release|firmware|build|client|cliente)\.? ?$|العميل ?$", re.IGNORECASE
)

_PUBLIC = frozenset(
    {
        "8.8.8.8",
        "8.8.4.4",
        "1.1.1.1",
        "1.0.0.1",
        "9.9.9.9",
        "127.0.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "255.255.255.255",
    }
)


class Network:
    """Finds addresses of machines."""

    def find(self, text: Folded, _language: str) -> Iterator[Finding]:
        """Certain findings."""
        if not text.has_digit and ":" not in text.text:
            return
        for match in _V4.finditer(text.text):
            if (
                _is_address(match.group())
                and not _is_everybodys(match.group())
                and not _VERSION.search(text.text[max(0, match.start() - 12) : match.start()])
            ):
                yield Finding(match.start(), match.end(), Kind.NETWORK, certain=True)
        for match in _V6.finditer(text.text):
            if _is_address(match.group()) and any(c.isalnum() for c in match.group()):
                yield Finding(match.start(), match.end(), Kind.NETWORK, certain=True)
        for match in _MAC.finditer(text.text):
            yield Finding(match.start(), match.end(), Kind.NETWORK, certain=True)
        for match in _IMEI.finditer(text.text):
            if imei.is_valid(match.group()):
                yield Finding(match.start(), match.end(), Kind.NETWORK, certain=True)


def _is_everybodys(written: str) -> bool:
    """Public name servers, and whole networks such as ``10.0.0.0/8``."""
    host = written.partition("/")[0]
    return host in _PUBLIC or ("/" in written and host.endswith(".0"))


def _is_address(written: str) -> bool:
    written = written.replace("[.]", ".")  # as those write who want no link of it
    try:
        ipaddress.ip_address(written.partition("/")[0] if "." not in written else _HOST_END.split(written)[0])
    except ValueError:
        return False
    return True
