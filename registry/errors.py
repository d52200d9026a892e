"""Errors of the field: they carry facts, never a status code.

One table in ``api/problems.py`` maps them to RFC 9457 problem responses, another in
``web/errors.py`` to pages; the command line prints their text. Messages are English gettext ids
with ``%(name)s`` placeholders, and the facts stand apart, so that every face can translate them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for extraction and return it unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where (JSON pointer, RFC 6901), what, and the facts of the sentence."""

    pointer: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence with its facts filled in."""
        return self.message % self.facts if self.facts else self.message

    def under(self, prefix: str) -> Problem:
        """The same problem seen from a containing document: ``/title`` under ``/account``."""
        return Problem(prefix + self.pointer, self.message, self.facts)


class CommonsError(Exception):
    """Base of every error that a person can do something about."""

    message = N_("Something went wrong.")

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.message = message or type(self).message
        self.facts: dict[str, object] = facts
        super().__init__(self.text)

    @property
    def text(self) -> str:
        """The English sentence."""
        return self.message % self.facts if self.facts else self.message


class Invalid(CommonsError):
    """The input breaks rules of the field; ``problems`` says where and which, never empty."""

    message = N_("Some answers need attention.")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__()

    @property
    def text(self) -> str:
        """The general sentence followed by each problem, for the command line."""
        return "; ".join([self.message, *(f"{p.pointer or '/'}: {p}" for p in self.problems)])


class Malformed(CommonsError):
    """The input could not be read at all: broken JSON, wrong encoding, too deep."""

    message = N_("The request could not be read.")


class TooLarge(CommonsError):
    """The input is larger than stated bounds."""

    message = N_("This is too large. The limit is %(limit)s.")


class NotFound(CommonsError):
    """No such thing, or none that this actor may know of."""

    message = N_("There is nothing at this address.")


class Gone(CommonsError):
    """A tombstone: it was here and was removed on purpose; facts: ``reason``, ``successor``."""

    message = N_("This record was removed.")


class NotSignedIn(CommonsError):
    """The act needs a person or a client, and there is none."""

    message = N_("Sign in first.")


class NotAllowed(CommonsError):
    """The actor is known and may not do this."""

    message = N_("You may not do this with your present roles.")


class Conflict(CommonsError):
    """The object's present state does not allow the act."""

    message = N_("This cannot be done in the present state.")


class NotReady(Conflict):
    """Something has to be done first; ``problems`` names all of it, each with what to do, never empty."""

    message = N_("This is not ready yet. Some things have to be decided first.")

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__()

    @property
    def text(self) -> str:
        """The general sentence followed by each problem, for the command line."""
        return " ".join([self.message, *(str(problem) for problem in self.problems)])


class PreconditionMissing(CommonsError):
    """A conditional write came without ``If-Match`` (RFC 6585 section 3)."""

    message = N_("Say which version you are changing: send its ETag in If-Match.")


class Stale(CommonsError):
    """Somebody else changed the object in between (RFC 9110 section 13.1.1)."""

    message = N_("This was changed in the meantime. Load it again and repeat your change.")


class TooManyTries(CommonsError):
    """A limit on tries was reached; facts ``retry_after`` in seconds, and ``limit``, its name."""

    message = N_("Too many tries. Wait a little and try again.")


class Unavailable(CommonsError):
    """A part we depend on does not answer; nothing was stored. Fact ``retry_after`` in seconds."""

    message = N_("The registry cannot do this right now. Nothing was lost; please try again.")


class SettingError(CommonsError):
    """A setting is missing or makes no sense; raised at start only."""

    message = N_("Setting %(name)s: %(reason)s")
