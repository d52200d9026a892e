"""The short notation in which demo accounts are written, next to the JSON shape of an account.

- every scalar is text, so that ``NO`` is Norway and ``2026`` a date; one blank line parts paragraphs;
- ``happened: 2024-02 to 2024-09``; ``countries: KE, UG``; the language is the file's;
- ``classification: {failure: missed no-check}`` lists slugs, the main one first, without the facet's name;
- ``detected: 20h``, ``not-yet``, ``unknown`` or ``withheld``; ``told: {affected: done}``.

The JSON shape itself is in ``registry.account.types``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registry.account.types import MILESTONES


def account_json(raw: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The account's JSON from its short notation; parts that are absent stay absent."""
    whole = dict(raw) | {"language": language}
    if "text" in raw:
        whole["text"] = raw["text"].replace("\n", "\n\n")
    if "happened" in raw:
        start, _, end = raw["happened"].partition(" to ")
        whole["happened"] = {"from": start} | ({"to": end} if end else {})
    if "countries" in raw:
        whole["countries"] = raw["countries"].split(", ")
    if "classification" in raw:
        whole["classification"] = {
            facet: [f"{facet}/{slug}" for slug in slugs.split()]
            for facet, slugs in raw["classification"].items()
        }
    if "response" in raw:
        whole["response"] = _response(raw["response"])
    return whole


def _response(raw: Mapping[str, Any]) -> dict[str, Any]:
    out = dict(raw)
    for milestone in MILESTONES:
        if milestone in raw:
            out[milestone] = _interval(raw[milestone])
    if "told" in raw:
        out["told"] = [
            {"audience": f"audience/{name}", "state": state} for name, state in raw["told"].items()
        ]
    return out


def _interval(written: str) -> dict[str, Any]:
    if written.endswith("h"):
        return {"answer": "after", "hours": int(written[:-1])}
    return {"answer": written}
