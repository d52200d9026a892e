"""What became of codes between versions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taxonomy import Taxonomy, TaxonomyError, load
from taxonomy.migration import migrations
from tests.taxonomy.conftest import Plant

FILE = "migrations/0.1.0-0.2.0.yaml"


def test_the_last_migration_leads_to_the_present_version(taxonomy: Taxonomy) -> None:
    assert migrations(taxonomy)[-1].to_version == taxonomy.version


def test_the_codes_of_both_versions_add_up(taxonomy: Taxonomy) -> None:
    earlier = (Path(__file__).parent / "codes-0.1.0.txt").read_text(encoding="utf-8").split()
    codes = {code for facet in taxonomy.facets.values() for code in facet.values}
    assert set(earlier) | set(migrations(taxonomy)[0].added) == codes
    assert set(earlier).isdisjoint(migrations(taxonomy)[0].added)


def test_every_deprecated_code_has_a_step_to_its_replacement(taxonomy: Taxonomy) -> None:
    steps = {code: step for migration in migrations(taxonomy) for code, step in migration.steps.items()}
    old = [value for facet in taxonomy.facets.values() for value in facet.values.values() if value.deprecated]
    assert old
    assert all(steps[value.code].to == value.replaced_by for value in old)


def test_a_rename_runs_by_itself_and_a_split_waits_for_a_person(taxonomy: Taxonomy) -> None:
    codes, waiting = migrations(taxonomy)[0].apply(["status/rejected", "system/other", "harm/death"])
    assert codes == ["status/declined", "system/other", "harm/death"]
    assert [step.code for step in waiting] == ["system/other"]


@pytest.mark.parametrize(
    ("message", "edit"),
    [
        ("harm/nothing does not exist", lambda raw: raw["added"].append("harm/nothing")),
        ("harm/nothing does not exist", lambda raw: raw["rows"][0].update(to=["harm/nothing"])),
        ("unknown kind moved", lambda raw: raw["rows"][0].update(kind="moved", auto=False)),
        ("auto should be true exactly", lambda raw: raw["rows"][2].update(auto=True)),
        ("name should be <from>-<to>.yaml", lambda raw: raw.update(to="0.3.0")),
    ],
)
def test_a_fault_in_a_migration_is_reported(
    plant: Plant, message: str, edit: Callable[[dict[str, Any]], object]
) -> None:
    with pytest.raises(TaxonomyError, match=message):
        migrations(load(plant(FILE, edit)))
