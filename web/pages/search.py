"""The start page, which is also the search: its whole state is in its address."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from api import limits
from api.node import the_node
from registry.errors import N_, Invalid
from search import SearchRequest, SearchResult, parse_request
from web.pages import language, people, search_view
from web.pages.messages import gettext
from web.pages.words import say

blueprint = Blueprint("search", __name__)

EXAMPLES = (
    N_("chatbot gave wrong dose"),
    N_("benefit payments stopped by a score"),
    N_("face recognition wrong match"),
)
"""Questions that the start page proposes, in the language of the page."""


@blueprint.get("/")
def page() -> Response:
    """Search results, or the start page when nothing was asked; 422 with the reasons for a bad address."""
    node = the_node()
    limits.take("search", people.current_actor())
    given = {name: values for name, values in request.args.lists() if any(values)}
    try:
        asked = parse_request(given, node.taxonomy)
        result = node.search.search(asked)
    except Invalid as error:
        return make_response(_bad(error), 422)
    return make_response(_found(asked, result, start=not given))


def _found(asked: SearchRequest, result: SearchResult, *, start: bool) -> str:
    first, more = search_view.groups(asked, result.facets)
    addresses = search_view.Addresses(asked)
    return render_template(
        "search/page.html",
        start=start,
        asked=asked,
        result=result,
        groups=first,
        more=more,
        chips=list(search_view.chips(asked)),
        sorts=search_view.sorts(asked),
        addresses=addresses,
        next_url=addresses.replaced(cursor=result.next) if result.next else None,
        first_url=addresses.without() if asked.cursor else None,
        feed_url=_feed_url(),
        examples=[gettext(example) for example in EXAMPLES],
        errors=[],
        reads_otherwise=bool(asked.reading) or the_node().curations.version() > 0,
    )


def _feed_url() -> str:
    query = request.query_string.decode("ascii", "replace")
    return language.site_path("/feeds/atom.xml") + (f"?{query}" if query else "")


def _bad(error: Invalid) -> str:
    question = request.args.get("q", "")[:1000]
    errors = [("q" if problem.pointer == "/q" else "", say(problem)) for problem in error.problems[:20]]
    return render_template(
        "search/page.html", start=False, asked=SearchRequest(q=question), result=None, errors=errors
    )
