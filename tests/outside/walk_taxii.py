"""taxii2-client, stix2 and stix2-validator, which nobody here wrote: ``python walk_taxii.py URL TITLE TYPE``.

Walks the collection whose title begins so in pages of several sizes and by ``added_after``, validates every
page as a bundle, and prints as JSON what was found.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from stix2 import Filter, TAXIICollectionSource
from stix2validator import ValidationOptions, validate_string
from taxii2client.v21 import Collection, Server, as_pages

BUNDLE = "bundle--5d0092c5-5f74-4287-9642-33f4c354e56d"
KEY = "{id} {version}"


def main(url: str, title: str, kind: str) -> dict[str, Any]:
    """What is found at the address of the discovery; ``kind`` is the type of the objects to ask for."""
    (collection,) = (one for one in Server(url).default.collections if one.title.startswith(title))
    lines = [line for page in as_pages(collection.get_manifest, per_request=50) for line in page["objects"]]
    pages = list(as_pages(collection.get_objects, per_request=100))
    objects = [one for page in pages for one in page["objects"]]
    half = lines[len(lines) // 2]["date_added"]
    source = TAXIICollectionSource(collection, items_per_page=70)
    queried = source.query([Filter("type", "=", kind)])
    return {
        "manifest": [KEY.format(**line) for line in lines],
        "dates": [line["date_added"] for line in lines],
        "walked": {str(size): _walk(collection, size) for size in (7, 100, 100_000)},
        "by_date": _by_date(collection),
        "after_half": _after(collection, half),
        "half": len(lines) // 2,
        "faults": [fault for page in pages for fault in _faults(page["objects"])],
        "queried": sorted(one["id"] for one in queried),
        "got": json.loads(source.get(queried[0]["id"]).serialize())["id"],
        "missing": source.get(f"{kind}--5d0092c5-5f74-4287-9642-33f4c354e56d"),
        "revoked": sorted(one["id"] for one in objects if one.get("revoked")),
    }


def _walk(collection: Collection, size: int) -> list[str]:
    pages = as_pages(collection.get_objects, per_request=size)
    return [_key(one) for page in pages for one in page["objects"]]


def _after(collection: Collection, moment: str) -> list[str]:
    pages = as_pages(collection.get_objects, per_request=20, added_after=moment)
    return [one["id"] for page in pages for one in page["objects"]]


def _by_date(collection: Collection) -> list[str]:
    """Everything, going on each time after the date that came with the last object."""
    found: list[str] = []
    after = "2000-01-01T00:00:00.000Z"
    while page := collection.get_manifest(added_after=after, limit=13).get("objects"):
        found += [KEY.format(**line) for line in page]
        after = page[-1]["date_added"]
    return found


def _faults(objects: list[dict[str, Any]]) -> list[str]:
    bundle = json.dumps({"type": "bundle", "id": BUNDLE, "objects": objects})
    result = validate_string(bundle, ValidationOptions(version="2.1"))
    return [str(error) for error in result.errors]


def _key(one: dict[str, Any]) -> str:
    return KEY.format(id=one["id"], version=one.get("modified", one["created"]))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
