"""The questions of a report as data: a short core, one question a page, then themes that may be skipped.

Labels are msgids; questions on facets take their words from the taxonomy, and ``could`` is how they are put
where no harm was done. Reviewers complete what a reporter need not know.
"""

from __future__ import annotations

from typing import Any

from registry.account import NARRATIVE_MAX, TEXT_MAX, TITLE_MAX, Answer
from registry.errors import N_
from web.pages.forms import Field, Kind, Step, Theme
from web.pages.report_conditions import ATTACK, CHECKED, EVENT, Condition


def _facet(kind: Kind, facet: str, could: str = "", **more: Any) -> Field:
    return Field(kind, facet, f"/classification/{facet}", facet=facet, could=could, **more)


def _needed(kind: Kind, facet: str, could: str = "") -> Step:
    return Step(facet, (_facet(kind, facet, could, needed=True),))


def _chosen(kind: Kind, facet: str, could: str = "", when: Condition | None = None) -> Step:
    return Step(facet, (_facet(kind, facet, could),), when=when)


def _party(name: str, label: str, hint: str) -> Step:
    return Step(name, (Field(Kind.NAMES, name, f"/entities/{name}", label, hint, rows=2),))


def _narrative(name: str, label: str, hint: str = "") -> Step:
    field = Field(Kind.LONG, name, f"/response/{name}", label, hint, limit=NARRATIVE_MAX, rows=5)
    return Step(name, (field,))


def _interval(name: str, label: str, *answers: Answer, could: str = "") -> Field:
    pointer = f"/response/{name}"
    return Field(Kind.INTERVAL, name, pointer, label, could=could, answers=answers or tuple(Answer))


CORE: tuple[Step, ...] = (
    Step(
        "story",
        (
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
                Kind.TEXT,
                "title",
                "/title",
                N_("Give your report a title"),
                N_("One line that says what went wrong, such as “Chatbot gave a wrong dose”."),
                N_("Title"),
                needed=True,
                limit=TITLE_MAX,
            ),
        ),
        N_("Leave out people’s names, phone numbers and exact addresses. Say “a patient” or “a pupil”."),
    ),
    Step(
        "language",
        (
            Field(
                Kind.LANGUAGE,
                "language",
                "/language",
                N_("Which language did you write in?"),
                short=N_("Language"),
                needed=True,
            ),
        ),
    ),
    _needed(Kind.ONE, "kind"),
    _needed(Kind.ONE, "severity", N_("How bad could it have been, or become, for the people most affected?")),
    _needed(Kind.MANY, "failure"),
    _needed(Kind.MANY, "harm", N_("What kind of harm could have followed, or could follow?")),
    _needed(Kind.MANY, "sector"),
    _needed(Kind.MANY, "system"),
    Step(
        "when",
        (
            Field(
                Kind.DATE,
                "from",
                "/happened/from",
                N_("When did it happen, or begin?"),
                N_("Such as 2026, March 2026 or 15 March 2026. A year is enough; a day can say too much."),
                N_("When it happened or began"),
                N_("When did it nearly happen, or when was the danger noticed?"),
                needed=True,
            ),
        ),
    ),
    Step(
        "where",
        (
            Field(
                Kind.COUNTRIES,
                "countries",
                "/countries",
                N_("In which country did it happen?"),
                N_("Begin to type and choose from the list. If there are several, one on each line."),
                N_("Countries"),
                N_("In which country is it in use?"),
            ),
        ),
    ),
)
"""Questions that everybody is asked, one a page."""

THEMES: tuple[Theme, ...] = (
    Theme(
        "people",
        N_("Who was affected"),
        (
            _chosen(Kind.ONE, "reach", N_("About how many people could have been affected?")),
            _chosen(
                Kind.MANY,
                "affected-role",
                N_("How were the people who could have been affected connected with the system?"),
            ),
            _chosen(Kind.MANY, "affected-group"),
            _party(
                "harmed",
                N_("Which groups or organizations were harmed, or nearly harmed?"),
                N_("Never a person’s name. Say “patients of a clinic” instead. One on each line."),
            ),
        ),
    ),
    Theme(
        "names",
        N_("The system, and who stands behind it"),
        (
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
            _chosen(Kind.ONE, "ai-role"),
        ),
    ),
    Theme(
        "attack",
        N_("The attack"),
        (
            _chosen(Kind.ONE, "cause-entity", when=ATTACK),
            _chosen(Kind.ONE, "cause-intent", when=ATTACK),
            _chosen(Kind.ONE, "cause-timing", when=ATTACK),
        ),
    ),
    Theme(
        "light",
        N_("How it came to light, and how long it lasted"),
        (
            _chosen(Kind.ONE, "detection"),
            Step(
                "detected",
                (
                    _interval(
                        "detected",
                        N_("How long after it began was it noticed?"),
                        Answer.AFTER,
                        Answer.UNKNOWN,
                        Answer.WITHHELD,
                    ),
                ),
            ),
            Step(
                "ended",
                (
                    Field(
                        Kind.DATE,
                        "to",
                        "/happened/to",
                        N_("When did it end?"),
                        N_("Only if it went on for some time and is over."),
                        N_("When it ended"),
                    ),
                ),
                when=EVENT,
            ),
        ),
    ),
    Theme(
        "steps",
        N_("First steps"),
        (
            _chosen(Kind.MANY, "containment", N_("What was done at once to keep harm from happening?")),
            _narrative("done", N_("What was done at once?"), N_("What helped, and what did not.")),
            Step(
                "contained",
                (
                    _interval(
                        "contained",
                        N_("How long after it was noticed was the harm stopped?"),
                        could=N_("How long after it was noticed was the danger stopped?"),
                    ),
                ),
            ),
        ),
    ),
    Theme(
        "repair",
        N_("Putting things right"),
        (
            _chosen(Kind.MANY, "remediation", N_("What was done so that it does not come to harm?")),
            _chosen(Kind.MANY, "investigation"),
            _narrative("remedied", N_("How were things put right?")),
            Step(
                "recovered",
                (
                    _interval(
                        "recovered",
                        N_("How long after it was noticed did the work run as it should again?"),
                    ),
                ),
                when=EVENT,
            ),
            Step(
                "closed",
                (_interval("closed", N_("How long after it was noticed was the matter closed?")),),
            ),
        ),
    ),
    Theme(
        "tell",
        N_("Who was told"),
        (Step("told", (Field(Kind.TOLD, "told", "/response/told", facet="audience"),)),),
    ),
    Theme(
        "learn",
        N_("Why it happened, and lessons"),
        (
            _chosen(Kind.MANY, "root-cause", N_("Looking back, why could it come so far?")),
            _narrative("cause", N_("Why could it happen?")),
            _narrative(
                "lessons",
                N_("What should others learn from it?"),
                N_("What would you tell an organization that is about to use such a system?"),
            ),
            _chosen(Kind.MANY, "preparedness"),
        ),
    ),
    Theme(
        "sources",
        N_("How sure this is"),
        (
            _chosen(Kind.ONE, "confidence", when=CHECKED),
            Step("reporter", (_facet(Kind.ONE, "reporter", without=frozenset({"reporter/curator"})),)),
            Step(
                "links",
                (
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
        ),
    ),
)
"""Themes of questions that may be skipped, offered once the core is answered."""

STEPS: tuple[Step, ...] = CORE + tuple(step for theme in THEMES for step in theme.steps)
"""Every page with a question."""
FIELDS = tuple(field for step in STEPS for field in step.fields)
BY_SLUG = {step.slug: step for step in STEPS}
THEME_OF = {step.slug: theme for theme in THEMES for step in theme.steps}
"""Slug of an optional page → its theme."""
STEP_OF = {field.name: step for step in STEPS for field in step.fields}
"""Name of a field → the page that asks for it."""
