"""Under review: the codes of a facet, confirmed or changed."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import Invalid
from registry.identity.rules import Actor, Permission
from web.pages import coding_view, deciding, judged, judging, people
from web.pages.judging import Part
from web.pages.messages import gettext

blueprint = Blueprint("coding", __name__)


@blueprint.post("/review/<key:key>/coding/open")
def choose(key: str) -> str:
    """Open a facet to be changed, or with none close the one that is open; nothing is kept by that."""
    actor = people.require_actor(Permission.REVIEW)
    wanted = request.form.get("open", "") or request.form.get(coding_view.MORE, "")
    coding = judged.read(actor, key).coding
    return judged.page(actor, key, editing=coding_view.opened(coding, wanted))


@blueprint.post("/review/<key:key>/coding")
def classify(key: str) -> str | Response | tuple[str, int]:
    """Keep what the reviewer says of the open facet."""
    reviews = the_node().private.reviews

    def act(actor: Actor, lock: int) -> None:
        given = coding_view.typed(request.form, reviews.read(actor, key).coding)
        if given is not None:
            reviews.classify(actor, key, given, expected=lock)

    return deciding.act_on(
        key, act, gettext("Your codes are saved."), "#coding", _refused(key), frozenset({Part.CODES})
    )


def _refused(key: str) -> deciding.Refused:
    def show(actor: Actor, invalid: Invalid) -> str:
        return judged.page(actor, key, editing=judging.editing(actor, key, invalid.problems))

    return show
