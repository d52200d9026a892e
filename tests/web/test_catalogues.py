"""Message catalogues: complete, current, and safe to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment

from web import catalogues
from web.pages.language import LANGUAGES

PLACE = re.compile(r"%\(\w+\)[sd]|<[^>]+>")
"""What a translation must carry over: named places, and tags where a message has any."""


def catalogue(language: str) -> Catalog:
    return catalogues.read(catalogues.FOLDER / language / "LC_MESSAGES" / "messages.po", language)


def forms(message: Message) -> list[str]:
    """Every text of a translation: one, or one for each plural form of the language."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def test_there_is_a_catalogue_for_each_language_but_the_one_we_write_in() -> None:
    assert set(catalogues.LANGUAGES) == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_catalogue_has_just_the_messages_of_the_code(language: str) -> None:
    assert {m.id for m in messages(catalogue(language))} == {m.id for m in messages(catalogues.extract())}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_every_message_is_translated_in_every_form(language: str) -> None:
    found = catalogue(language)
    lacking = [m.id for m in messages(found) if m.fuzzy or not all(forms(m))]
    lacking += [m.id for m in messages(found) if m.pluralizable and len(forms(m)) != found.num_plurals]
    assert lacking == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_translations_keep_every_place_to_fill_in(language: str) -> None:
    """A singular or dual may leave the number out; the general form may not, and none invents a place."""
    wrong = []
    for message in messages(catalogue(language)):
        given = message.id if isinstance(message.id, str) else message.id[1]
        wanted, texts = set(PLACE.findall(given)), forms(message)
        found = [set(PLACE.findall(text)) for text in texts]
        if found[-1] != wanted or any(extra - wanted for extra in found):
            wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_translation_has_a_stray_percent_sign(language: str) -> None:
    """``text % facts`` would fail on the page of a person who reads this language only."""
    for message in messages(catalogue(language)):
        if not PLACE.search(str(message.id)):
            continue
        for text in forms(message):
            assert text % dict.fromkeys(re.findall(r"%\((\w+)\)", text), 1)


def test_every_template_can_be_read_for_messages() -> None:
    """A template that the extractor cannot parse would lose its messages."""
    seen = {place for message in catalogues.extract() for place, _ in message.locations}
    templates = Path(catalogues.ROOT / "web" / "templates")
    for path in templates.rglob("*.html"):
        speaks = list(Environment(extensions=["jinja2.ext.i18n"]).extract_translations(path.read_text()))  # noqa: S701 - nothing is rendered
        name = path.relative_to(catalogues.ROOT).as_posix()
        assert bool(speaks) == (name in seen), name


def test_an_update_without_new_messages_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr(catalogues, "TEMPLATE", tmp_path / "messages.pot")
    assert catalogues.main(["update"]) == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.po*")}
    assert len(before) == 1 + len(catalogues.LANGUAGES)
    assert catalogues.main(["update"]) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.po*")} == before


def test_an_unknown_step_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["translate"]) == 2
    assert "extract|update|compile" in capsys.readouterr().err
