"""Sickle and oaipmh, two harvesters that nobody here wrote: ``python harvest_oai.py URL``.

Prints as JSON what each of them found, so that a test can compare.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from oaipmh.client import Client
from oaipmh.metadata import MetadataRegistry, oai_dc_reader
from sickle import Sickle
from sickle.oaiexceptions import BadArgument, BadResumptionToken, CannotDisseminateFormat, NoRecordsMatch


def main(url: str) -> dict[str, Any]:
    """What both say of the node at this address."""
    return {"sickle": _sickle(url), "oaipmh": _oaipmh(url)}


def _sickle(url: str) -> dict[str, Any]:
    node = Sickle(url)
    records = list(node.ListRecords(metadataPrefix="oai_dc"))
    headers = [record.header for record in records]
    return {
        "ids": [header.identifier for header in headers],
        "deleted": [header.identifier for header in headers if header.deleted],
        "titles": {r.header.identifier: r.metadata["title"] for r in records if not r.deleted},
        "without_deleted": len(list(node.ListRecords(metadataPrefix="oai_dc", ignore_deleted=True))),
        "commons": len(list(node.ListRecords(metadataPrefix="commons"))),
        "headers": len(list(node.ListIdentifiers(metadataPrefix="oai_dc"))),
        "sets": {
            one.setSpec: len(list(node.ListIdentifiers(metadataPrefix="oai_dc", set=one.setSpec)))
            for one in node.ListSets()
        },
        "formats": [one.metadataPrefix for one in node.ListMetadataFormats()],
        "policy": node.Identify().deletedRecord,
        "one": node.GetRecord(identifier=headers[0].identifier, metadataPrefix="oai_dc").header.identifier,
        "refused": {
            "from the future": _refusal(
                lambda: node.ListRecords(metadataPrefix="oai_dc", **{"from": "2999-01-01"})
            ),
            "junk token": _refusal(lambda: node.ListRecords(resumptionToken="junk")),
            "no prefix": _refusal(node.ListRecords),
            "other prefix": _refusal(lambda: node.ListRecords(metadataPrefix="marc21")),
        },
    }


def _refusal(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (BadArgument, BadResumptionToken, CannotDisseminateFormat, NoRecordsMatch) as refused:
        return type(refused).__name__
    return "none"


def _oaipmh(url: str) -> dict[str, Any]:
    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Client(url, registry)
    client.updateGranularity()
    found = list(client.listRecords(metadataPrefix="oai_dc"))
    return {
        "ids": [header.identifier() for header, _, _ in found],
        "deleted": [header.identifier() for header, _, _ in found if header.isDeleted()],
        "name": client.identify().repositoryName(),
        "mail": client.identify().adminEmails(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])))
