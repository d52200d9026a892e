"""Errors of OAI-PMH 2.0 (section 3.6): each is a code that harvesters act on, and a sentence for people."""

from __future__ import annotations


class OaiFault(Exception):
    """What is wrong with a request.

    ``quiet`` faults are about the arguments themselves: then the answer repeats none of them.
    """

    quiet = False

    def __init__(self, code: str, sentence: str) -> None:
        self.code, self.sentence = code, sentence
        super().__init__(sentence)


class BadVerb(OaiFault):
    """No verb, more than one, or none of the six."""

    quiet = True

    def __init__(self) -> None:
        super().__init__("badVerb", "Ask for exactly one of the six verbs of OAI-PMH 2.0.")


class BadArgument(OaiFault):
    """An argument is missing, repeated, unknown, or cannot be read."""

    quiet = True

    def __init__(self, sentence: str) -> None:
        super().__init__("badArgument", sentence)


class BadToken(OaiFault):
    """A resumption token that was not given by this node."""

    quiet = True

    def __init__(self) -> None:
        super().__init__("badResumptionToken", "No token of this node. Begin the list anew.")


class NoMatch(OaiFault):
    """Nothing changed on these days, or the set is empty."""

    def __init__(self) -> None:
        super().__init__("noRecordsMatch", "No item matches from, until and set.")


class NoSets(OaiFault):
    """Nothing is here yet, so there are no sets; the schema has no empty list of them."""

    def __init__(self) -> None:
        super().__init__("noSetHierarchy", "There are no sets here yet.")


class UnknownId(OaiFault):
    """There is no such item."""

    def __init__(self) -> None:
        super().__init__("idDoesNotExist", "This node has no item with this identifier.")


class UnknownFormat(OaiFault):
    """There is no such metadata format."""

    def __init__(self) -> None:
        super().__init__("cannotDisseminateFormat", "ListMetadataFormats names the formats of this node.")
