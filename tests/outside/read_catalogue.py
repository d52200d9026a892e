"""pyshacl and extruct, which nobody here wrote.

``python read_catalogue.py SHAPES TURTLE`` or ``python read_catalogue.py page HTML URL``.

Prints as JSON whether the graph conforms to the shapes, or the JSON-LD that stands in a page.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import extruct
import pyshacl


def main(first: str, second: str, *more: str) -> object:
    """What they say."""
    if first == "page":
        return extruct.extract(Path(second).read_text("utf-8"), base_url=more[0], syntaxes=["json-ld"])[
            "json-ld"
        ]
    conforms, _, text = pyshacl.validate(
        Path(second).read_text("utf-8"),
        data_graph_format="turtle",
        shacl_graph=Path(first).read_text("utf-8"),
        shacl_graph_format="turtle",
    )
    return {"conforms": conforms, "violations": text.count("Constraint Violation"), "text": text}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
