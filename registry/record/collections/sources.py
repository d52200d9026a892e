"""The collections we know: their terms, their attribution, and where their records live. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from registry.record.types import Origin, Provenance


@dataclass(frozen=True, slots=True)
class Source:
    """A collection: ``key`` is the first part of its record ids; ``page`` has a place for a source id."""

    key: str
    name: str
    licence: str
    attribution: str
    page: str = ""

    def provenance(self, source_id: str, url: str = "") -> Provenance:
        """Where one of its records comes from and on what terms."""
        return Provenance(
            origin=Origin.EXTERNAL,
            source=self.key,
            source_id=source_id,
            url=url or (self.page % {"id": source_id, "lower": source_id.lower()} if self.page else ""),
            licence=self.licence,
            attribution=self.attribution,
        )


AIID = Source(
    key="aiid",
    name="AI Incident Database",
    licence="CC BY-SA 4.0",
    attribution=(
        "Incident data from the AI Incident Database, Responsible AI Collaborative, "
        "https://incidentdatabase.ai, CC BY-SA 4.0 (https://creativecommons.org/licenses/by-sa/4.0/); "
        "changes: normalised, persons generalised."
    ),
    page="https://incidentdatabase.ai/cite/%(id)s",
)
AVID = Source(
    key="avid",
    name="AI Vulnerability Database",
    licence="MIT",
    attribution=(
        "AI Vulnerability Database (AVID), Copyright (c) 2022 AI Vulnerability Database (AVID), MIT licence; "
        "changes: normalised."
    ),
    page="https://avidml.org/database/%(lower)s/",
)
ATLAS = Source(
    key="atlas",
    name="MITRE ATLAS",
    licence="Apache-2.0",
    attribution="MITRE ATLAS, Copyright 2021-2025 MITRE, Apache License 2.0; changes: normalised.",
    page="https://atlas.mitre.org/studies/%(id)s",
)
AI_INCIDENT_LAW = Source(
    key="ai-incident-law",
    name="AI Incident Law",
    licence="CC BY 4.0",
    attribution=(
        "AI Incident Law, PAICE.work PBC, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). "
        "Source project: https://aiincidentlaw.org/ (changed: normalised)."
    ),
    page="https://aiincidentlaw.org/",
)
AWFUL_AI = Source(
    key="awful-ai",
    name="Awful AI",
    licence="CC0 1.0",
    attribution="Awful AI, CC0.",
    page="https://github.com/daviddao/awful-ai",
)

KNOWN = {source.key: source for source in (AIID, AVID, ATLAS, AI_INCIDENT_LAW, AWFUL_AI)}
