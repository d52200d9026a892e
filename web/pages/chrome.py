"""What every page has around it: navigation, languages, styles; and the words templates may use."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Flask, request

from api.node import the_node
from registry.errors import N_
from registry.identity.rules import Actor, Permission
from web.pages import language, peer_names, people, search_view, words

STATIC = Path(__file__).parent.parent / "static"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation. ``needs`` is the permission without which it is not shown."""

    path: str
    label: str
    private: bool = False
    needs: Permission | None = None


PLACES = (
    Place("/", N_("Search")),
    Place("/report", N_("Report"), private=True),
    Place("/mine", N_("My reports"), private=True, needs=Permission.READ_SUBMISSIONS),
    Place("/review", N_("Review"), private=True, needs=Permission.READ_REVIEWS),
    Place("/about", N_("About")),
)


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link of the navigation as this page shows it."""

    url: str
    label: str
    current: bool


def register(app: Flask) -> None:
    """Give every template the helpers, the navigation and the person who is acting."""
    app.jinja_env.globals.update(
        **words.HELPERS,
        **peer_names.HELPERS,
        asset=asset,
        here=here,
        site_path=language.site_path,
        direction=language.direction,
        language_links=language.language_links,
        language=language.language,
        nav_links=nav_links,
        has_private=has_private,
        acting=acting,
        as_acting=as_acting,
        facet_name=search_view.facet_title,
        answer_name=search_view.code_label,
        settings=app.extensions["incident-commons"].settings,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def acting() -> Actor | None:
    """Who is signed in, if anybody is."""
    return people.current_actor()


def as_acting(member: str, guest: str) -> str:
    """The words for a member of an organization, or those for somebody without an account, who has none."""
    actor = acting()
    return guest if actor is not None and actor.guest else member


def has_private() -> bool:
    """Whether this node takes reports and reviews at all."""
    return the_node().private_side is not None


def here(path: str) -> str:
    """An address on this node in the language of the page."""
    return f"{request.script_root}{path}"


def nav_links() -> list[NavLink]:
    """The entries that the acting person may follow."""
    actor = acting()
    return [
        NavLink(here(place.path), place.label, _is_current(place.path))
        for place in PLACES
        if (has_private() or not place.private)
        and (place.needs is None or (actor is not None and actor.holds(place.needs)))
    ]


def asset(name: str) -> str:
    """Address of a static file, with a mark of its content so that it may be kept for ever."""
    return f"{language.site_path('/static/')}{name}?v={_mark(name)}"


@cache
def _mark(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def _is_current(path: str) -> bool:
    return request.path == path or (path != "/" and request.path.startswith(path + "/"))
