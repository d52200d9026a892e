"""The decision table of "is this an incident?". Pure.

Each question is answered with yes, no or not sure, and a row of ``TABLE`` says what follows from the
answer: the next question, a kind, a severity, or that the matter is none for this registry. Kinds and
severities are those of the common taxonomy, and the questions on severity are its decision tests in
plain words: they are put from the worst downwards, and the first yes decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.errors import N_


class Reply(StrEnum):
    """What may be answered."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


REPLIES: dict[Reply, str] = {Reply.YES: N_("Yes"), Reply.NO: N_("No"), Reply.UNSURE: N_("I am not sure")}
"""Reply → words."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``could`` is how it is put where no harm was done; msgids all."""

    name: str
    ask: str
    hint: str = ""
    could: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What follows from one answer: a sentence that says why, and a kind, a severity, or the end.

    ``then`` is the next question; without it the questions are over. ``outside`` says that the matter is
    none for this registry. ``doubt`` marks an answer after which the severity may be higher than found.
    """

    because: str
    then: str | None = None
    kind: str | None = None
    severity: str | None = None
    could: str = ""
    outside: bool = False
    doubt: bool = False


QUESTIONS: tuple[Question, ...] = (
    Question(
        "ai",
        N_("Did an AI system play a part?"),
        N_("Anything that answers, writes, scores, recognises, recommends or steers by itself counts."),
    ),
    Question(
        "harm",
        N_("Was anybody or anything harmed?"),
        N_("Health, rights, money, dignity, the environment. A service that was wrongly refused counts too."),
    ),
    Question(
        "close",
        N_("Was harm about to happen, and stopped in time?"),
        N_("By somebody who noticed, by a safeguard, or by luck."),
    ),
    Question(
        "danger",
        N_("Could the system do harm if it stays as it is?"),
        N_("A weakness that is known or suspected is enough."),
    ),
    Question(
        "community",
        N_("Does a whole community need help from outside to go on living as it did?"),
        could=N_("Could a whole community have needed help from outside to go on living as it did?"),
    ),
    Question(
        "life",
        N_("Did somebody die or come to lasting harm, or were 100 people or more gravely harmed?"),
        N_("Also yes: people at risk can be found by those they fear, or an essential service is down."),
        N_("Could somebody have died or come to lasting harm, or 100 people or more to grave harm?"),
    ),
    Question(
        "grave",
        N_("Did somebody need a hospital, or lose aid, income, liberty or schooling for weeks?"),
        N_("Also yes: secrets of people at risk were exposed, or a group was discriminated against."),
        N_("Could somebody have needed a hospital, or lost aid, income, liberty or schooling for weeks?"),
    ),
    Question(
        "help",
        N_("Did somebody need help, or a correction, to recover?"),
        N_("First aid, support, a service refused for days, an unfair treatment undone within weeks."),
        N_("Could somebody have needed help, or a correction, to recover?"),
    ),
    Question(
        "anyone",
        N_("Was anybody affected at all?"),
        N_("A nuisance or a small loss that was put right quickly counts."),
        N_("Could anybody have been affected at all?"),
    ),
)
"""Every question, in the order in which they may be put."""
FIRST = QUESTIONS[0].name
BY_NAME = {question.name: question for question in QUESTIONS}

_PROCEED = N_("You are not sure whether an AI system played a part. Reviewers will look at that.")
_LOWER = N_("You are not sure about something worse, so it may be more severe. Reviewers will look at it.")

TABLE: dict[tuple[str, Reply], Row] = {
    ("ai", Reply.YES): Row(N_("An AI system played a part."), "harm"),
    ("ai", Reply.UNSURE): Row(_PROCEED, "harm"),
    ("ai", Reply.NO): Row(N_("This registry is about AI systems, and none played a part."), outside=True),
    ("harm", Reply.YES): Row(N_("Harm was done, so it is an incident."), "community", "kind/incident"),
    ("harm", Reply.UNSURE): Row(
        N_("Harm is possible and not yet certain, so it is a suspected incident."),
        "community",
        "kind/suspected",
    ),
    ("harm", Reply.NO): Row(N_("Nobody and nothing was harmed."), "close"),
    ("close", Reply.YES): Row(
        N_("Harm was about to happen and was stopped, so it is a near miss."), "community", "kind/near-miss"
    ),
    ("close", Reply.UNSURE): Row(N_("It is not certain that harm was about to happen."), "danger"),
    ("close", Reply.NO): Row(N_("No harm was about to happen."), "danger"),
    ("danger", Reply.YES): Row(
        N_("The system could do harm as it is, so it is a hazard."), "community", "kind/hazard"
    ),
    ("danger", Reply.UNSURE): Row(
        N_("The system may do harm as it is: a suspected weakness is a hazard too."),
        "community",
        "kind/hazard",
    ),
    ("danger", Reply.NO): Row(
        N_("No harm was done, and you see none that could follow: there is nothing to report."), outside=True
    ),
    ("community", Reply.YES): Row(
        N_("A community cannot cope on its own: that is the highest severity."),
        severity="severity/disaster",
        could=N_("A community could not have coped on its own: that is the highest severity."),
    ),
    ("community", Reply.UNSURE): Row(_LOWER, "life", doubt=True),
    ("community", Reply.NO): Row("", "life"),
    ("life", Reply.YES): Row(
        N_("Death, lasting harm or grave harm to many is critical."), severity="severity/critical"
    ),
    ("life", Reply.UNSURE): Row(_LOWER, "grave", doubt=True),
    ("life", Reply.NO): Row("", "grave"),
    ("grave", Reply.YES): Row(
        N_("Grave harm, or a basic need lost for weeks, is serious."), severity="severity/serious"
    ),
    ("grave", Reply.UNSURE): Row(_LOWER, "help", doubt=True),
    ("grave", Reply.NO): Row("", "help"),
    ("help", Reply.YES): Row(
        N_("Harm from which people recover with help is moderate."), severity="severity/moderate"
    ),
    ("help", Reply.UNSURE): Row(_LOWER, "anyone", doubt=True),
    ("help", Reply.NO): Row("", "anyone"),
    ("anyone", Reply.YES): Row(N_("A nuisance that is soon put right is minor."), severity="severity/minor"),
    ("anyone", Reply.UNSURE): Row(
        N_("Too little is known to say how severe it is."), severity="severity/unknown"
    ),
    ("anyone", Reply.NO): Row(
        N_("Nobody was affected, so there is no severity."),
        severity="severity/none",
        could=N_("Nobody could have been affected, so there is no severity."),
    ),
}
"""Question and reply → what follows."""

NO_HARM = frozenset({"kind/near-miss", "kind/hazard"})
"""Kinds for which the severity is that of the harm which could have followed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to. ``ask`` is the question that is still to be put, if any.

    ``because`` are msgids, one for each answer that settled something, in order. ``outside`` says that
    it is no matter for this registry; then there is no kind and no severity.
    """

    ask: Question | None = None
    kind: str | None = None
    severity: str | None = None
    because: tuple[str, ...] = ()
    outside: bool = False
    asked: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether no harm was done, so that questions are put for what could have followed."""
        return self.kind in NO_HARM


def decide(replies: Mapping[str, str]) -> Outcome:
    """What follows from the replies given (question → reply); what was not asked for is not looked at."""
    rows = list(_walk(replies))
    named = tuple(name for name, _ in rows)
    last = rows[-1][1] if rows else Row("", FIRST)
    kind = next((row.kind for _, row in rows if row.kind), None)
    if last.then is not None:
        return Outcome(BY_NAME[last.then], kind, asked=named)
    if last.severity == "severity/none" and any(row.doubt for _, row in rows):
        last = TABLE["anyone", Reply.UNSURE]  # nobody, but perhaps something worse: that is not known
        rows[-1] = (named[-1], last)
    return Outcome(None, kind, last.severity, _why(rows, could=kind in NO_HARM), last.outside, named)


def _walk(replies: Mapping[str, str]) -> Iterator[tuple[str, Row]]:
    """The rows that the replies lead through, from the first question on."""
    name: str | None = FIRST
    while name is not None:
        reply = replies.get(name, "")
        if reply not in list(Reply):
            return
        row = TABLE[name, Reply(reply)]
        yield name, row
        name = row.then


def _why(rows: list[tuple[str, Row]], *, could: bool) -> tuple[str, ...]:
    said = [row.could if could and row.could else row.because for _, row in rows]
    doubt = _LOWER in said
    settled = [sentence for sentence in dict.fromkeys(said) if sentence and sentence != _LOWER]
    return (*settled, *([_LOWER] if doubt else []))
