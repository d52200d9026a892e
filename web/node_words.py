"""What is known of other nodes, in words that pages and commands share."""

from __future__ import annotations

from registry.errors import N_
from registry.federation.rules import Mode

MODES = {
    Mode.SHOW: N_("Shown as soon as they are checked"),
    Mode.HOLD: N_("Shown once a reviewer here has looked"),
    Mode.HIDDEN: N_("Copied, not shown"),
    Mode.BLOCKED: N_("Not read"),
}
"""What becomes of a node's records here, in words."""
TROUBLES = {
    "fork": N_("It signed two histories that cannot both be true. Both are kept as evidence."),
    "rollback": N_("It signed a shorter log than before. Both signatures are kept as evidence."),
    "mass-withdrawal": N_("It withdrew many records at once. A person has to allow that here."),
    "fetch-unreachable": N_("It could not be reached."),
    "fetch-address": N_("The address that it names is none that can be asked."),
    "fetch-private": N_("Its address leads into a private network, where nothing is asked."),
    "fetch-loopback": N_("Its address leads into a private network, where nothing is asked."),
    "fetch-slow": N_("It answered too slowly."),
    "fetch-large": N_("It answered with more than this node reads at once."),
    "fetch-broken": N_("What it answered broke off or cannot be read."),
    "fetch-status": N_("It refused to answer."),
    "rotation-other": N_("It changed the key of its log in a way that its former key did not sign."),
    "rotation-malformed": N_("It changed the key of its log in a way that its former key did not sign."),
    "signature-missing": N_("It signs its log with a key that is not known here."),
    "fetch-stranger": N_("It hands out its log only to nodes that it follows, and does not follow this one."),
    "returned": N_(
        "It is back: it signed more after the end that its successor accepted. Nothing of that is taken,"
        " unless the people who run this node take back that it is gone."
    ),
    "rate": N_("It signed more entries than this node takes of it in a day. It is read on tomorrow."),
    "frozen": N_("It signed two things that cannot both be true. Both are kept as evidence."),
    "overtaken": N_("It is read by another process at the moment."),
    "note-malformed": N_("What it answers in place of the signature of its log cannot be read."),
    "not-granted": N_("It does not let this node read what it shares with partners."),
    "not-followed": N_("It is blocked, frozen or gone here. What it shares with partners is not read."),
    "green-frozen": N_("Its log for partners contradicted itself. Nothing that it signs there is believed."),
    "payload-withheld": N_(
        "Whoever was asked did not give all of the log. Perhaps another node gives it, or it itself."
    ),
    "relay-behind": N_("The copy that is read has less of the log than before."),
}
"""Why the last look at a node ended early, in words; other codes are for whoever runs this node."""
PROVED = frozenset({"fork", "rollback", "returned"})
"""Troubles of which the signed notes are shown at ``/fed/seen``."""
OTHER_TROUBLE = N_("The last look at it ended early (%(code)s).")

REFUSALS = {
    "witness-403": N_("It does not trust the key of our log, or it has frozen our log."),
    "witness-404": N_("It does not follow our log."),
    "witness-409": N_("It knows another size of our log than it said."),
    "witness-422": N_("It says that our log does not continue the one that it cosigned before."),
    "witness-ahead": N_(
        "It cosigned more entries of our log than there are. This may be an older copy of it."
    ),
    "fetch-unreachable": N_("It could not be reached."),
    "fetch-slow": N_("It answered too slowly."),
}
"""Why a node did not cosign when it was asked last, in words."""


def trouble_in_english(code: str) -> str:
    """A sentence for the command line, with the code that programs and people who search know it by."""
    if code in TROUBLES:
        return f"{TROUBLES[code]} ({code})"
    return OTHER_TROUBLE % {"code": code}


def refusal_in_english(code: str) -> str:
    """The same of why a node did not cosign."""
    return f"{REFUSALS[code]} ({code})" if code in REFUSALS else trouble_in_english(code)
