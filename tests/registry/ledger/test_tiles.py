"""Tiles, bundles and proof files: the grammar of paths, widths at every boundary, exact bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger.hashing import leaf_hash
from registry.ledger.proof_files import ProofFile, parse_proof_file
from registry.ledger.refusal import Refused
from registry.ledger.tiles import (
    INDEX_MAX,
    Tile,
    bundle,
    hashes_of,
    leaves_of,
    narrowed,
    parse_path,
    tiles_at,
    tiles_of,
)
from registry.ledger.tree import inclusion_path
from tests.registry.ledger.vectors import CHECKPOINT, LEAVES, PROOF_FILE, SIGNER, MemoryNodes


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 5), "tile/0/005"),
        (Tile(1, 1234067), "tile/1/x001/x234/067"),
        (Tile(None, 1000, 12), "tile/entries/x001/000.p/12"),
        (Tile(63, 0, 255), "tile/63/000.p/255"),
    ],
)
def test_paths_are_spelt_as_the_specification_has_them(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/5",
        "tile/00/005",
        "tile/64/005",
        "tile/0/x000/005",
        "tile/0/1005",
        "tile/0/001/005",
        "tile/0/005.p/0",
        "tile/0/005.p/256",
        "tile/0/005.p/05",
        "tile/0/005.p/",
        "tile/0/005/",
        "tile/-1/005",
        "tile/0/x001/5",
        "tile/entries/",
        "tile/0/../005",
        "tile/0/٠٠٥",
        "/tile/0/005",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "",
    ],
)
def test_every_other_spelling_is_refused(path: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_path(path)
    assert refused.value.reason == "path-malformed"


@settings(derandomize=True, max_examples=200)
@given(
    st.one_of(st.none(), st.integers(0, 63)), st.integers(0, min(INDEX_MAX, 10**15) - 1), st.integers(1, 256)
)
def test_every_tile_is_found_by_its_path(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile
    assert tile.whole == Tile(level, index)


@pytest.mark.parametrize(
    ("size", "levels"),
    [
        (0, []),
        (1, [(0, ["000.p/1"])]),
        (255, [(0, ["000.p/255"])]),
        (256, [(0, ["000"]), (1, ["000.p/1"])]),
        (257, [(0, ["000", "001.p/1"]), (1, ["000.p/1"])]),
        (65_535, [(0, [*(f"{n:03d}" for n in range(255)), "255.p/255"]), (1, ["000.p/255"])]),
        (65_536, [(0, [f"{n:03d}" for n in range(256)]), (1, ["000"]), (2, ["000.p/1"])]),
        (
            65_537,
            [(0, [*(f"{n:03d}" for n in range(256)), "256.p/1"]), (1, ["000"]), (2, ["000.p/1"])],
        ),
        (
            70_000,
            [
                (0, [*(f"{n:03d}" for n in range(273)), "273.p/112"]),
                (1, ["000", "001.p/17"]),
                (2, ["000.p/1"]),
            ],
        ),
    ],
)
def test_a_log_has_these_tiles_and_no_others(size: int, levels: list[tuple[int, list[str]]]) -> None:
    hashes = [f"tile/{level}/{name}" for level, names in levels for name in names]
    bundles = [f"tile/entries/{name}" for name in (levels[0][1] if levels else [])]
    assert [tile.path for tile in tiles_of(size)] == bundles + hashes
    assert all(tile.within(size) for tile in tiles_of(size))
    assert not any(tile.within(size - 1) for tile in tiles_of(size) if tile.width < 256 and tile.level == 0)


def test_reading_goes_on_at_the_bundle_of_the_next_entry() -> None:
    assert [tile.path for tile in tiles_at(None, 600, 256)] == ["tile/entries/001", "tile/entries/002.p/88"]
    assert [tile.path for tile in tiles_at(None, 600, 599)] == ["tile/entries/002.p/88"]
    assert list(tiles_at(None, 512, 512)) == []


@settings(derandomize=True, max_examples=100)
@given(st.lists(st.binary(max_size=300), min_size=1, max_size=20))
def test_a_bundle_gives_its_leaves_back(leaves: list[bytes]) -> None:
    raw, tile = bundle(leaves), Tile(None, 0, len(leaves))
    assert leaves_of(raw, tile) == leaves
    for other in (raw[:-1], raw + b"\0", b""):
        with pytest.raises(Refused) as refused:
            leaves_of(other, tile)
        assert refused.value.reason == "bundle-malformed"
    with pytest.raises(Refused):
        leaves_of(raw, Tile(None, 0, len(leaves) + 1))


def test_a_leaf_of_65535_bytes_is_the_longest() -> None:
    leaf = bytes(65_535)
    assert leaves_of(bundle([leaf]), Tile(None, 0, 1)) == [leaf]
    with pytest.raises(ValueError, match="65536"):
        bundle([leaf + b"\0"])


def test_a_complete_tile_stands_in_for_a_narrower_one() -> None:
    leaves = [str(number).encode() for number in range(256)]
    assert narrowed(bundle(leaves), Tile(None, 3, 7)) == bundle(leaves[:7])
    hashes = [leaf_hash(leaf) for leaf in leaves]
    assert narrowed(b"".join(hashes), Tile(0, 3, 7)) == b"".join(hashes[:7])
    with pytest.raises(Refused):
        narrowed(bundle(leaves[:255]), Tile(None, 3, 7))


def test_a_tile_has_exactly_its_hashes() -> None:
    assert hashes_of(bytes(64), Tile(0, 0, 2)) == [bytes(32), bytes(32)]
    for raw in (bytes(63), bytes(96), b""):
        with pytest.raises(Refused) as refused:
            hashes_of(raw, Tile(0, 0, 2))
        assert refused.value.reason == "tile-malformed"


def test_the_proof_file_that_others_accept() -> None:
    proof = parse_proof_file(PROOF_FILE)
    assert proof.to_bytes() == PROOF_FILE
    assert proof.check(leaf_hash(LEAVES[5]), SIGNER.key).size == 8
    path = inclusion_path(MemoryNodes(LEAVES), 5, 8)
    assert ProofFile(5, tuple(path), CHECKPOINT).to_bytes() == PROOF_FILE


def test_another_leaf_or_index_is_not_proved() -> None:
    proof = parse_proof_file(PROOF_FILE)
    with pytest.raises(Refused):
        proof.check(leaf_hash(b"another"), SIGNER.key)
    with pytest.raises(Refused):
        parse_proof_file(PROOF_FILE.replace(b"index 5", b"index 4")).check(leaf_hash(LEAVES[5]), SIGNER.key)


def test_the_extra_line_is_read_and_proves_nothing() -> None:
    proof = parse_proof_file(PROOF_FILE.replace(b"index", b"extra aGk=\nindex"))
    assert proof.extra == b"hi"
    assert proof.check(leaf_hash(LEAVES[5]), SIGNER.key).size == 8


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        PROOF_FILE.replace(b"@v1", b"@v2"),
        PROOF_FILE.replace(b"index 5", b"index 05"),
        PROOF_FILE.replace(b"index 5\n", b""),
        PROOF_FILE.replace(b"index 5\n", b"extra aGk=\n"),
        PROOF_FILE.replace(b"vBoG", b"vBo"),
        PROOF_FILE.replace(b"vBoG", b"vBoGAAAA"),
        PROOF_FILE.replace(b"index 5", b"index \xff"),
        PROOF_FILE.replace(
            b"index 5\n", b"index 5\n" + b"vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=\n" * 64
        ),
        PROOF_FILE + b"x" * 200_000,
    ],
)
def test_a_broken_proof_file_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused):
        parse_proof_file(raw)
