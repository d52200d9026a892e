"""What is asked: words, phrases, exclusions, plain questions and filters, of our own writing."""

from __future__ import annotations

WORDS = [
    "chatbot",
    "facial recognition",
    "deepfake election",
    "self driving car accident",
    "hiring algorithm bias",
    "translation error",
    "medical diagnosis",
    "prompt injection",
    "jailbreak",
    "school grades",
    "welfare fraud score",
    "police arrest wrong person",
    "voice clone scam",
    "drone",
    "hallucinated citations court",
    "students monitoring",
    "suicide",
    "child abuse images",
    "robot injury",
    "data leak",
]
PHRASES = [
    '"facial recognition"',
    '"language model" security',
    '"remote code execution"',
    "chatbot -deepfake",
    '"social media" moderation',
    'vehicle -"self driving"',
]
QUESTIONS = [
    "who was wrongly arrested because of a face match",
    "did a chatbot give dangerous medical advice to a patient",
    "what happened when an algorithm cut off people from benefits",
    "how did a company respond after its model leaked private data",
    "which schools used software that accused students of cheating",
    "can hidden instructions in a document make an assistant leak secrets",
    "has a self driving taxi ever hit a pedestrian",
    "where were cloned voices used to ask for money",
]
FILTERS = ["", "&sector=sector/health", "&failure=failure/attack", "&source=aiid", "&harm=harm/physical"]


def asked() -> list[str]:
    """Pairs of text and filter, as a fixed, mixed list of (query, filter) joined by a bar."""
    texts = [*WORDS, *PHRASES, *QUESTIONS]
    return [f"{text}|{FILTERS[position % len(FILTERS)]}" for position, text in enumerate(texts)]
