"""Columns of other registries: the OECD's common reporting criteria and the AI Incident Database's. Data.

Names of the OECD's criteria come from the taxonomy's list, and so do the questions of ours that a
criterion feeds (``oecd_criteria``); how its labels become codes of ours is ``published/OECD.yaml``.
Here stands what the taxonomy cannot say: which criterion is a field that is no facet.
"""

from __future__ import annotations

from registry.errors import N_

CRITERIA = "oecd-reporting-framework"
"""The taxonomy's list of the criteria."""
SCHEME = "OECD"
"""The published scheme whose labels are read."""

OECD_FIELDS = {
    "C01": "title",
    "C02": "text",
    "C05": "happened_from",
    "C06": "countries",
    "C07": "links",
    "C08": "systems",
}
"""Criterion → our column that holds the same."""

OECD_CODED = ("C03", "C10", "C11", "C12", "C13", "C14", "C15", "C17", "C19", "C20", "C25", "C26", "C27")
"""Criteria whose cells are read as answers of our facets."""

OECD_STORY = ("C12", "C15", "C18", "C19", "C21", "C22", "C24", "C28", "C29")
"""Criteria in free words: what is no answer of ours ends the story, under the column's name."""

OECD_NOWHERE = {
    "C04": N_("Who reports is your organization, by its account here; this column is not kept."),
    "C09": N_(
        "This does not say who made the system and who used it. Use the columns developers and deployers."
    ),
    "C16": N_("Principles are not recorded here; this column is not kept."),
    "C23": N_("Usage rights are not recorded here; this column is not kept."),
}
"""Criteria that have no place here, and why."""

OECD_NAMES = {
    "C05": ("Date of first known occurrence of the incident", "Date of first occurrence"),
    "C06": ("Country or countries", "Countries where the incident occurred"),
    "C07": ("Supporting materials about the incident", "Supporting material"),
    "C08": ("System name and version", "AI system name and version", "AI system or product name"),
    "C09": ("Developer and deployer", "Organisations developing and deploying the AI system"),
    "C11": ("Harm types", "Type of harm"),
    "C13": ("Unintended or wrongful use",),
    "C15": ("Human-rights impact", "Human rights impact"),
    "C16": ("AI principles concerned",),
    "C17": ("Industry", "Industry (ISIC)"),
    "C18": ("Business function",),
    "C19": ("Critical function or infrastructure",),
    "C24": ("Several AI systems interacting",),
    "C25": ("Tasks of the system", "AI tasks"),
    "C26": ("Maximum autonomy", "Autonomy level"),
    "C29": ("Other information",),
}
"""Further names of criteria."""

AIID_FIELDS = {
    "incident_id": "reference",
    "report_number": "reference",
    "incident_title": "title",
    "description": "text",
    "date": "happened_from",
    "incident_date": "happened_from",
    "Alleged deployer of AI system": "deployers",
    "Alleged developer of AI system": "developers",
    "Alleged harmed or nearly harmed parties": "harmed",
    "harmed_parties": "harmed",
    "implicated_systems": "systems",
    "source_url": "links",
    "url": "links",
}
"""Column of the AI Incident Database → our column."""

_BOOKKEEPING = N_("This belongs to the registry it comes from; it is not kept.")
_PEOPLE = N_("Names of authors and submitters are not kept.")
AIID_NOWHERE = {
    "reports": _BOOKKEEPING,
    "ref_number": _BOOKKEEPING,
    "cloudinary_id": _BOOKKEEPING,
    "image_url": _BOOKKEEPING,
    "tags": _BOOKKEEPING,
    "embedding": _BOOKKEEPING,
    "editor_notes": _BOOKKEEPING,
    "editors": _PEOPLE,
    "authors": _PEOPLE,
    "submitters": _PEOPLE,
    "date_published": _BOOKKEEPING,
    "date_downloaded": _BOOKKEEPING,
    "date_modified": _BOOKKEEPING,
    "date_submitted": _BOOKKEEPING,
    "epoch_date_modified": _BOOKKEEPING,
    "source_domain": _BOOKKEEPING,
    "quiet": _BOOKKEEPING,
}
"""Columns of the AI Incident Database that have no place here, and why."""
