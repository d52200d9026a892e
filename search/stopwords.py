"""Words too common to tell records apart, by language, folded.

English, French, Spanish and others come from Whoosh; Arabic, and the words with which people ask a
registry for incidents, are ours.
"""

from __future__ import annotations

from functools import cache

from whoosh.lang.stopwords import stoplists

from search.folding import fold

SPEECH = ("en", "fr", "es", "ar")
"""Languages that a text may be taken for by its stop words."""
_ARABIC = """
في من على الى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن ان كان كانت يكون تكون هو هي هم هل قد
كل بعض بعد قبل عند حتى اذا لكن او ثم و ف ب ل ك كما بين لان الا غير اي كيف متى اين لماذا نحن انا انت كانوا
منه منها فيه فيها عليه عليها له لها به بها ايضا
"""
_MORE = {
    "en": """did does done could would may might must upon within without among also there get got gets
        us whose let made make makes happen happened happens ever would""",
    "fr": """a quel quelle quels quelles comment quand ou pourquoi cette cet ces plus moins si ni donc or car
        tout tous toute toutes été lors chez entre sans sous vers dont ainsi aussi très fait faire""",
    "es": """cuales cuantos cuantas como si fue han sido ser son les lo hizo hace hacer cada
        dos tras según""",
}
_ASKING = {
    "en": """incident incidents case cases example examples report reports reported show find involving
        involve        involved related about tell happened""",
    "fr": "incident incidents cas exemple exemples signalement signalements trouver montrer concernant",
    "es": "incidente incidentes caso casos ejemplo ejemplos informe informes mostrar buscar relacionados",
    "ar": "حادث حادثة حوادث حالة حالات مثال امثلة تقرير تقارير",
}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Folded stop words of a language (two-letter code); empty where we have none."""
    words = set(stoplists.get(language, ()))
    words.update(_MORE.get(language, "").split())
    if language == "ar":
        words.update(_ARABIC.split())
    return frozenset(fold(word) for word in words)


@cache
def asking_words(language: str) -> frozenset[str]:
    """Folded words that ask for records and say nothing of their content: "which incidents …"."""
    return frozenset(fold(word) for word in _ASKING.get(language, "").split())
