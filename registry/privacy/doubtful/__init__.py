"""Kinds that only a person can be sure of: shown, never replaced without asking."""

from registry.privacy.doubtful.arabic_names import ArabicNames
from registry.privacy.doubtful.births import Births
from registry.privacy.doubtful.disguised import Disguised
from registry.privacy.doubtful.ids import Ids
from registry.privacy.doubtful.jobs import Jobs
from registry.privacy.doubtful.names import Names
from registry.privacy.doubtful.other_scripts import OtherScripts
from registry.privacy.doubtful.places import Places
from registry.privacy.findings import Detector

DOUBTFUL: tuple[Detector, ...] = (
    Names(),
    Disguised(),
    ArabicNames(),
    OtherScripts(),
    Places(),
    Jobs(),
    Births(),
    Ids(),
)
