"""Regions of the world, and the countries in them. Pure.

Numbers of the geographical regions of the United Nations (Standard Country or Area Codes for
Statistical Use, Series M, No. 49), the finest there are. Countries by ISO 3166-1. Taiwan is not in
that list and stands where it lies. Antarctica is a region of its own there and none here.
"""

from __future__ import annotations

from collections.abc import Iterable

COUNTRIES_OF: dict[str, tuple[str, ...]] = {
    region: tuple(countries.split())
    for region, countries in {
        "005": "AR BO BR BV CL CO EC FK GF GS GY PE PY SR UY VE",
        "011": "BF BJ CI CV GH GM GN GW LR ML MR NE NG SH SL SN TG",
        "013": "BZ CR GT HN MX NI PA SV",
        "014": "BI DJ ER ET IO KE KM MG MU MW MZ RE RW SC SO SS TF TZ UG YT ZM ZW",
        "015": "DZ EG EH LY MA SD TN",
        "017": "AO CD CF CG CM GA GQ ST TD",
        "018": "BW LS NA SZ ZA",
        "021": "BM CA GL PM US",
        "029": "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
        "030": "CN HK JP KP KR MN MO TW",
        "034": "AF BD BT IN IR LK MV NP PK",
        "035": "BN ID KH LA MM MY PH SG TH TL VN",
        "039": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA",
        "053": "AU CC CX HM NF NZ",
        "054": "FJ NC PG SB VU",
        "057": "FM GU KI MH MP NR PW UM",
        "061": "AS CK NU PF PN TK TO TV WF WS",
        "143": "KG KZ TJ TM UZ",
        "145": "AE AM AZ BH CY GE IL IQ JO KW LB OM PS QA SA SY TR YE",
        "151": "BG BY CZ HU MD PL RO RU SK UA",
        "154": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
        "155": "AT BE CH DE FR LI LU MC NL",
    }.items()
}
"""Region → its countries."""
REGION_OF: dict[str, str] = {
    country: region for region, countries in COUNTRIES_OF.items() for country in countries
}
"""Country → its region."""


def regions_of(countries: Iterable[str]) -> tuple[str, ...]:
    """The regions of these countries, each once, sorted; what lies in none is left out."""
    return tuple(sorted({REGION_OF[country] for country in countries if country in REGION_OF}))
