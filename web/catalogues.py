"""Message catalogues: ``python -m web.catalogues extract|update|compile``.

``extract`` gathers every message of code and templates into ``web/translations/messages.pot``,
``update`` brings new messages into the catalogues of each language, ``compile`` makes what pages
read at run time (``.mo`` files, not kept in the repository). ``make setup`` compiles.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "translations"
TEMPLATE = FOLDER / "messages.pot"
PACKAGES = ("registry", "search", "api", "web")
KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "_l": None}
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2")]
OPTIONS = {
    pattern: {"silent": "false", "newstyle_gettext": "true", "encoding": "utf-8"}
    for pattern in ("**/templates/**.html", "templates/**.html")
}
LANGUAGES = ("fr", "es", "ar")
"""Languages with a catalogue; English needs none."""


def extract() -> Catalog:
    """Every message with the files it occurs in; a template that cannot be parsed is an error."""
    catalog = Catalog(
        header_comment="# Messages of Incident Commons.",
        project="Incident Commons",
        copyright_holder="Incident Commons",
        msgid_bugs_address="translations@incident-commons.example",
        charset="utf-8",
        fuzzy=False,
    )
    for package in PACKAGES:
        found = extract_from_dir(str(ROOT / package), METHODS, OPTIONS, keywords=KEYWORDS)
        for path, _, message, comments, context in found:
            catalog.add(message, None, [(f"{package}/{path}", 0)], auto_comments=comments, context=context)
    return catalog


def write_template(catalog: Catalog) -> None:
    """Write the template from which catalogues are updated."""
    _write(TEMPLATE, catalog)


def update(catalog: Catalog) -> None:
    """Bring new messages into every language; translations that are no longer used go."""
    for language in LANGUAGES:
        path = FOLDER / language / "LC_MESSAGES" / "messages.po"
        existing = read(path, language) if path.exists() else Catalog(locale=language)
        existing.update(catalog, no_fuzzy_matching=True)
        existing.obsolete.clear()
        _write(path, existing)


def compile_all() -> int:
    """Compile each catalogue that is newer than its compiled form; returns how many were compiled."""
    done = 0
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/messages.po")):
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        with compiled.open("wb") as file:
            write_mo(file, read(path, path.parts[-3]))
        done += 1
    return done


def read(path: Path, language: str) -> Catalog:
    """A catalogue as it stands."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _write(path: Path, catalog: Catalog) -> None:
    """Write a catalogue, unless nothing but the time of its making would change."""
    rendered = io.BytesIO()
    write_po(rendered, catalog, width=100, ignore_obsolete=True, sort_output=True)
    content = rendered.getvalue()
    if path.exists() and _without_time(path.read_bytes()) == _without_time(content):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _without_time(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if not line.startswith(b'"POT-Creation-Date:')]


def main(arguments: list[str]) -> int:
    """Run one of the three steps; returns the exit code."""
    if arguments == ["compile"]:
        compile_all()
    elif arguments == ["extract"]:
        write_template(extract())
    elif arguments == ["update"]:
        catalog = extract()
        write_template(catalog)
        update(catalog)
    else:
        print(__doc__, file=sys.stderr)  # noqa: T201 - for people
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
