"""What two people said of the same reports, read from the private database."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.intake.labels import Label
from registry.intake.models import Submission
from registry.review.agreement.tables import Pair
from registry.review.coding.models import Coding
from registry.review.coding.rules import CORE, Turn
from registry.review.coding.second_models import SecondRow


def pairs(session: Session) -> dict[str, list[Pair]]:
    """Facet → for each report for everybody that was classified twice, the codes that it got."""
    query = (
        select(Coding.submission_id, Coding.turn, Coding.facet, Coding.codes)
        .join(SecondRow, SecondRow.submission_id == Coding.submission_id)
        .join(Submission, Submission.id == Coding.submission_id)
        .where(Submission.tlp == Label.CLEAR.value)
        .where(SecondRow.done_at.is_not(None), Coding.version == SecondRow.version, Coding.facet.in_(CORE))
        .order_by(Coding.id)
    )
    said: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for key, turn, facet, codes in session.execute(query):
        said[facet, key][turn] = codes
    found: dict[str, list[Pair]] = {facet: [] for facet in CORE}
    for (facet, _), turns in said.items():
        if len(turns) > 1:
            found[facet].append((turns[Turn.REVIEW], turns[Turn.SECOND]))
    return found
