"""All that anybody outside can get hold of in a world, as comparable bytes under a name each."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from werkzeug.routing import Rule

from registry.record.ids import object_uuid
from tests.web.two_worlds.founding import World, log_lines
from web.pages.guard import PRIVATE

Seen = dict[str, bytes]
"""Name of a thing → what it holds, random values replaced."""
LANGUAGES = ("", "/fr", "/es", "/ar")
WORDS = ("", "?q=pharmacist", "?q=dose&sort=newest&country=KE")
SPOKEN = ("search", "record")
"""Blueprints whose pages show records, in several languages."""
SEARCHES = ("search.page", "api_search.get_search")
"""Endpoints that are asked with every word above."""
ASKED = dict.fromkeys(("oai.answer", "oai.relations"), ("", "?verb=ListRecords&metadataPrefix=commons"))
"""Endpoint → what else it is asked."""
MOVING_HEADERS = frozenset({"Date", "Set-Cookie", "ETag"})
"""Random or of the moment; an ETag is made from the body, which is compared itself."""
RANDOM_IN_PAGES = (
    re.compile(rb'(name="csrf_token" value=")[^"]+'),
    re.compile(rb"(once=)[A-Za-z0-9_-]+"),
    re.compile(rb"(challenge&#34;: &#34;)[A-Za-z0-9_-]+"),
    re.compile(rb"(^)[A-Za-z0-9+/]{43}=$", re.MULTILINE),  # hashes of a path, made of random ones
)
RANDOM_COLUMNS = {("publication", "token"): "token", ("record_version", "salt"): "salt"} | {
    ("record_version", "commitment"): "commitment",
    ("trail_head", "hash"): "trail",
    ("change_token", "token"): "token",
    ("ledger_node", "hash"): "hash",
    ("ledger_checkpoint", "note"): "note",
}
"""Columns of the public database that are drawn at random, or made from such."""
PUBLIC_DATABASE = "public.sqlite"


def capture(world: World, languages: Collection[str] = LANGUAGES) -> Seen:
    """Pages and API as nobody in particular reads them, index, logs, and the whole public database.

    Records and searches are read in these languages; what says nothing of records is read once.
    """
    logged = "\n".join(log_lines(world)).encode()
    seen = {"log": logged} | dict(_answers(world, languages))
    seen |= dict(_rows(world.folder))
    seen |= dict(_index(world.folder / "index"))
    return {name: _without(seen[name], randoms(world.folder)) for name in seen}


def randoms(folder: Path) -> list[tuple[bytes, bytes]]:
    """Every random value of the public database in the spellings in which it may be told → its label."""
    found = []
    with sqlite3.connect(folder / PUBLIC_DATABASE) as database:
        for (table, column), label in RANDOM_COLUMNS.items():
            for (value,) in database.execute(f'SELECT "{column}" FROM "{table}"'):  # noqa: S608 - names from above
                raw = value if isinstance(value, bytes) else str(value).encode()
                spellings = raw, raw.hex().encode(), base64.b64encode(raw)
                found += [(spelling, f"({label})".encode()) for spelling in spellings]
    return found


def raw_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The very bytes of what may be copied: the public database with its log of writes, and the index."""
    yield from ((path.name, path.read_bytes()) for path in sorted(folder.glob(f"{PUBLIC_DATABASE}*")))
    for path in sorted((folder / "index").rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def _answers(world: World, languages: Collection[str]) -> Iterator[tuple[str, bytes]]:
    visitor = world.app.test_client()
    for rule in world.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        blueprint = rule.endpoint.partition(".")[0]
        if rule.arguments and (blueprint in PRIVATE or rule.endpoint.startswith(HIDDEN)):
            continue  # what has an id there is nobody else's; that is a test of its own
        for path in _paths(world, rule):
            for prefix in languages if blueprint in SPOKEN else ("",):
                answer = visitor.get(prefix + path)
                headers = sorted((k, v) for k, v in answer.headers if k not in MOVING_HEADERS)
                body = answer.get_data()
                for pattern in RANDOM_IN_PAGES:
                    body = pattern.sub(rb"\1", body)
                yield f"GET {prefix}{path}", f"{answer.status_code} {headers}\n".encode() + body


SEGMENTS = (".trm", ".pst", ".col", ".voc")
"""Files of the index that hold words, postings, cards and spellings."""
HIDDEN = (
    *("api_submissions.", "api_reviews.", "api_offers.", "api_attachments.", "api_originals."),
    *("api_second-codings.", "api_questions.", "api_notes.", "api_queue.", "api_appeals.", "api_own-work."),
    "api_care.",
)
"""Operations on what belongs to organizations."""


def _paths(world: World, rule: Rule) -> Iterator[str]:
    """Every address of a rule; an argument that is not known here has to be taught."""
    ids = [change.record_id for change in world.node.records.changes_since(0)]
    known: Mapping[str, list[str]] = {
        "record_id": ids,
        "revision": ["1"],
        "name": ["latest"],
        "collection": ["records"],
        "object_id": [f"incident--{object_uuid(one, 0)}" for one in ids],
        "file_name": ["records.csv", "manifest.json"],
        "number": ["1"],
        "facet": ["failure", "sector"],
        "facet_id": ["failure", "sector"],
        "node_id": ["A" * 52],
        "path": ["tile/entries/000"],
        "tile": ["entries/000.p/1", "0/000.p/1", "entries/000"],
        "commitment": ["0" * 64],
        "origin_hash": ["0" * 64],
    }
    built = [{}]
    for argument in sorted(rule.arguments):
        assert argument in known, f"{rule}: say in tests/web/two_worlds/capture.py what {argument} can be"
        built = [one | {argument: value} for one in built for value in known[argument]]
    for one in built:
        path = rule.build(one, append_unknown=False)
        assert path is not None
        for words in WORDS if rule.endpoint in SEARCHES else ASKED.get(rule.endpoint, ("",)):
            yield path[1] + words


def _rows(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every row of every table, in the order in which it lies there."""
    with sqlite3.connect(folder / PUBLIC_DATABASE) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in sorted(names):
            rows = database.execute(f'SELECT rowid, * FROM "{name}" ORDER BY rowid').fetchall()  # noqa: S608 - its own
            lines = [_unrandom(name, database, row) for row in rows]
            yield f"table {name}", "\n".join(lines).encode()
        counted = [database.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "freelist_count")]
        yield "pages of the public database", repr(counted).encode()


def _unrandom(table: str, database: sqlite3.Connection, row: tuple[object, ...]) -> str:
    columns = ["rowid", *(found[1] for found in database.execute(f'PRAGMA table_info("{table}")'))]
    shown = [RANDOM_COLUMNS.get((table, column), value) for column, value in zip(columns, row, strict=True)]
    return repr(shown)


def _index(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the index with its time; names of segments and builds are drawn at random."""
    labels: dict[str, str] = {}
    for path in sorted(folder.rglob("*"), key=_place):
        stem, suffix = path.name.partition(".")[0], path.suffix
        drawn = suffix in SEGMENTS or stem.startswith("build-")
        label = labels.setdefault(stem, f"segment {len(labels)}") if drawn else stem
        yield f"index {label}{suffix}", _told(path)


def _place(path: Path) -> tuple[str, int, str]:
    """By kind and size: the names of segments have no order."""
    return path.suffix, path.stat().st_size if path.is_file() else 0, path.name


def _told(path: Path) -> bytes:
    """The time of a file, and what it holds without names that were drawn."""
    moment = f"{path.stat().st_mtime_ns}\n".encode()
    if path.name == "MANIFEST":  # its time is made from its content
        told = json.loads(path.read_bytes())
        return repr([told["position"], told["documents"], told["generation"], len(told["files"])]).encode()
    return moment + path.read_bytes() if path.suffix in SEGMENTS else moment


def _without(told: bytes, values: list[tuple[bytes, bytes]]) -> bytes:
    for value, label in values:
        told = told.replace(value, label)
    return told
