"""Accounts of every exactness, by hand and by hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from registry.privacy.coarsening import LADDERS, Levels
from tests.factories import account

NAMES = ("Acme Bot", "Acme", "Lake Health", "Upendo", "صحة البحيرة", "病院", "Kenya", "K2", "ACME  bot")
SPOKEN = (*NAMES, "the", "of", "Turkana", "clinic", "in March", "كينيا")
DISTRICTS = ("", "Turkana", "Kakuma", "K2")


def exact() -> dict[str, Any]:
    """An account that says everything."""
    return account(
        title="Acme Bot at Kakuma Clinic 5 told patients to double a dose",
        text="In Turkana, Kenya, the Acme\u200b Bot of Acme answered. Lake Health uses acme bot daily.",
        place={"exact": "Kakuma Clinic 5", "district": "Turkana"},
        countries=["KE"],
        happened={"from": "2026-03-05", "to": "2026-03-20"},
        entities={
            "developers": ["Acme"],
            "deployers": ["Lake Health"],
            "harmed": ["patients of a clinic"],
            "systems": ["Acme Bot"],
        },
        classification=account()["classification"] | {"reach": ["reach/tens"]},
    )


levels = st.builds(Levels, **{name: st.sampled_from(rungs) for name, rungs in LADDERS.items()})
names = st.lists(st.sampled_from(NAMES), max_size=3)
words = st.lists(st.sampled_from(SPOKEN), min_size=1).map(" ".join)
dates = st.sampled_from(("2024", "2024-Q2", "2024-05", "2024-05-31", "2023-11-02", "2023"))
happened = st.tuples(dates, st.none() | dates).map(
    lambda pair: {"from": min(pair[0], pair[1] or pair[0]), "to": None if pair[0] == pair[1] else pair[1]}
) | st.tuples(st.sampled_from(("unknown", "withheld")), st.none() | dates).map(
    lambda pair: {"from": pair[0], "to": pair[1]}
)
accounts = st.fixed_dictionaries(
    {"title": words.map(lambda text: text[:200].strip() or "x"), "text": words},
    optional={
        "language": st.sampled_from(("en", "fr", "ar", "sw")),
        "place": st.fixed_dictionaries(
            {},
            optional=dict.fromkeys(("exact", "district"), st.sampled_from(DISTRICTS)),
        ),
        "countries": st.lists(st.sampled_from(("KE", "UG", "FR", "AQ")), max_size=3, unique=True)
        | st.sampled_from((["unknown"], ["withheld"])),
        "regions": st.lists(st.sampled_from(("014", "155", "005")), max_size=2, unique=True),
        "happened": happened,
        "entities": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("developers", "deployers", "harmed", "systems"), names)
        ),
        "classification": st.fixed_dictionaries(
            {},
            optional={
                "sector": st.sampled_from((["sector/health"], ["sector/justice", "sector/health"], [])),
                "system": st.sampled_from((["system/chatbot"], ["system/scoring"])),
                "reach": st.sampled_from((["reach/one"], ["reach/unknown"], [])),
            },
        ),
        "response": st.fixed_dictionaries({}, optional={"done": words, "lessons": words}),
        "links": st.sampled_from(([], ["https://example.org/acme-bot"])),
    },
)
