"""Known trees, keys and notes: of RFC 6962's test code, of C2SP signed-note, and of the design."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.ledger.frontier import Frontier
from registry.ledger.hashing import leaf_hash
from registry.ledger.keys import LogSigner
from registry.ledger.refusal import Refused
from registry.ledger.tree import Place

LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The eight leaves of Certificate Transparency's tests."""
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""Their roots at sizes 0 to 8."""
ORIGIN = "node-a.example/air-log"
SIGNER = LogSigner(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
VKEY = "node-a.example/air-log+7a01e824+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
PROOF_FILE = """c2sp.org/tlog-proof@v1
index 5
vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

node-a.example/air-log
8
XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

\u2014 node-a.example/air-log \
egHoJKEuksxAIHkSGeExAGyn3tsVR/H9DAbcI52duZac988jd7qrOkfDde6WBmdVE/KX00MFnCXJueJhd8klbvy+Tw4=
""".encode()
CHECKPOINT = PROOF_FILE.partition(b"\n\n")[2]


class MemoryNodes:
    """A store of complete subtrees in a dictionary, grown leaf by leaf."""

    def __init__(self, leaves: Sequence[bytes] = ()) -> None:
        self.held: dict[Place, bytes] = {}
        self.edge = Frontier()
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        for level, index, value in self.edge.append(leaf_hash(leaf)):
            self.held[level, index] = value

    def read(self, places: Sequence[Place]) -> list[bytes]:
        try:
            return [self.held[place] for place in places]
        except KeyError as error:
            raise Refused("node-missing", "A hash is missing.") from error


def naive_root(hashes: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962 section 2.1, word by word, over hashes of leaves."""
    from_size = len(hashes)
    if from_size == 1:
        return hashes[0]
    middle = max(2**power for power in range(from_size.bit_length()) if 2**power < from_size)
    return _node(naive_root(hashes[:middle]), naive_root(hashes[middle:]))


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
