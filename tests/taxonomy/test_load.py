"""The loader accepts the published data and reports every planted fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from taxonomy import Taxonomy, TaxonomyError, load
from tests.taxonomy.conftest import Plant

Raw = dict[str, Any]


def facet(raw: Raw, name: str) -> Raw:
    return next(entry for entry in raw["facets"] if entry["id"] == name)


def value(raw: Raw, code: str) -> Raw:
    values = facet(raw, code.partition("/")[0])["values"]
    return next(entry for entry in values if entry["code"] == code)


COMMON_FAULTS: list[tuple[str, Callable[[Raw], object]]] = [
    ("30 facets, should be 31", lambda raw: raw["facets"].pop()),
    ("kind: facet is defined twice", lambda raw: facet(raw, "harm").update(id="kind")),
    ("version should be text", lambda raw: raw.update(version=0.2)),
    ("harm: unknown key colour", lambda raw: facet(raw, "harm").update(colour="red")),
    ("harm: ask should be text", lambda raw: facet(raw, "harm").update(ask=" ")),
    ("harm: cardinality should be one or many", lambda raw: facet(raw, "harm").update(cardinality="few")),
    ("harm: required should be true or false", lambda raw: facet(raw, "harm").update(required="yes")),
    ("harm: values should be a list of mappings", lambda raw: facet(raw, "harm").update(values=[])),
    ("harm/death: code is used twice", lambda raw: value(raw, "harm/injury").update(code="harm/death")),
    ("failure/bias: stands in facet harm", lambda raw: value(raw, "harm/none").update(code="failure/bias")),
    ("'Harm/Death' is not a code", lambda raw: value(raw, "harm/death").update(code="Harm/Death")),
    ("harm/death: label should be text", lambda raw: value(raw, "harm/death").update(label=None)),
    ("harm/death: unknown key colour", lambda raw: value(raw, "harm/death").update(colour="red")),
    ("harm/none: exclusive should be true or false", lambda raw: value(raw, "harm/none").update(exclusive=1)),
    (
        "severity/minor: level should be a whole number",
        lambda raw: value(raw, "severity/minor").update(level="1"),
    ),
    (
        "broader harm/nothing does not exist",
        lambda raw: value(raw, "harm/death").update(broader="harm/nothing"),
    ),
    (
        "broader failure/bias does not exist",
        lambda raw: value(raw, "harm/death").update(broader="failure/bias"),
    ),
    (
        "harm/physical: broader runs in a circle",
        lambda raw: value(raw, "harm/physical").update(broader="harm/death"),
    ),
    (
        "harm/death: broader runs in a circle",
        lambda raw: value(raw, "harm/death").update(broader="harm/death"),
    ),
    (
        "has a replacement but is not deprecated",
        lambda raw: value(raw, "harm/death").update(replaced_by=["harm/injury"]),
    ),
    (
        "replacement status/gone does not exist",
        lambda raw: value(raw, "status/rejected").update(replaced_by=["status/gone"]),
    ),
    (
        "is itself deprecated",
        lambda raw: value(raw, "status/rejected").update(replaced_by=["status/corrected"]),
    ),
    (
        "misuse: failure/no does not exist",
        lambda raw: raw["coverage_of_glossary"].append({"phrase": "misuse", "codes": ["failure/no"]}),
    ),
    ("facets should be a list of mappings", lambda raw: raw.update(facets={})),
]

CROSSWALK_FAULTS: list[tuple[str, str, Callable[[Raw], object]]] = [
    (
        "harm/no is not a code",
        "crosswalk.yaml",
        lambda raw: raw["mappings"].update({"harm/no": {"closeMatch": ["gmf:goal"]}}),
    ),
    (
        "gmf:nothing does not exist",
        "crosswalk.yaml",
        lambda raw: raw["mappings"]["harm/death"].update(closeMatch=["gmf:nothing"]),
    ),
    (
        "nolist:x does not exist",
        "crosswalk.yaml",
        lambda raw: raw["mappings"]["harm/death"].update(closeMatch=["nolist:x"]),
    ),
    (
        "unknown relation sameAs",
        "crosswalk.yaml",
        lambda raw: raw["mappings"]["harm/death"].update(sameAs=["gmf:goal"]),
    ),
    (
        "harm/death gmf:goal is given twice",
        "crosswalk.yaml",
        lambda raw: raw["mappings"]["harm/death"].update(closeMatch=["gmf:goal"], broadMatch=["gmf:goal"]),
    ),
    (
        "note on harm/death gmf:goal, which is not mapped",
        "crosswalk.yaml",
        lambda raw: raw["notes"].update({"harm/death gmf:goal": "x"}),
    ),
    (
        "Known AI Goal: unknown key colour",
        "published/GMF.yaml",
        lambda raw: raw["fields"]["Known AI Goal"].update(colour="red"),
    ),
    (
        "goal/nothing does not exist in gmf",
        "published/GMF.yaml",
        lambda raw: raw["fields"]["Known AI Goal"].update(labels={"x": "goal/nothing"}),
    ),
    (
        "gmf has nothing under aims",
        "published/GMF.yaml",
        lambda raw: raw["fields"]["Known AI Goal"].update(under="aims"),
    ),
    (
        "GMF.yaml: wrong scheme name, or no such list: nolist",
        "published/GMF.yaml",
        lambda raw: raw.update(list="nolist"),
    ),
    (
        "GMF.yaml: fields should be a mapping of rules",
        "published/GMF.yaml",
        lambda raw: raw.update(fields=[]),
    ),
    (
        "gmf.yaml: goal: code is used twice",
        "facts/gmf.yaml",
        lambda raw: raw["entries"].append({"code": "goal", "label": "x"}),
    ),
    (
        "gmf.yaml: x: parent y does not exist",
        "facts/gmf.yaml",
        lambda raw: raw["entries"].append({"code": "x", "label": "x", "parent": "y"}),
    ),
    (
        "gmf.yaml: False: code and label should be text (quote it)",
        "facts/gmf.yaml",
        lambda raw: raw["entries"].append({"code": False, "label": "Norway"}),
    ),
    ("gmf.yaml: id should be gmf", "facts/gmf.yaml", lambda raw: raw.update(id="fmg")),
    (
        "gmf.yaml: entries should be a list of mappings",
        "facts/gmf.yaml",
        lambda raw: raw.update(entries=["x"]),
    ),
]


def test_the_published_data_load_without_a_fault(taxonomy: Taxonomy) -> None:
    assert taxonomy.version == "0.2.0"
    assert len(taxonomy.facets) == 31
    assert len(taxonomy.crosswalk.mappings) > 900
    assert all(taxonomy.lists[name].labels for name in taxonomy.lists)


def test_loading_twice_gives_the_same_taxonomy(taxonomy: Taxonomy) -> None:
    assert load() is taxonomy


@pytest.mark.parametrize(("message", "edit"), COMMON_FAULTS, ids=[message for message, _ in COMMON_FAULTS])
def test_each_fault_of_the_master_is_reported(
    plant: Plant, message: str, edit: Callable[[Raw], object]
) -> None:
    with pytest.raises(TaxonomyError, match=re.escape(message)):
        load(plant("common.yaml", edit))


def test_all_faults_of_the_master_are_reported_at_once(plant: Plant) -> None:
    def edit(raw: Raw) -> None:
        value(raw, "harm/death").update(broader="harm/nothing")
        facet(raw, "kind").update(cardinality="few")

    with pytest.raises(TaxonomyError) as caught:
        load(plant("common.yaml", edit))
    assert len(caught.value.faults) == 2


@pytest.mark.parametrize(
    ("message", "name", "edit"), CROSSWALK_FAULTS, ids=[fault[0] for fault in CROSSWALK_FAULTS]
)
def test_each_fault_of_the_crosswalk_and_its_lists_is_reported(
    plant: Plant, message: str, name: str, edit: Callable[[Raw], object]
) -> None:
    broken = load(plant(name, edit))
    with pytest.raises(TaxonomyError, match=re.escape(message)):
        _ = broken.crosswalk


@pytest.mark.parametrize("content", ["facets: [", "- a list", "\ufffe\x00"])
def test_a_file_that_is_no_mapping_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "common.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=r"common\.yaml"):
        load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TaxonomyError, match=r"common\.yaml: cannot be read"):
        load(tmp_path)
