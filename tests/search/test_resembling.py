"""Records that resemble what somebody writes: found by rare words, bounded, with reasons; never by chance."""

from __future__ import annotations

from itertools import count, islice, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.account import Account
from registry.record.types import RecordType
from search import Indexer, SearchEngine, alike
from search.resembling import MOST_TERMS, resembling
from taxonomy import Taxonomy
from tests.pace import timed
from tests.search.conftest import Index
from tests.search.corpus import stories
from tests.search.factories import changes, record

EVENT = record(
    id="event",
    title="Irrigation planner drowned the seedlings of a cooperative in Nakuru",
    text="The irrigation planner opened each valve at night. A grower in Nakuru found the seedlings drowned.",
    countries=("KE",),
    codes=("failure/unsafe-advice", "system/chatbot", "sector/health"),
)
TYPED = {
    "en": (
        "Our seedlings drowned",
        "At night the planner opened each valve of the irrigation; a grower found the seedlings under water.",
    ),
    "fr": (
        "Nos semis noyés",
        "La nuit, le planificateur a ouvert les vannes d’irrigation; on a trouvé les semis noyés.",
    ),
    "es": (
        "Plántulas ahogadas",
        "De noche el planificador abrió las válvulas de riego; se hallaron las plántulas ahogadas.",
    ),
    "ar": (
        "غرقت شتلاتنا",
        "فتح مخطط الري كل الصمامات ليلا ووجدت مزارعة الشتلات غارقة في الماء.",
    ),
}
"""One event told in each language."""


def typed(title: str = "", text: str = "", language: str = "en", **parts: object) -> Account:
    return Account.from_json({"title": title, "text": text, "language": language, **parts})


@pytest.mark.parametrize("language", TYPED)
def test_the_event_is_found_in_the_language_it_is_told_in(index: Index, language: str) -> None:
    title, text = TYPED[language]
    kept = record(id="kept", title=title, text=text, language=language)
    words = text.split()
    engine = index([*stories(), kept])
    found = engine.resembling(typed(text=" ".join(words[1:8]), language=language))
    assert [hit.id for hit in found] == ["kept"]
    assert len(found[0].words) > 1


def test_why_is_said_in_codes_country_and_words(index: Index) -> None:
    engine = index([*stories(), EVENT])
    account = typed(
        *TYPED["en"],
        countries=["KE", "UG"],
        classification={"system": ["system/chatbot"], "sector": ["sector/education"]},
    )
    (hit,) = engine.resembling(account)
    assert (hit.id, hit.reasons, hit.same_country) == ("event", ("system/chatbot",), True)
    assert set(hit.words) <= set(f"{account.title} {account.text}".replace(";", " ").split())
    assert "seedlings" in hit.words
    assert 0 < hit.score <= 1


def test_what_else_is_known_orders_and_finds_nothing_by_itself(index: Index) -> None:
    there = record(id="there", title=EVENT.account.title, text=EVENT.account.text, countries=("UG",))
    engine = index([*stories(), EVENT, there])
    told = {"countries": ["UG"], "classification": {"sector": ["sector/health"]}}
    assert engine.resembling(typed(*TYPED["en"], **told))[0].id == "there"
    assert engine.resembling(typed("Zephyrine", "Nothing here is known", **told)) == []
    assert engine.resembling(typed(**told)) == []


def test_unsaid_places_are_nobodys(index: Index) -> None:
    hidden = record(id="hidden", title=EVENT.account.title, text=EVENT.account.text, countries=("withheld",))
    (hit,) = index([*stories(), hidden]).resembling(typed(*TYPED["en"], countries=["withheld"]))
    assert not hit.same_country


@pytest.mark.parametrize(
    "account",
    [
        typed(),
        typed("dose"),
        typed("the of and a", "it was that which had been"),
        typed("12 345 2026", "1 2 3 4 5 6 7 8"),
        typed("Xylophone quetzal", "Nowhere do these words stand: brimborion, floccinaucinihil."),
    ],
)
def test_too_little_or_nothing_in_common_finds_nothing(index: Index, account: Account) -> None:
    assert index([*stories(), EVENT]).resembling(account) == []


def test_a_language_that_was_not_set_does_no_harm(index: Index) -> None:
    """People write English with the form in Arabic: common words must not count as telling."""
    engine = index([*stories(), EVENT])
    (hit,) = engine.resembling(typed(*TYPED["en"], language="ar"))
    assert hit.id == "event"
    assert not {"the", "a", "of", "at"} & set(hit.words)


def test_statements_are_not_found(indexer: Indexer, index: Index) -> None:
    engine = index([*stories(), EVENT])
    word = record(id="word", title=EVENT.account.title, text=EVENT.account.text)
    object.__setattr__(word, "type", RecordType.STATEMENT)
    indexer.apply(changes([word], indexer.position))
    engine.refresh()
    assert [hit.id for hit in engine.resembling(typed(*TYPED["en"]))] == ["event"]


def test_no_more_than_asked_for_the_best_first(index: Index) -> None:
    same = [record(id=f"r{n}", title=EVENT.account.title, text=EVENT.account.text) for n in range(9)]
    found = index(same + stories()).resembling(typed(*TYPED["en"]), 4)
    assert [hit.id for hit in found] == ["r0", "r1", "r2", "r3"]
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


def test_time_runs_out_without_an_error(index: Index) -> None:
    snapshot = index([*stories(), EVENT])._current().snapshot
    ticks = count(step=0.05)
    assert resembling(snapshot, typed(*TYPED["en"]), 5, lambda: next(ticks)) is not None
    late = count(step=10)
    assert resembling(snapshot, typed(*TYPED["en"]), 5, lambda: float(next(late))) == []


def test_twenty_thousand_characters_are_read_within_bounds(index: Index) -> None:
    engine = index([*stories(), EVENT])
    long = " ".join("".join(letters) for letters in islice(product("abcdefgh", repeat=7), 2_500))
    engine.resembling(typed(*TYPED["en"]))
    _, took = timed(lambda: engine.resembling(typed("Seedlings drowned", TYPED["en"][1] + long)))
    assert took < 0.25
    assert MOST_TERMS == 12


@settings(max_examples=60)
@given(
    title=st.text(max_size=60), text=st.text(max_size=300), language=st.sampled_from(["en", "ar", "zz", ""])
)
def test_any_text_is_answered(shelf: SearchEngine, title: str, text: str, language: str) -> None:
    for hit in shelf.resembling(Account(title=title, text=text, language=language)):
        assert len(hit.words) > 1


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> SearchEngine:
    folder = tmp_path_factory.mktemp("shelf") / "index"
    indexer = Indexer(folder, taxonomy)
    indexer.ensure()
    indexer.apply(changes([*stories(), EVENT]))
    return SearchEngine(folder, taxonomy)


@pytest.mark.parametrize(
    ("title", "language", "found"),
    [
        ("Chatbots doubled doses", "en", ["a"]),
        ("chatbot DOSE doubled again", "en", ["a"]),
        ("The chatbot", "en", []),
        ("Un agent a refusé l’aide", "fr", ["b"]),
        ("روبوت المحادثة أعطى جرعة", "ar", ["c"]),
        ("", "en", []),
        ("the of", "en", []),
    ],
)
def test_own_titles_are_alike_by_their_telling_words(title: str, language: str, found: list[str]) -> None:
    titles = [
        ("a", "Chatbot doubled a dose"),
        ("b", "Aide refusée par un agent"),
        ("c", "أعطى روبوت جرعة خاطئة"),
        ("d", "Something else happened"),
        ("e", "the"),
    ]
    assert alike(Account(title=title, language=language), titles, 3) == found


def test_the_likeliest_titles_come_first_and_no_more_than_asked_for() -> None:
    titles = [("far", "Robot arm broke a shelf twice"), ("near", "Robot arm broke a shelf")]
    account = Account(title="Robot arm broke", text="It broke the shelf in a store.")
    assert alike(account, titles, 5) == ["near", "far"]
    assert alike(account, titles, 1) == ["near"]
