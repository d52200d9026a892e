"""Which room may open which door: tiers, the wall between the wings, and purity."""

from __future__ import annotations

from collections.abc import Iterator

from tests.architecture.graph import way_to
from tests.architecture.tree import Import, Module, Tree, is_foreign, within

TIERS: dict[str, int] = {
    "taxonomy": 0,
    "registry": 10,
    "registry.errors": 10,
    "registry.config": 10,
    "registry.settings": 10,
    "registry.clock": 10,
    "registry.db": 10,
    "registry.outbox": 10,
    "registry.audit": 10,
    "registry.account": 10,
    "registry.sealing": 10,
    "registry.mail": 10,
    "registry.limits": 10,
    "registry.addresses": 10,
    "registry.fetching": 10,
    "registry.unmet": 10,
    "registry.strict_json": 10,
    "registry.durable": 10,
    "registry.formulas": 10,
    "registry.migrations": 10,
    "registry.privacy": 20,
    "registry.identity": 31,
    "registry.intake": 32,
    "registry.response": 33,
    "registry.review": 34,
    "registry.custody": 35,
    "registry.record": 31,
    "registry.ledger": 32,
    "registry.federation": 33,
    "registry.learning": 34,
    "registry.sharing": 34,
    "search": 34,
    "registry.publication": 40,
    "registry.notify": 40,
    "api": 50,
    "web": 60,
}
"""Room → tier; a module may import its own room or a lower tier; within the foundation, also its own tier."""
FOUNDATION = 10
PRIVATE = ("registry.identity", "registry.intake", "registry.response", "registry.review", "registry.custody")
PRIVATE_DOORS = (*PRIVATE, "registry.db.private", "registry.audit", "registry.outbox")
PUBLIC = (
    "registry.record",
    "registry.ledger",
    "registry.federation",
    "registry.learning",
    "registry.sharing",
    "search",
)
PUBLIC_DOORS = (*PUBLIC, "registry.db.public")
SEARCH_MAY = ("registry.record.types", "registry.record.ids", "registry.account", "registry.errors")
"""All that the index needs of the registry."""
PURE_ROOMS = (
    "taxonomy",
    "registry.account",
    "registry.privacy",
    "registry.errors",
    "registry.clock",
    "registry.addresses",
    "registry.strict_json",
    "registry.formulas",
)
PURE_MODULES = (
    "registry.record.types",
    "registry.record.ids",
    "registry.record.canonical",
    "registry.ledger.refusal",
    "registry.ledger.hashing",
    "registry.ledger.frontier",
    "registry.ledger.tree",
    "registry.ledger.proofs",
    "registry.ledger.exact",
    "registry.ledger.notes",
    "registry.ledger.checkpoints",
    "registry.ledger.tiles",
    "registry.ledger.cosigned",
    "registry.ledger.proof_files",
    "registry.ledger.shape",
    "registry.ledger.envelopes",
    "registry.ledger.telling",
    "registry.sharing.dublin",
    "registry.sharing.place",
    "registry.sharing.entries",
    "registry.sharing.catalogue",
    "registry.sharing.linked",
    "registry.sharing.stix_terms",
    "registry.sharing.licences",
    "registry.sharing.dumps.columns",
    "registry.sharing.dumps.schema",
    "registry.sharing.markup",
    "registry.sharing.json_xml",
    "registry.ledger.verifying",
)
PURE_LIBRARIES = ("yaml", "rfc8785", "phonenumbers", "stdnum", "wordfreq", "faker", "babel")
"""Libraries that only compute; everything else that is not ours or Python's counts as a framework."""
IMPURE_STANDARD = ("sqlite3", "socket", "http", "urllib.request", "subprocess", "threading")


def room(name: str) -> str:
    """The room a module lies in: the longest name of the table that fits; '' when there is none."""
    fitting = [known for known in TIERS if within(name, known)]
    return max(fitting, key=len, default="")


def tier_faults(tree: Tree) -> list[str]:
    """Imports that go up or sideways, and rooms that the plan does not know."""
    return [fault for module in tree for fault in _tier_faults(tree, module)]


def wall_faults(tree: Tree) -> list[str]:
    """Ways from one wing into the other, direct or through others."""
    return [*_ways(tree, PUBLIC, PRIVATE_DOORS), *_ways(tree, PRIVATE, PUBLIC_DOORS)]


def both_wings_faults(tree: Tree) -> list[str]:
    """Modules outside publication, notify, api and web that import both wings directly."""
    faults = []
    for module in tree:
        targets = [found.target for found in tree.imports(module.name)]
        private, public = (any(_in_any(t, doors) for t in targets) for doors in (PRIVATE_DOORS, PUBLIC_DOORS))
        if private and public and TIERS.get(room(module.name), 0) < TIERS["registry.publication"]:
            faults.append(module.at(1, "imports both wings; only the door may"))
    return faults


def search_faults(tree: Tree) -> list[str]:
    """What search takes from the registry beyond pure types."""
    return [
        module.at(found.line, f"search may not import {found.target}")
        for module in tree
        if within(module.name, "search")
        for found in tree.imports(module.name)
        if within(found.target, "registry") and not _in_any(found.target, SEARCH_MAY)
    ]


def purity_faults(tree: Tree) -> list[str]:
    """Pure modules that reach a framework, a database or the network, directly or through others."""
    faults = []
    for module in tree:
        if is_pure(module.name):
            chain = way_to(tree, module.name, lambda name: _is_impure(tree, name))
            if chain:
                faults.append(module.at(1, f"is pure but reaches {' -> '.join(chain)}"))
    return faults


def model_faults(tree: Tree) -> list[str]:
    """Views and resources that know tables, or speak SQL themselves."""
    return [
        module.at(found.line, f"views call services, not {found.target}")
        for module in tree
        if _in_any(module.name, ("api", "web"))
        for found in tree.imports(module.name)
        if found.target.endswith(".models") or within(found.target, "sqlalchemy")
    ]


def migration_faults(tree: Tree) -> list[str]:
    """Migration scripts that import anything of ours: a script must mean the same for ever."""
    return [
        module.at(found.line, f"a migration may not import {found.target}")
        for module in tree
        if within(module.name, "registry.migrations")
        for found in tree.imports(module.name)
        if _in_any(found.target, ("taxonomy", "registry", "search", "api", "web"))
    ]


def is_pure(name: str) -> bool:
    """Whether the plan wants this module free of frameworks."""
    is_rules = name.rpartition(".")[2] == "rules" and within(name, "registry")
    return is_rules or _in_any(name, PURE_ROOMS) or name in PURE_MODULES


def _ways(tree: Tree, wing: tuple[str, ...], doors: tuple[str, ...]) -> list[str]:
    chains = [
        (module, way_to(tree, module.name, lambda name: _in_any(name, doors)))
        for module in tree
        if _in_any(module.name, wing)
    ]
    return [module.at(1, f"reaches the other wing: {' -> '.join(way)}") for module, way in chains if way]


def _tier_faults(tree: Tree, module: Module) -> Iterator[str]:
    own = room(module.name)
    if own in ("", "registry") and module.name != "registry":
        yield module.at(1, f"{module.name} is in no room of the plan")
        return
    for found in tree.imports(module.name):
        if tree.own(found.target) and not _may(own, found):
            yield module.at(found.line, f"{own} may not import {found.target}")


def _may(own: str, found: Import) -> bool:
    other = room(found.target)
    if other in (own, "registry"):
        return True
    return TIERS[other] < TIERS[own] or TIERS[other] == TIERS[own] == FOUNDATION


def _is_impure(tree: Tree, name: str) -> bool:
    if is_foreign(tree, name):
        return name.partition(".")[0] not in PURE_LIBRARIES
    return _in_any(name, IMPURE_STANDARD)


def _in_any(name: str, rooms: tuple[str, ...]) -> bool:
    return any(within(name, one) for one in rooms)
