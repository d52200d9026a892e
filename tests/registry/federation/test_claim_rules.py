"""What a claim is here, and which change of it is told."""

from __future__ import annotations

import uuid

import pytest

from registry.federation.claim_rules import Stand, Version, after, claim_uuid, stand


@pytest.mark.parametrize(
    ("states", "withdrawn", "expected"),
    [
        (("published", "revised"), False, Stand.STANDS),
        (("merged", "disputed"), False, Stand.STANDS),
        (("published", "revised"), True, Stand.WITHDRAWN),
        (("published", "retracted"), False, Stand.RESTS),
        (("published", "retracted"), True, Stand.WITHDRAWN),
        (("erased", "published"), True, Stand.GONE),
        (("published", None), False, Stand.GONE),
    ],
)
def test_what_a_claim_is(states: tuple[str | None, ...], withdrawn: bool, expected: Stand) -> None:
    assert stand(heard=True, proved=True, withdrawn=withdrawn, states=states) is expected
    assert stand(heard=False, proved=True, withdrawn=withdrawn, states=states) is Stand.GONE
    assert stand(heard=True, proved=False, withdrawn=withdrawn, states=states) is Stand.GONE


def test_what_was_never_here_is_not_told_to_be_gone() -> None:
    assert after(None, Stand.GONE, (0, 0)) is None
    assert after(None, Stand.RESTS, (0, 1)) == Version(Stand.RESTS, (0, 1))


def test_nothing_new_is_not_told() -> None:
    assert after(Version(Stand.STANDS, (1, 2)), Stand.STANDS, (1, 2)) is None
    assert after(Version(Stand.GONE, (1, 2)), Stand.GONE, (0, 0)) is None


def test_each_change_is_an_edition_and_counting_again_another_epoch() -> None:
    first = Version(Stand.STANDS)
    rests = after(first, Stand.RESTS, (0, 0))
    assert rests == Version(Stand.RESTS, (0, 0), epoch=0, edition=2)
    assert after(rests, Stand.STANDS, (1, 0)) == Version(Stand.STANDS, (1, 0), epoch=1, edition=3)
    assert after(first, Stand.STANDS, (1, 0)) == Version(Stand.STANDS, (1, 0), epoch=1, edition=2)
    assert after(first, Stand.GONE, (7, 7)) == Version(Stand.GONE, (0, 0), epoch=0, edition=2)


def test_a_claim_has_one_name_in_each_epoch() -> None:
    """The same at every node and for ever: whoever keeps a copy knows it by that."""
    names = {
        claim_uuid(node, at, epoch) for node in ("A" * 10, "B" * 10) for at in (1, 2) for epoch in (0, 1)
    }
    assert len(names) == 8
    space = uuid.uuid5(uuid.NAMESPACE_URL, "urn:incident-commons:record")
    assert claim_uuid("A" * 10, 1, 0) == str(uuid.uuid5(space, f"urn:claim/{'A' * 10}/1/0"))
