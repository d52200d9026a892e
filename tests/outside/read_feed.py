"""feedparser, which nobody here wrote, reads a feed and tells it as JSON: ``python read_feed.py URL``."""

from __future__ import annotations

import json
import sys

import feedparser

found = feedparser.parse(sys.argv[1])
told = {
    "faults": str(found.get("bozo_exception", "")) if found.bozo else "",
    "version": found.version,
    "title": found.feed.title,
    "entries": [
        {"id": one.id, "title": one.title, "updated": one.updated, "link": one.link, "summary": one.summary}
        for one in found.entries
    ],
}
sys.stdout.write(json.dumps(told))
