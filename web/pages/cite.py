"""How to cite a record: one line of text, and an entry for reference managers. Pure."""

from __future__ import annotations

import re

from registry.record.types import Origin, PublicRecord

_SPECIAL = re.compile(r"([\\{}%$&#_^~])")


def publisher(record: PublicRecord, node_name: str) -> str:
    """Who published it: this node, or the collection that it comes from."""
    source = record.provenance
    return node_name if source.origin is Origin.OWN else source.attribution or source.source


def plain(record: PublicRecord, node_name: str, url: str) -> str:
    """A citation in one line, with the revision that was read."""
    return (
        f"{publisher(record, node_name)} ({record.published.year}). {record.account.title}. "
        f"Incident record {record.id}, version {record.revision}. {url}"
    )


def bibtex(record: PublicRecord, node_name: str, url: str) -> str:
    """A BibTeX entry of type ``misc``."""
    lines = {
        "title": f"{{{_escape(record.account.title)}}}",
        "author": f"{{{_escape(publisher(record, node_name))}}}",
        "year": str(record.published.year),
        "howpublished": f"Incident record {_escape(record.id)}, version {record.revision}",
        "url": url,
    }
    key = re.sub(r"[^A-Za-z0-9-]", "-", record.id)
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in lines.items())
    return f"@misc{{{key},\n{body}}}"


def _escape(text: str) -> str:
    one_line = " ".join(text.split())
    return _SPECIAL.sub(lambda found: _NAMED.get(found[1], "\\" + found[1]), one_line)


_NAMED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
