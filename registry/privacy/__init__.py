"""Find what could give a person away in a text, replace it, and say how sure we are. Pure.

Two tiers (ADR 7). *Certain* findings (an e-mail address, a phone number, coordinates, an id whose
check digit is right …) are replaced by placeholders. *Doubtful* ones (a possible name, an id-like
token, a small place …) are shown to a person, who decides. Nothing here reads a database, a clock
or the network, and every pattern is linear in the length of the text.
"""

from registry.privacy.brought import Model, Span
from registry.privacy.findings import CERTAIN_KINDS, Detector, Finding, Kind
from registry.privacy.placeholders import Hidden, hide
from registry.privacy.scanning import DETECTORS, TEXT_MAX, scan

__all__ = [
    "CERTAIN_KINDS",
    "DETECTORS",
    "TEXT_MAX",
    "Detector",
    "Finding",
    "Hidden",
    "Kind",
    "Model",
    "Span",
    "hide",
    "scan",
]
