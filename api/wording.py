"""Sentences in the language that a caller asked for; English where a translation is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import flask_babel

from registry.errors import CommonsError, Invalid, Problem
from registry.intake.bulk.table import Note


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is said in this language, what an error says too."""
    with flask_babel.force_locale(language):
        try:
            yield
        except CommonsError as error:
            error.message = translated(error.message)
            if isinstance(error, Invalid):
                error.problems = tuple(
                    Problem(found.pointer, translated(found.message), found.facts) for found in error.problems
                )
            raise


def say(note: Note) -> str:
    """A sentence with its facts filled in."""
    sentence = translated(note.message)
    return sentence % note.facts if note.facts else sentence


def translated(message: str) -> str:
    """A sentence whose facts are still to be filled in."""
    return str(flask_babel.gettext(message)) if message else ""
