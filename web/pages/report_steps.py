"""The questions of a report as data: the needed ones first, one theme a page.

Labels are msgids; questions on facets take their words from the taxonomy. Reviewers complete
what a reporter need not know.
"""

from __future__ import annotations

from registry.account import NARRATIVE_MAX, TEXT_MAX, TITLE_MAX, Answer
from registry.errors import N_
from web.pages.forms import Field, Kind, Step


def _facet(kind: Kind, facet: str, *, needed: bool = False, without: tuple[str, ...] = ()) -> Field:
    pointer = f"/classification/{facet}"
    return Field(kind, facet, pointer, facet=facet, needed=needed, without=frozenset(without))


def _party(name: str, label: str, hint: str) -> Field:
    return Field(Kind.NAMES, name, f"/entities/{name}", label, hint, rows=2)


def _narrative(name: str, label: str, hint: str = "") -> Field:
    return Field(Kind.LONG, name, f"/response/{name}", label, hint, limit=NARRATIVE_MAX, rows=5)


def _interval(name: str, label: str, hint: str = "", *answers: Answer) -> Field:
    return Field(Kind.INTERVAL, name, f"/response/{name}", label, hint, answers=answers or tuple(Answer))


NEEDED: tuple[Step, ...] = (
    Step(
        "story",
        N_("What happened"),
        (
            Field(
                Kind.TEXT,
                "title",
                "/title",
                N_("Give your report a title"),
                N_("One line that says what went wrong, such as “Chatbot gave a wrong dose”."),
                N_("Title"),
                needed=True,
                limit=TITLE_MAX,
            ),
            Field(
                Kind.LONG,
                "text",
                "/text",
                N_("What happened?"),
                N_("Tell it in your own words: what the system did, to whom, and what followed."),
                needed=True,
                limit=TEXT_MAX,
                rows=10,
            ),
            Field(
                Kind.LANGUAGE,
                "language",
                "/language",
                N_("Which language did you write in?"),
                short=N_("Language"),
                needed=True,
            ),
        ),
        N_("Leave out people’s names, phone numbers and exact addresses. Say “a patient” or “a pupil”."),
    ),
    Step(
        "when",
        N_("When and where"),
        (
            Field(
                Kind.DATE,
                "from",
                "/happened/from",
                N_("When did it happen, or begin?"),
                N_("As precisely as is safe to say: a year is enough. For example, 2026, or 3 2026."),
                N_("When it happened or began"),
                needed=True,
            ),
            Field(
                Kind.DATE,
                "to",
                "/happened/to",
                N_("When did it end?"),
                N_("Only if it went on for some time and is over."),
                N_("When it ended"),
            ),
            Field(
                Kind.COUNTRIES,
                "countries",
                "/countries",
                N_("In which countries?"),
                N_("Begin to type and choose from the list."),
                N_("Countries"),
            ),
        ),
    ),
    Step(
        "system",
        N_("The AI system"),
        (
            _facet(Kind.MANY, "system", needed=True),
            _facet(Kind.MANY, "sector", needed=True),
            _party(
                "systems",
                N_("What is the system called?"),
                N_("The product or model, one on each line."),
            ),
            _party(
                "developers",
                N_("Who is said to have made it?"),
                N_("Companies or organizations, one on each line. They are published as alleged."),
            ),
            _party(
                "deployers",
                N_("Who is said to have put it to use?"),
                N_("Organizations, one on each line; a description such as “a district hospital” is fine."),
            ),
        ),
    ),
    Step(
        "failure",
        N_("What went wrong"),
        (
            _facet(Kind.ONE, "kind", needed=True),
            _facet(Kind.MANY, "failure", needed=True),
        ),
    ),
    Step(
        "harm",
        N_("The harm"),
        (
            _facet(Kind.MANY, "harm", needed=True),
            _facet(Kind.ONE, "severity", needed=True),
            _facet(Kind.ONE, "reach"),
        ),
        N_("For a near miss or a hazard, answer for the harm that could have followed."),
    ),
)
"""Pages with at least one question that has to be answered."""

OPTIONAL: tuple[Step, ...] = (
    Step(
        "people",
        N_("Who was affected"),
        (
            _facet(Kind.MANY, "affected-role"),
            _facet(Kind.MANY, "affected-group"),
            _party(
                "harmed",
                N_("Which groups or organizations were harmed, or nearly harmed?"),
                N_("Never a person’s name. Say “patients of a clinic” instead. One on each line."),
            ),
        ),
    ),
    Step(
        "detection",
        N_("How it came to light"),
        (
            _facet(Kind.ONE, "detection"),
            _interval(
                "detected",
                N_("How long after it began was it noticed?"),
                "",
                Answer.AFTER,
                Answer.UNKNOWN,
                Answer.WITHHELD,
            ),
        ),
    ),
    Step(
        "containment",
        N_("First steps"),
        (
            _facet(Kind.MANY, "containment"),
            _narrative("done", N_("What was done at once?"), N_("What helped, and what did not.")),
            _interval(
                "contained",
                N_("How long after it was noticed was the harm stopped?"),
            ),
        ),
    ),
    Step(
        "repair",
        N_("Putting things right"),
        (
            _facet(Kind.MANY, "remediation"),
            _facet(Kind.MANY, "investigation"),
            _narrative("remedied", N_("How were things put right?")),
            _interval("recovered", N_("How long after it was noticed did the work run as it should again?")),
            _interval("closed", N_("How long after it was noticed was the matter closed?")),
        ),
    ),
    Step(
        "told",
        N_("Who was told"),
        (
            Field(
                Kind.TOLD,
                "told",
                "/response/told",
                facet="audience",
            ),
        ),
    ),
    Step(
        "lessons",
        N_("Why it happened, and lessons"),
        (
            _facet(Kind.MANY, "root-cause"),
            _narrative("cause", N_("Why could it happen?")),
            _narrative(
                "lessons",
                N_("What should others learn from it?"),
                N_("What would you tell an organization that is about to use such a system?"),
            ),
            _facet(Kind.MANY, "preparedness"),
        ),
    ),
    Step(
        "sources",
        N_("How sure this is"),
        (
            _facet(Kind.ONE, "confidence"),
            _facet(Kind.ONE, "reporter", without=("reporter/curator",)),
            Field(
                Kind.LINKS,
                "links",
                "/links",
                N_("Are there public sources about it?"),
                N_("Web addresses, one on each line. They are published with the report."),
                N_("Public sources"),
                rows=3,
            ),
        ),
    ),
)
"""Pages that may be skipped as a whole."""

STEPS = NEEDED + OPTIONAL
FIELDS = tuple(field for step in STEPS for field in step.fields)
PLACE = {step.slug: number for number, step in enumerate(STEPS)}
"""Slug → place, from 0."""


def step_of(field: Field) -> Step:
    """The page that asks a question."""
    return next(step for step in STEPS if field in step.fields)
