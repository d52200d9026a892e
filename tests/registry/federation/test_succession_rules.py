"""When a successor's word counts: every combination of what was said and what was read, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registry.federation.succession_rules import GOOD, Acceptance, Copy, Naming, Verdict, judge
from registry.ledger.custody import HANDS_OVER, NAMES, REVOKES

ROOT, OTHER = b"r" * 32, b"o" * 32
NAMED = Naming(NAMES, "leaf-2", "B" * 52, "key")
OVER = replace(NAMED, kind=HANDS_OVER)
REVOKED = Naming(REVOKES, "leaf-3", None, None)
KEYS = ("first", "key", "later")
ACCEPTED = Acceptance("leaf-2", 10, ROOT)
COPY = Copy(10, ROOT)

TABLE: list[tuple[Naming | None, tuple[str, ...] | None, Acceptance | None, Copy, Verdict]] = [
    (None, KEYS, ACCEPTED, COPY, Verdict.UNNAMED),
    (REVOKED, KEYS, ACCEPTED, COPY, Verdict.UNNAMED),
    (replace(NAMED, successor=None), KEYS, ACCEPTED, COPY, Verdict.UNNAMED),
    (NAMED, None, None, COPY, Verdict.UNFOLLOWED),
    (NAMED, None, ACCEPTED, COPY, Verdict.UNFOLLOWED),
    (NAMED, ("first",), ACCEPTED, COPY, Verdict.KEY),
    (NAMED, (), ACCEPTED, COPY, Verdict.KEY),
    (NAMED, KEYS, None, COPY, Verdict.UNACCEPTED),
    (OVER, KEYS, None, COPY, Verdict.UNACCEPTED),
    (NAMED, KEYS, replace(ACCEPTED, named_by="leaf-1"), COPY, Verdict.ANOTHER),
    (OVER, KEYS, replace(ACCEPTED, named_by=None), COPY, Verdict.ANOTHER),
    (NAMED, KEYS, replace(ACCEPTED, size=None, root=b""), COPY, Verdict.OTHER_LOG),
    (NAMED, KEYS, replace(ACCEPTED, root=OTHER), COPY, Verdict.OTHER_LOG),
    (NAMED, KEYS, replace(ACCEPTED, size=11), COPY, Verdict.BEHIND),
    (NAMED, KEYS, replace(ACCEPTED, size=9), COPY, Verdict.WENT_ON),
    (OVER, KEYS, replace(ACCEPTED, size=9), COPY, Verdict.WENT_ON),
    (NAMED, KEYS, ACCEPTED, COPY, Verdict.READY),
    (OVER, KEYS, ACCEPTED, COPY, Verdict.HANDED_OVER),
]


@pytest.mark.parametrize(("naming", "keys", "acceptance", "copy", "verdict"), TABLE)
def test_the_table(
    naming: Naming | None,
    keys: tuple[str, ...] | None,
    acceptance: Acceptance | None,
    copy: Copy,
    verdict: Verdict,
) -> None:
    assert judge(naming, keys, acceptance, copy) is verdict


def test_every_verdict_is_in_the_table_and_two_are_good() -> None:
    assert {line[-1] for line in TABLE} == set(Verdict)
    assert {Verdict.READY, Verdict.HANDED_OVER} == GOOD
