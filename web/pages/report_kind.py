"""Is this an incident? Short questions, one a page, open to everybody; nothing is stored.

The replies stand in the address, so that the back button and a bookmark work. They say nothing but yes, no
or not sure. ``for`` names the draft from whose form somebody came, to lead back there.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from api.node import the_node
from registry.intake.triage import rules
from registry.intake.triage.rules import Outcome, Reply
from web.pages.chrome import here
from web.pages.report_page import RETURNING, returning

blueprint = Blueprint("triage", __name__)

ASKED = "asked"
"""Name of the question whose page was sent: without its reply, nothing was chosen."""
_KEY = re.compile(r"[0-9a-f]{32}")


@blueprint.get("/report/kind")
def helper() -> str | tuple[str, int]:
    """The next question, or what the replies come to."""
    the_node().require_private()
    outcome = rules.decide(request.args)
    if outcome.ask is not None:
        unanswered = request.args.get(ASKED) == outcome.ask.name
        page = _question(outcome, unanswered=unanswered)
        return (page, 422) if unanswered else page
    return render_template(
        "report/kind_found.html",
        outcome=outcome,
        use=_use(outcome),
        draft=_draft(),
        guests=the_node().private.nameless.taken,
        again=_address({}),
        back=_back(outcome),
    )


def _question(outcome: Outcome, *, unanswered: bool) -> str:
    ask = outcome.ask
    if ask is None:
        raise ValueError(outcome)
    return render_template(
        "report/kind.html",
        ask=ask.could if outcome.possible and ask.could else ask.ask,
        question=ask,
        replies=rules.REPLIES,
        held=[*_given(outcome).items(), *_carried().items()],
        asked=ASKED,
        number=len(outcome.asked) + 1,
        most=len(rules.QUESTIONS),
        unanswered=unanswered,
        back=_back(outcome),
    )


def _given(outcome: Outcome) -> dict[str, str]:
    """The replies that were asked for, in order."""
    return {name: Reply(request.args[name]).value for name in outcome.asked}


def _draft() -> str | None:
    key = request.args.get("for", "")
    return key if _KEY.fullmatch(key) else None


def _carried() -> dict[str, str]:
    """What every further address keeps: the draft to lead back to, and whether from its answers."""
    draft = _draft()
    return ({"for": draft} if draft else {}) | ({"back": RETURNING} if returning() else {})


def _address(given: dict[str, str]) -> str:
    query = urlencode(given | _carried())
    return here("/report/kind") + (f"?{query}" if query else "")


def _back(outcome: Outcome) -> str:
    """The question before, with its reply taken back; before the first one where the reader came from."""
    given, draft = _given(outcome), _draft()
    if given:
        given.popitem()
        return _address(given)
    if draft is None:
        return here("/report")
    return here(f"/report/{draft}/kind") + (f"?back={RETURNING}" if returning() else "")


def _use(outcome: Outcome) -> str:
    """Where the outcome is carried into a report, the one that was begun or a new one."""
    draft = _draft()
    found = {"kind": outcome.kind, "severity": outcome.severity}
    query = {facet: code.partition("/")[2] for facet, code in found.items() if code}
    query |= {"back": RETURNING} if draft and returning() else {}
    return here(f"/report/{draft}/kind" if draft else "/report/new") + f"?{urlencode(query)}"
