"""A public record in the vocabulary of schema.org, for programs that read pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from registry.account.fields import NO_COUNTRY
from registry.record.types import PART_OF, SAME_AS, Origin, PublicRecord
from registry.sharing.dublin import PLAIN, rights, standing
from registry.sharing.licences import ADDRESSES
from registry.sharing.place import Place
from taxonomy import Taxonomy

Tie = tuple[str, str]
"""How a record belongs to another one, and the id of that."""
ABSTRACT = 1_000
"""Characters of the text; the page has the whole of it."""


@dataclass(frozen=True, slots=True)
class Word:
    """What another node says of this record and another one; ``about`` are both."""

    node: str
    node_name: str
    relation: str
    about: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Records that belong to a record, by their ids, and what other nodes say of it.

    The incidents that it is part of, the reports that are part of it, those of the same event, and the
    records that a statement is about.
    """

    incidents: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    same_event: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()

    @classmethod
    def of(cls, named: Iterable[Tie], pointing: Iterable[Tie], words: Iterable[Word]) -> Group:
        """Of the records that it names and those that point to it, each with how and its id."""
        there, back = list(named), list(pointing)
        return cls(
            incidents=_ids(there, PART_OF),
            parts=_ids(back, PART_OF),
            same_event=_ids([*there, *back], SAME_AS),
            about=tuple(dict.fromkeys(key for how, key in there if how not in (PART_OF, SAME_AS))),
            words=tuple(words),
        )


def _ids(ties: Iterable[Tie], wanted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for how, key in ties if how == wanted))


ALONE = Group()


def describe(record: PublicRecord, taxonomy: Taxonomy, place: Place, group: Group = ALONE) -> dict[str, Any]:
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
        "isBasedOn": source.link,
        "publisher": {"@type": "Organization", "name": place.name, "url": place.address},
        "keywords": [taxonomy.label(code) for code in codes if code in taxonomy],
        "contentLocation": [{"@type": "Country", "identifier": code} for code in _countries(record)],
        "temporalCoverage": "/".join(account.happened.told) if account.happened else "",
        "citation": list(account.links),
        "isAccessibleForFree": True,
        **_belonging(group, place),
    }
    if source.origin is Origin.OWN and source.contributor:
        whole["author"] = {"@type": "Organization", "description": source.contributor}
    return {key: value for key, value in whole.items() if value not in ("", [])}


def _belonging(group: Group, place: Place) -> dict[str, Any]:
    """The dataset and incidents that it is part of, its parts, its event, and who says what of it."""
    dataset = {"@type": "Dataset", "@id": f"{place.address}/catalog#records", "name": place.name}
    incidents, parts, others = (
        _reports(some, place) for some in (group.incidents, group.parts, group.same_event)
    )
    event = [{"@type": "Event", "subjectOf": others}] if others else []
    return {
        "isPartOf": [dataset, *incidents] if incidents else dataset,
        "hasPart": parts,
        "about": [*_reports(group.about, place), *event],
        "subjectOf": [_claim(word, place) for word in group.words],
    }


def _claim(word: Word, place: Place) -> dict[str, Any]:
    """Somebody's word (https://schema.org/Claim): nobody here has checked it."""
    return {
        "@type": "Claim",
        "author": {"@type": "Organization", "identifier": word.node, "name": word.node_name},
        "text": f"{word.about[0]} {word.relation} {word.about[1]}",
        "about": _reports(word.about, place),
    }


def _reports(ids: tuple[str, ...], place: Place) -> list[dict[str, Any]]:
    return [{"@type": "Report", "@id": place.page(one), "identifier": one} for one in ids]


def _countries(record: PublicRecord) -> list[str]:
    return [code for code in record.account.countries if code not in NO_COUNTRY]
