"""Two reports under review side by side, fact by fact, as this reviewer reads both."""

from __future__ import annotations

from flask import Blueprint, render_template

from registry.errors import NotFound
from registry.identity.rules import Actor, Permission
from registry.review.views import ReviewView
from web.pages import coding_view, compared, judged, people

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/review/<key:key>/beside/<key:other>")
def beside(key: str, other: str) -> str:
    """Both, as far as each is there for this reviewer; changes nothing."""
    actor = people.require_actor(Permission.READ_REVIEWS)
    this, that = _read(actor, key), _read(actor, other)
    sides = (compared.of_account(coding_view.as_coded(one)) for one in (this, that))
    rows = compared.rows(*sides)
    return render_template("review/beside.html", this=this.submission, other=that.submission, rows=rows)


def _read(actor: Actor, key: str) -> ReviewView:
    """The report as its reviewer reads it; raises ``NotFound`` also where the original is gone."""
    view = judged.read(actor, key)
    if view.submission.summary.erased_at is not None:
        raise NotFound
    return view
