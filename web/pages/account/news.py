"""How soon a person gets letters about reports."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.review.news.rules import RHYTHM_LABELS, Rhythm
from web.pages import people
from web.pages.chrome import here
from web.pages.messages import gettext
from web.pages.typed import Typed

blueprint = Blueprint("news", __name__)


@blueprint.get("/account/letters")
def letters() -> str:
    """What is chosen, and what else there is."""
    chosen = the_node().private.reviewing.news.rhythm(people.require_actor())
    return _page(chosen, Typed())


@blueprint.post("/account/letters")
def choose() -> Response | tuple[str, int]:
    """Choose something else."""
    actor, news = people.require_actor(), the_node().private.reviewing.news
    try:
        news.choose(actor, request.form.get("rhythm", ""))
    except Invalid as error:
        return _page(news.rhythm(actor), Typed().wrong(error)), 422
    flash(gettext("Saved."))
    return redirect(here("/account/letters"), 303)


def _page(chosen: Rhythm, given: Typed) -> str:
    return render_template("account/letters.html", chosen=chosen, choices=RHYTHM_LABELS, given=given)
