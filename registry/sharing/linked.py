"""A public record in the vocabulary of schema.org, for programs that read pages. Pure."""

from __future__ import annotations

from itertools import chain
from typing import Any

from registry.account.fields import NO_COUNTRY
from registry.record.types import Origin, PublicRecord
from registry.sharing.dublin import PLAIN, rights, standing
from registry.sharing.licences import ADDRESSES
from registry.sharing.place import Place
from taxonomy import Taxonomy

ABSTRACT = 1_000
"""Characters of the text; the page has the whole of it."""


def describe(record: PublicRecord, taxonomy: Taxonomy, place: Place) -> dict[str, Any]:
    """A ``Report`` (https://schema.org/Report) as JSON-LD; what is not known is left out."""
    account, source = record.account, record.provenance
    licence = rights(record)
    codes = chain.from_iterable(record.codes().values())
    whole: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": place.page(record.id),
        "url": place.page(record.id),
        "identifier": record.id,
        "name": account.title,
        "headline": account.title[:110],
        "abstract": " ".join(part for part in (standing(record), account.text[:ABSTRACT]) if part),
        "inLanguage": account.language,
        "datePublished": record.published.isoformat(),
        "dateModified": record.modified.isoformat(),
        "version": str(record.revision),
        "creativeWorkStatus": "" if record.state in PLAIN else record.state.value.capitalize(),
        "license": ADDRESSES.get(licence, licence),
        "creditText": source.attribution,
        "isBasedOn": source.url,
        "publisher": {"@type": "Organization", "name": place.name, "url": place.address},
        "keywords": [taxonomy.label(code) for code in codes if code in taxonomy],
        "contentLocation": [{"@type": "Country", "identifier": code} for code in _countries(record)],
        "temporalCoverage": "/".join(account.happened.told) if account.happened else "",
        "citation": list(account.links),
        "isPartOf": {"@type": "Dataset", "@id": f"{place.address}/catalog#records", "name": place.name},
        "isAccessibleForFree": True,
    }
    if source.origin is Origin.OWN and source.contributor:
        whole["author"] = {"@type": "Organization", "description": source.contributor}
    return {key: value for key, value in whole.items() if value not in ("", [])}


def _countries(record: PublicRecord) -> list[str]:
    return [code for code in record.account.countries if code not in NO_COUNTRY]
