"""The chain by itself: one form of each row, and every way to tamper with a list of rows is noticed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.audit.chain import BEGINNING, FIELDS, Link, check, following, moment_text
from registry.audit.reading import LINE_MAX, links_of_file


def chained(told: list[dict[str, str | None]]) -> list[Link]:
    links: list[Link] = []
    for one in told:
        number, previous = (links[-1].number, links[-1].hash) if links else (0, BEGINNING)
        links.append(following(number, previous, one))
    return links


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
tellings = st.fixed_dictionaries({name: st.none() | words for name in FIELDS})
chains = st.lists(tellings, min_size=1, max_size=8).map(chained)


def test_a_row_has_the_hash_that_anybody_can_compute() -> None:
    told = dict.fromkeys(FIELDS) | {"at": "2026-03-01T09:00:00.000000Z", "action": "accept", "reason": 'é"\n'}
    link = following(0, BEGINNING, told)
    plain = json.dumps(
        {"number": 1, "previous": BEGINNING, **told},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert link.hash == hashlib.sha256(plain.encode()).hexdigest()
    assert link.hash == "67f8f414a47e7de5e7e9611982a7822767c79e19b26945f530154eaf7a543de1"


def test_a_moment_has_one_form_whatever_its_zone() -> None:
    nairobi = timezone(timedelta(hours=3))
    moment = datetime(2026, 3, 1, 2, 30, tzinfo=nairobi)
    assert moment_text(moment) == moment_text(moment.astimezone(UTC)) == "2026-02-28T23:30:00.000000Z"
    assert moment_text(datetime(33, 4, 3, 0, 0, 0, 7, tzinfo=UTC)) == "0033-04-03T00:00:00.000007Z"
    with pytest.raises(ValueError, match="without zone"):
        moment_text(datetime.fromisoformat("2026-01-01"))


@given(chains)
def test_a_chain_is_whole_in_memory_and_as_a_file(links: list[Link]) -> None:
    for read in (links, links_of_file(BytesIO(b"".join(link.line() for link in links)))):
        verdict = check(read, {links[0].hash, links[-1].hash})
        assert verdict.fault is None
        assert (verdict.rows, verdict.newest) == (len(links), links[-1].hash)


@given(chains, st.data())
def test_whatever_is_changed_is_found_at_its_row(links: list[Link], data: st.DataObject) -> None:
    place, name = data.draw(st.integers(0, len(links) - 1)), data.draw(st.sampled_from(FIELDS))
    link, value = links[place], data.draw(st.none() | words)
    told = {**link.told, name: value}
    verdict = check([*links[:place], replace(link, told=told), *links[place + 1 :]])
    same = value == link.told[name]
    assert (verdict.fault is None) is same
    if verdict.fault is not None:
        assert verdict.fault.number == place + 1
        assert "was changed" in str(verdict.fault)


@given(chains, st.data())
def test_a_row_with_a_hash_made_to_fit_is_found_at_the_next(links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    link = links[place]
    forged = following(link.number - 1, link.previous, {**link.told, "action": "forged action"})
    changed = [*links[:place], forged, *links[place + 1 :]]
    fault = check(changed, {links[-1].hash}).fault
    assert fault is not None
    expected = (place + 2, "does not follow") if place + 1 < len(links) else (len(links) + 1, "shortened")
    assert fault.number == expected[0]
    assert expected[1] in str(fault)


@given(chains, st.data())
def test_a_row_that_is_taken_away_is_named(links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    fault = check([*links[:place], *links[place + 1 :]], {links[-1].hash}).fault
    assert fault is not None
    assert fault.number == place + 1
    assert ("is missing" if place + 1 < len(links) else "shortened") in str(fault)


@given(chains, st.data())
def test_a_row_that_is_added_or_put_elsewhere_is_found(links: list[Link], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    twice = [*links[: place + 1], *links[place:]]
    fault = check(twice).fault
    assert fault is not None
    assert fault.number == place + 1
    if place + 1 < len(links):
        swapped = [*links[:place], links[place + 1], links[place], *links[place + 2 :]]
        assert check(swapped).fault is not None


@given(chains, st.data())
def test_a_trail_written_anew_from_some_row_is_found_by_a_kept_hash(
    links: list[Link], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(links) - 1))
    told = [dict(link.told) for link in links]
    told[place] |= {"reason": "a reason of later"}
    rewritten = chained(told)
    assert check(rewritten).fault is None
    fault = check(rewritten, {links[-1].hash}).fault
    assert fault is not None
    assert "shortened or rewritten" in str(fault)


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b"no json\n",
        b"[1]\n",
        b"{}\n",
        b'{"number":1}\n',
        b"[" * (LINE_MAX + 5),
        b"\xff\xfe\n",
        b'{"number":1e999}\n',
    ],
)
def test_a_line_that_is_no_row_is_named_by_its_number(line: bytes) -> None:
    first = following(0, BEGINNING, dict.fromkeys(FIELDS))
    fault = check(links_of_file(BytesIO(first.line() + line))).fault
    assert str(fault) == "Row 2 cannot be read."


def test_only_the_very_bytes_of_a_row_are_read() -> None:
    """Else two files could say different things to different readers under the same hashes."""
    line = following(0, BEGINNING, dict.fromkeys(FIELDS)).line()
    for other in (line.replace(b":1,", b":1.0,"), line.replace(b"{", b'{"at":"x",', 1), line[:-1] + b" \n"):
        assert other != line
        assert str(check(links_of_file(BytesIO(other))).fault) == "Row 1 cannot be read."


def test_an_empty_trail_is_whole_but_holds_no_hash() -> None:
    assert check([]).fault is None
    assert check([], {BEGINNING}).fault is None
    assert check([], {"a" * 64}).fault is not None
