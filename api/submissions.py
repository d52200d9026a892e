"""An organization's own reports, for its programs: write, send, change, withdraw, follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Response, request

from api import shapes
from api.naming import named_in, telling
from api.node import the_node
from api.reply import expected_lock, reply
from api.schemas.findings import Choices, Findings
from api.schemas.risk import LessExact, Risk
from api.schemas.submissions import (
    ChangedSubmission,
    CreatedSubmission,
    History,
    NewSubmission,
    Submission,
    SubmissionPage,
    SubmissionQuery,
)
from api.section import PREFIX, Section, Speaks
from registry.errors import N_, Invalid, Problem, Stale
from registry.identity.rules import Actor
from registry.intake.identities.rules import Identity, Wish
from registry.intake.identities.views import NamingView
from registry.intake.personal.rules import Stage
from registry.intake.rules import State
from registry.intake.views import SubmissionView

READ, WRITE = ("submissions:read",), ("submissions:write",)
BOTH = READ + WRITE
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A text of your own, new for each report: a retry with the same one gets the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_KEY = re.compile(r"[!-~]{1,200}", re.ASCII)

section = Section("submissions", "Your organization's reports on their way to the registry.")


@section.post(
    "/submissions",
    Speaks(
        "Keep a report, and send it to review unless told otherwise",
        answer=CreatedSubmission,
        status=201,
        scopes=WRITE,
        body=NewSubmission,
        problems=(409,),
        headers=(IDEMPOTENCY_KEY,),
    ),
)
def create(actor: Actor, body: dict[str, Any]) -> Response:
    """Location and ETag say where the submission is and which version was made.

    Personal details: a report that is sent at once was seen by nobody of yours. Certain details
    (e-mail, telephone, exact place …) are then hidden from reviewers and the public; doubtful ones
    (possible names …) are shown to reviewers, who decide. To choose yourself, send ``submit: false``,
    read and answer ``/findings``, then call ``actions/submit``.

    A report of an event that is known names the record in ``about``. ``kind: statement`` says "seen here
    too" of that record: its account holds ``text``, ``happened``, ``countries``, and what contained it.
    ``fix`` says what was fixed (``text``, ``happened``), ``dispute`` what is not right (``text``); ``reply``
    is for an organization that the record names, and shows its name. These may hold ``links``.
    """
    key, intake, said = idempotency_key(), the_node().private.intake, telling(body)
    with _under_account():
        made = intake.create(
            actor,
            body["account"],
            channel="api",
            submit=body["submit"],
            idempotency_key=key,
            wish=_wish(body),
            telling_of=said,
        )
    data = _data(actor, made.view, made.naming) | {"receipt": made.receipt}
    response = reply(data, 201, lock=made.view.summary.lock)
    response.headers["Location"] = f"{PREFIX}/submissions/{made.view.summary.id}"
    return response


@section.get(
    "/submissions",
    Speaks("List your organization's reports", answer=SubmissionPage, scopes=READ, query=SubmissionQuery),
)
def list_own(actor: Actor, query: dict[str, Any]) -> Response:
    """Last changed first."""
    state = State(query["state"]) if "state" in query else None
    page = the_node().private.submissions.own(
        actor, state=state, cursor=query.get("cursor"), limit=query["limit"]
    )
    return reply({"items": [shapes.own_line(item) for item in page.items], "next": page.next})


@section.get("/submissions/<key:submission>", Speaks("Read a report", answer=Submission, scopes=READ))
def read(actor: Actor, submission: str) -> Response:
    """With the newest version of its account."""
    return own_reply(actor, the_node().private.intake.read(actor, submission))


@section.patch(
    "/submissions/<key:submission>",
    Speaks(
        "Replace fields of a report's account",
        answer=Submission,
        scopes=BOTH,
        body=ChangedSubmission,
        conditional=True,
    ),
)
def change(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Each field given replaces the whole field; null empties it. Possible while the report may be edited.

    Without ``account``, how it names the organization may be changed until it is scheduled for publication.
    ``about`` names another public record that the report belongs to, or with null none.
    """
    lock, intake = expected_lock(), the_node().private.intake
    held, wish = intake.read(actor, submission), _wish(body)
    if held.summary.lock != lock:
        raise Stale
    if "account" not in body and "about" not in body:
        with _under_account():
            if wish is not None:
                the_node().private.identities.naming.choose(actor, submission, wish, expected=lock)
        return own_reply(actor, intake.read(actor, submission))
    merged = held.account.to_json() | body.get("account", {})
    account = {name: value for name, value in merged.items() if value is not None}
    with _under_account():
        about = named_in(body, held.summary.kind)
        return own_reply(
            actor, intake.revise(actor, submission, account, expected=lock, wish=wish, about=about)
        )


@section.post(
    "/submissions/<key:submission>/actions/submit",
    Speaks(
        "Send a draft, or send a report again after changes",
        answer=Submission,
        scopes=WRITE,
        conditional=True,
        problems=(422,),
    ),
)
def submit(actor: Actor, submission: str) -> Response:
    """The account must be complete by now; nothing can be chosen about personal details afterwards."""
    with _under_account():
        return own_reply(actor, the_node().private.intake.submit(actor, submission, expected=expected_lock()))


@section.post(
    "/submissions/<key:submission>/actions/withdraw",
    Speaks("Take a report back", answer=Submission, scopes=WRITE, conditional=True),
)
def withdraw(actor: Actor, submission: str) -> Response:
    """Possible until the report is scheduled for publication."""
    return own_reply(actor, the_node().private.intake.withdraw(actor, submission, expected=expected_lock()))


@section.get(
    "/submissions/<key:submission>/findings",
    Speaks("Read the personal details found in a report", answer=Findings, scopes=READ),
)
def findings(actor: Actor, submission: str) -> Response:
    """Each with what was chosen for it, or null.

    Without a choice certain details are hidden from everybody outside, and doubtful ones are shown to
    reviewers, who decide. The same words are one detail (``thing``) wherever they stand.
    """
    found = the_node().private.personal.found(actor, submission)
    return reply({"items": shapes.findings(found, Stage.ORGANIZATION), "next": None})


@section.post(
    "/submissions/<key:submission>/findings",
    Speaks(
        "Choose what happens to personal details",
        answer=Submission,
        scopes=BOTH,
        body=Choices,
        conditional=True,
        problems=(422,),
    ),
)
def choose(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Thing → choice; possible while the report may be edited.

    ``hide``: neither reviewers nor the public read it. ``reviewers``: reviewers read it, the public never
    does. ``keep``: it is not personal; the public reads it if a reviewer agrees. A choice lasts for later
    versions in which the same words stand.
    """
    side = the_node().private
    side.personal.choose(actor, submission, body["choices"], expected=expected_lock())
    return own_reply(actor, side.intake.read(actor, submission))


@section.get(
    "/submissions/<key:submission>/risk",
    Speaks("See how many public reports look like a report", answer=Risk, scopes=READ),
)
def risk(actor: Actor, submission: str) -> Response:
    """As it would be published now. Public reports only: what others have on its way is theirs."""
    return reply(shapes.risk(the_node().private.exactness.look(actor, submission)))


@section.post(
    "/submissions/<key:submission>/actions/make-less-exact",
    Speaks(
        "Choose how exactly a report may be published",
        answer=Submission,
        scopes=BOTH,
        body=LessExact,
        conditional=True,
        problems=(422,),
    ),
)
def make_less_exact(actor: Actor, body: dict[str, Any], submission: str) -> Response:
    """Ladder → rung; possible while the report may be edited. Reviewers can go further, never back."""
    side = the_node().private
    side.exactness.choose(actor, submission, body["levels"], expected=expected_lock())
    return own_reply(actor, side.intake.read(actor, submission))


@section.get(
    "/submissions/<key:submission>/history",
    Speaks("Read every step of a report, and what reviewers said", answer=History, scopes=READ),
)
def history(actor: Actor, submission: str) -> Response:
    """Oldest first; people are named by their role."""
    side = the_node().private
    steps = side.intake.history(actor, submission)
    decisions = side.reviews.decisions_for_submitter(actor, submission)
    return reply(
        {"items": shapes.steps(steps), "decisions": shapes.decisions(decisions), "next": None},
    )


def own_reply(actor: Actor, view: SubmissionView) -> Response:
    """A report as its organization sees it, with its ETag."""
    return reply(_data(actor, view), lock=view.summary.lock)


def _data(actor: Actor, view: SubmissionView, naming: NamingView | None = None) -> dict[str, Any]:
    naming = naming or the_node().private.identities.naming.of(actor, view.summary.id)
    waits = naming.waits_for and naming.waits_for.value
    told = {"waits_for": waits, "asks_held": view.summary.asks_held, "shown": shapes.shown(naming)}
    return shapes.submission(view) | told


def _wish(body: dict[str, Any]) -> Wish | None:
    """How the report is to name its organization, if the body says so."""
    asked = body.get("delegate")
    if asked is not None:
        return Wish(Identity.DELEGATED, asked["publisher"], asked["tell"], asked.get("message", ""))
    return Wish(Identity(body["identity"])) if "identity" in body else None


@contextmanager
def _under_account() -> Iterator[None]:
    """Let problems of the account point into the field ``account`` of the body, the others into theirs."""
    try:
        yield
    except Invalid as error:
        raise Invalid([_placed(problem) for problem in error.problems]) from error


def _placed(problem: Problem) -> Problem:
    return problem if problem.pointer.startswith(("/about", "/tlp")) else problem.under(_field(problem))


def _field(problem: Problem) -> str:
    return "/delegate" if problem.pointer in ("/publisher", "/message") else "/account"


def idempotency_key() -> str | None:
    """The sender's ``Idempotency-Key``; raises ``Invalid`` for one out of bounds."""
    given = request.headers.get("Idempotency-Key")
    if given is not None and not _KEY.fullmatch(given):
        message = N_("Use 1 to 200 visible ASCII characters.")
        raise Invalid([Problem("/Idempotency-Key", message)])
    return given
