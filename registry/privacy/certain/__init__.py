"""Kinds that their form gives away: replaced without asking."""

from registry.privacy.certain.addresses import Addresses
from registry.privacy.certain.checked_ids import CheckedIds
from registry.privacy.certain.coordinates import Coordinates
from registry.privacy.certain.emails import Emails
from registry.privacy.certain.handles import Handles
from registry.privacy.certain.links import Links
from registry.privacy.certain.network import Network
from registry.privacy.certain.over_lines import OverLines
from registry.privacy.certain.phones import Phones
from registry.privacy.certain.spoken import Spoken
from registry.privacy.findings import Detector

CERTAIN: tuple[Detector, ...] = (
    Emails(),
    Links(),
    Coordinates(),
    Network(),
    Phones(),
    OverLines(),
    CheckedIds(),
    Spoken(),
    Handles(),
    Addresses(),
)
