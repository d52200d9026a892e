"""Merging public records: a look at both, the proposal; and, under review, naming the record of a report."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from api.node import the_node
from registry.errors import CommonsError, Conflict, Gone, Invalid, NotFound, Stale
from registry.identity.rules import Actor, Permission
from registry.review.aftercare.merging import Merge, Preview
from registry.review.aftercare.rules import CHANGES, NOTE_MAX, Kind
from web.pages import compared, deciding, judged, judging, people
from web.pages.chrome import here
from web.pages.compared import Row
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("merging", __name__)

ID_MAX = 120
"""Characters of a record's id."""


@blueprint.get("/review/merge")
def look() -> str | tuple[str, int]:
    """Ask for two records, and show both side by side."""
    actor = people.require_actor(Permission.CARE_FOR_RECORDS)
    preview, errors = _looked(actor)
    return (_rendered(preview, errors), 422) if errors else _rendered(preview, errors)


@blueprint.post("/review/merge")
def propose() -> str | Response | tuple[str, int]:
    """Propose the merge that was looked at; somebody else decides."""
    actor, record, into = people.require_actor(Permission.CARE_FOR_RECORDS), _id("record"), _id("into")
    kind, _, reason = request.form.get("what", "").partition("/")
    wish = Merge(
        into,
        reason,
        request.form.get("note", "").replace("\r\n", "\n"),
        people.read_lock(request.form.get("revision", "")) or 0,
        people.read_lock(request.form.get("into-revision", "")) or 0,
        kind,
    )
    try:
        the_node().private.reviewing.care.merging.propose(actor, record, wish)
    except Invalid as invalid:
        return _again(actor, {one.pointer: say(one) for one in invalid.problems}), 422
    except (Conflict, Stale) as conflict:
        return _again(actor, {"": say(conflict)}), 409
    flash(gettext("Proposed. A reviewer who has nothing to do with either record decides."))
    return redirect(here(f"/review/records/{record}"), 303)


@blueprint.post("/review/<key:key>/merge")
def belongs(key: str) -> str | Response | tuple[str, int]:
    """Name the record that a report under review belongs to: one that was compared, or one that was typed."""
    reviews, record = the_node().private.reviews, _id("belongs-to") or _id("record")
    return deciding.act_on(
        key,
        lambda actor, lock: reviews.merge(actor, key, record, expected=lock),
        gettext("It will be published as belonging to the record."),
        "#belongs",
        refused=lambda actor, invalid: judged.page(
            actor, key, judging.panel(conflict=say(invalid.problems[0]))
        ),
    )


def _again(actor: Actor, errors: dict[str, str]) -> str:
    """The page with what was wrong with a proposal, and both records as they are now."""
    preview, further = _looked(actor)
    return _rendered(preview, errors | further)


def _looked(actor: Actor) -> tuple[Preview | None, dict[str, str]]:
    """Both records that the request names, or what is wrong with them; neither where it names none yet."""
    record, into = _id("record"), _id("into")
    if not (record and into):
        return None, {}
    try:
        return the_node().private.reviewing.care.merging.preview(actor, record, into), {}
    except Invalid as invalid:
        return None, {one.pointer: say(one) for one in invalid.problems}
    except (NotFound, Gone) as unknown:
        return None, {"/record": _unknown(unknown)}


def _rendered(preview: Preview | None, errors: dict[str, str]) -> str:
    return render_template(
        "review/merge.html",
        record=_id("record"),
        into=_id("into"),
        preview=preview,
        refused={} if preview is None else {kind: say(why) for kind, why in preview.refused.items()},
        kinds=[_offered(kind) for kind in (Kind.MERGE, Kind.GROUP)],
        rows=() if preview is None else _compared(preview),
        errors=errors,
        typed=request.form,
        limit=NOTE_MAX,
    )


def _compared(preview: Preview) -> tuple[Row, ...]:
    both = (the_node().records.read(one.id) for one in (preview.record, preview.into))
    return compared.rows(*(compared.of_record(one) for one in both))


def _offered(kind: Kind) -> tuple[Kind, str, list[tuple[str, str]]]:
    """A kind, its words, and (value, words) of each reason for it."""
    change = CHANGES[kind]
    reasons = [(f"{kind.value}/{code}", gettext(words)) for code, words in change.reasons.items()]
    return kind, gettext(change.words), reasons


def _id(name: str) -> str:
    return request.values.get(name, "").strip()[:ID_MAX]


def _unknown(error: CommonsError) -> str:
    if isinstance(error, Gone):
        return gettext("This record was removed.")
    return gettext("There is no such record in this registry. Check its identifier.")
