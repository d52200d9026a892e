"""Questions of a report that may be skipped, as data: themes, offered once the core is answered.

Labels are msgids; questions on facets take their words from the taxonomy, and ``could`` is how they are put
where no harm was done. Reviewers complete what a reporter need not know.
"""

from __future__ import annotations

from registry.account import Answer
from registry.errors import N_
from web.pages.forms import Field, Kind, Step, Theme
from web.pages.report_asking import chosen, facet, interval, main, narrative, party
from web.pages.report_conditions import ATTACK, CHECKED, EVENT

THEMES: tuple[Theme, ...] = (
    Theme(
        "people",
        N_("Who was affected"),
        (
            chosen(Kind.ONE, "reach", N_("About how many people could have been affected?")),
            chosen(
                Kind.MANY,
                "affected-role",
                N_("How were the people who could have been affected connected with the system?"),
            ),
            chosen(Kind.MANY, "affected-group"),
            party(
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
            party(
                "systems",
                N_("What is the system called?"),
                N_("The product or model, one on each line."),
            ),
            party(
                "developers",
                N_("Who is said to have made it?"),
                N_("Companies or organizations, one on each line. They are published as alleged."),
            ),
            party(
                "deployers",
                N_("Who is said to have put it to use?"),
                N_("Organizations, one on each line; a description such as “a district hospital” is fine."),
            ),
            chosen(Kind.ONE, "ai-role"),
        ),
    ),
    Theme(
        "attack",
        N_("The attack"),
        (
            chosen(Kind.ONE, "cause-entity", when=ATTACK),
            chosen(Kind.ONE, "cause-intent", when=ATTACK),
            chosen(Kind.ONE, "cause-timing", when=ATTACK),
        ),
    ),
    Theme(
        "light",
        N_("How it came to light, and how long it lasted"),
        (
            chosen(Kind.ONE, "detection"),
            interval(
                "detected",
                N_("How long after it began was it noticed?"),
                Answer.AFTER,
                Answer.UNKNOWN,
                Answer.WITHHELD,
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
            chosen(Kind.MANY, "containment", N_("What was done at once to keep harm from happening?")),
            narrative("done", N_("What was done at once?"), N_("What helped, and what did not.")),
            interval(
                "contained",
                N_("How long after it was noticed was the harm stopped?"),
                could=N_("How long after it was noticed was the danger stopped?"),
            ),
        ),
    ),
    Theme(
        "repair",
        N_("Putting things right"),
        (
            chosen(Kind.MANY, "remediation", N_("What was done so that it does not come to harm?")),
            chosen(Kind.MANY, "investigation"),
            narrative("remedied", N_("How were things put right?")),
            interval(
                "recovered",
                N_("How long after it was noticed did the work run as it should again?"),
                when=EVENT,
            ),
            interval("closed", N_("How long after it was noticed was the matter closed?")),
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
            chosen(Kind.MANY, "root-cause", N_("Looking back, why could it come so far?")),
            main("root-cause"),
            narrative("cause", N_("Why could it happen?")),
            narrative(
                "lessons",
                N_("What should others learn from it?"),
                N_("What would you tell an organization that is about to use such a system?"),
            ),
            chosen(Kind.MANY, "preparedness"),
        ),
    ),
    Theme(
        "sources",
        N_("How sure this is"),
        (
            chosen(Kind.ONE, "confidence", when=CHECKED),
            Step("reporter", (facet(Kind.ONE, "reporter", without=frozenset({"reporter/curator"})),)),
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
