"""What somebody wants of a peer: words that could never match are refused, with place and remedy."""

from __future__ import annotations

import pytest

from registry.errors import Invalid
from registry.federation.rules import EVERYTHING, Mode, Policy, Scope
from registry.federation.scoping import scope_of
from registry.ledger.telling import TOLD_FACETS
from taxonomy import load
from tests.registry.federation.conftest import Here

FRENCH = Scope(languages=frozenset({"fr"}))


def test_words_that_a_log_tells() -> None:
    words = ("kind=report", "language=FR", "language=Swahili", "sector/health", "severity/serious")
    found = scope_of(words, load())
    assert found.to_json() == {
        "kinds": ["report"],
        "languages": ["fr", "sw"],
        "codes": ["sector/health", "severity/serious"],
    }
    assert scope_of((), load()) == EVERYTHING


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("kind=rumour", "rumour is no kind of record. Choose one of: incident, report, statement."),
        ("language=zz", "zz is no language that we know."),
        ("language=", "is no language that we know."),
        ("sector/helth", "sector/helth is no code by which entries can be chosen."),
        ("sector/helth", "such as sector/health."),
        ("nothing", "Write kind=report, language=fr or sector/health."),
        ("country=fr", "Write kind=report, language=fr or sector/health."),
        ("", "Write kind=report, language=fr or sector/health."),
    ],
)
def test_words_that_are_refused(word: str, says: str) -> None:
    with pytest.raises(Invalid) as refused:
        scope_of(("kind=report", word), load())
    (problem,) = refused.value.problems
    assert (problem.pointer, says in str(problem)) == ("/only/1", True)


def test_a_code_that_logs_do_not_tell_is_refused() -> None:
    facet = next(one for name, one in load().facets.items() if name not in TOLD_FACETS and one.values)
    with pytest.raises(Invalid, match="no code by which entries can be chosen"):
        scope_of((next(iter(facet.values)),), load())


def test_a_copy_that_was_read_under_a_narrower_scope_stays_a_partial_one(here: Here) -> None:
    here.other.publish(2)
    short = here.follow(scope=FRENCH)
    peers = here.office.peers
    here.pull()
    assert here.shown() == {}
    found = peers.set_policy(short, Policy(Mode.SHOW, EVERYTHING), here.office.puller.reader())
    assert found.policy.scope == EVERYTHING
    (mirror,) = peers.mirrors("https://here.example")
    assert mirror.to_json()["partial"] is True
    assert here.office.relay.descriptor(here.other.identity.id)["partial"]["earlier"] is True
    (new,) = here.other.publish(1)
    here.pull()
    assert set(here.shown()) == {new}


def test_a_copy_whose_scope_was_changed_before_anything_was_read_is_whole(here: Here) -> None:
    here.other.publish(2)
    short = here.follow(scope=FRENCH)
    peers = here.office.peers
    peers.set_policy(short, Policy(Mode.SHOW, EVERYTHING), here.office.puller.reader())
    here.pull()
    (mirror,) = peers.mirrors("https://here.example")
    assert (mirror.to_json()["partial"], len(here.shown())) == (False, 2)
