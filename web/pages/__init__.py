"""Pages: server-rendered, without third parties, working without JavaScript, in several languages."""

from __future__ import annotations

from flask import Flask

from web.pages import (
    about,
    again,
    alike,
    answering,
    appealing,
    appeals,
    aside,
    asking,
    attached_view,
    attaching,
    bulk,
    caring,
    chrome,
    coding,
    comparing,
    compress,
    curating,
    deciding,
    errors,
    evidence,
    exactness,
    flagging,
    foreign,
    forgot,
    green,
    guard,
    guest,
    handed_over,
    headers,
    held,
    kept,
    known,
    labelling,
    language,
    merging,
    mine,
    naming,
    naming_view,
    nodes,
    noting,
    openness,
    originals,
    others,
    own_change,
    own_work,
    passkey_signin,
    personal,
    provider_signin,
    publishing,
    queue_acts,
    receipt,
    record,
    relation,
    report,
    report_kind,
    review,
    revising,
    search,
    sending,
    signin,
    standing_view,
    statement,
    states,
    statistics,
    unread,
)
from web.pages.account import email, factors, identities, news, overview, passkeys, password, sessions, ties
from web.pages.oauth import applications, consent, device
from web.pages.organization import invitation, join, members, own_data, profile, programs, provider
from web.pages.organization import naming as usual_naming
from web.pages.steward import belonging, late, organizations, trail

BLUEPRINTS = (
    search.blueprint,
    record.blueprint,
    flagging.blueprint,
    about.blueprint,
    statistics.blueprint,
    nodes.blueprint,
    openness.blueprint,
    signin.blueprint,
    kept.blueprint,
    overview.blueprint,
    sessions.blueprint,
    factors.blueprint,
    passkeys.blueprint,
    password.blueprint,
    email.blueprint,
    forgot.blueprint,
    passkey_signin.blueprint,
    guest.blueprint,
    known.blueprint,
    statement.blueprint,
    report.blueprint,
    report_kind.blueprint,
    bulk.blueprint,
    personal.blueprint,
    attaching.blueprint,
    naming.blueprint,
    labelling.blueprint,
    green.blueprint,
    others.blueprint,
    sending.blueprint,
    coding.blueprint,
    again.blueprint,
    exactness.blueprint,
    alike.blueprint,
    comparing.blueprint,
    merging.blueprint,
    mine.blueprint,
    own_change.blueprint,
    originals.blueprint,
    revising.blueprint,
    held.blueprint,
    receipt.blueprint,
    review.blueprint,
    queue_acts.blueprint,
    own_work.blueprint,
    publishing.blueprint,
    caring.blueprint,
    foreign.blueprint,
    curating.blueprint,
    deciding.blueprint,
    evidence.blueprint,
    relation.blueprint,
    unread.blueprint,
    aside.blueprint,
    asking.blueprint,
    noting.blueprint,
    answering.blueprint,
    appealing.blueprint,
    appeals.blueprint,
    applications.blueprint,
    consent.blueprint,
    device.blueprint,
    join.blueprint,
    invitation.blueprint,
    profile.blueprint,
    usual_naming.blueprint,
    members.blueprint,
    programs.blueprint,
    own_data.blueprint,
    provider.blueprint,
    provider_signin.blueprint,
    identities.blueprint,
    organizations.blueprint,
    belonging.blueprint,
    ties.blueprint,
    news.blueprint,
    late.blueprint,
    trail.blueprint,
)
"""Every set of pages; a new one is added here."""


def register(app: Flask) -> None:
    """Put all pages, their look and their headers onto the application."""
    language.register(app)
    chrome.register(app)
    errors.register(app)
    states.register(app)
    standing_view.register(app)
    attached_view.register(app)
    handed_over.register(app)
    attaching.register(app)
    naming_view.register(app)
    guard.register(app)
    green.register(app)
    compress.register(app)
    headers.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
