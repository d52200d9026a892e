"""The plan of the house, held: tiers, wings, purity, and the shape of every file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import graph, rooms, shape
from tests.architecture.tree import PACKAGES, Tree

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def product() -> Tree:
    """Every module of the product."""
    return Tree(ROOT)


def test_the_tree_is_the_product(product: Tree) -> None:
    for package in PACKAGES:
        assert package in product.modules
    assert "registry.publication.service" in product.modules


def test_imports_only_go_down(product: Tree) -> None:
    assert rooms.tier_faults(product) == []


def test_the_wings_never_meet_below_the_door(product: Tree) -> None:
    assert rooms.wall_faults(product) == []
    assert rooms.both_wings_faults(product) == []


def test_the_door_does_open_into_both_wings(product: Tree) -> None:
    targets = {found.target for found in product.imports("registry.publication.service")}
    assert any(target in targets for target in ("registry.db.private", "registry.intake.models"))
    assert "registry.db.public" in targets


def test_search_takes_nothing_but_pure_types_from_the_registry(product: Tree) -> None:
    assert rooms.search_faults(product) == []


def test_rules_and_types_need_no_framework(product: Tree) -> None:
    pure = [module.name for module in product if rooms.is_pure(module.name)]
    assert {"registry.identity.rules", "registry.intake.rules", "registry.review.rules"} <= set(pure)
    assert rooms.purity_faults(product) == []


def test_views_know_services_and_no_tables(product: Tree) -> None:
    assert rooms.model_faults(product) == []


def test_migrations_stand_alone(product: Tree) -> None:
    assert rooms.migration_faults(product) == []


def test_there_are_no_import_cycles(product: Tree) -> None:
    assert graph.cycles(product) == []


def test_imports_stand_at_the_top_and_are_absolute(product: Tree) -> None:
    assert shape.local_import_faults(product) == []
    assert shape.late_import_faults(product) == []


def test_one_module_commits(product: Tree) -> None:
    assert shape.commit_faults(product) == []


def test_no_file_is_too_long() -> None:
    assert shape.length_faults(Tree(ROOT, [*PACKAGES, "tests", "bench"])) == []


def test_nothing_is_validated_by_assert(product: Tree) -> None:
    assert shape.assert_faults(product) == []


def test_no_check_is_silenced_without_a_reason() -> None:
    assert shape.suppression_faults(Tree(ROOT, [*PACKAGES, "tests", "bench"])) == []


def test_no_handler_catches_everything(product: Tree) -> None:
    assert shape.broad_except_faults(product) == []


def test_time_is_handed_in(product: Tree) -> None:
    assert shape.clock_faults(product) == []


def test_every_module_says_what_it_is_for(product: Tree) -> None:
    assert shape.docstring_faults(product) == []
