"""The questions of a report as data: a short core, one question a page; and where every question is found.

Labels are msgids; questions on facets take their words from the taxonomy, and ``could`` is how they are put
where no harm was done.
"""

from __future__ import annotations

from registry.account import PLACE_MAX, TEXT_MAX, TITLE_MAX
from registry.errors import N_
from web.pages.forms import Field, Kind, Step
from web.pages.report_asking import main, needed
from web.pages.report_themes import THEMES

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
    needed(Kind.ONE, "kind"),
    needed(Kind.ONE, "severity", N_("How bad could it have been, or become, for the people most affected?")),
    needed(Kind.MANY, "failure"),
    main("failure"),
    needed(Kind.MANY, "harm", N_("What kind of harm could have followed, or could follow?")),
    main("harm"),
    needed(Kind.MANY, "sector"),
    main("sector"),
    needed(Kind.MANY, "system"),
    main("system"),
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
            Field(
                Kind.TEXT,
                "district",
                "/place/district",
                N_("In which district or town?"),
                N_("The public reads only the country, unless you and a reviewer decide otherwise."),
                N_("District or town"),
                limit=PLACE_MAX,
            ),
            Field(
                Kind.TEXT,
                "exact",
                "/place/exact",
                N_("In which place exactly?"),
                N_("Such as the name of a clinic or a camp. For reviewers, and not published."),
                N_("Exact place"),
                limit=PLACE_MAX,
            ),
        ),
    ),
)
"""Questions that everybody is asked, one a page; the main one of several only where several are chosen."""
ASKED_OF_ALL = sum(step.when is None for step in CORE)

STEPS: tuple[Step, ...] = CORE + tuple(step for theme in THEMES for step in theme.steps)
"""Every page with a question."""
FIELDS = tuple(field for step in STEPS for field in step.fields)
BY_SLUG = {step.slug: step for step in STEPS}
THEME_OF = {step.slug: theme for theme in THEMES for step in theme.steps}
"""Slug of an optional page → its theme."""
STEP_OF = {field.name: step for step in STEPS for field in step.fields}
"""Name of a field → the page that asks for it."""
